// Elements made by hand: text goes in as text, never as markup.

/**
 * An element. `attrs`: `class`, `dataset` (object), `on` (event name → function), `style` (object, `--x` allowed);
 * true sets a bare attribute, false, null and undefined set none; everything else is an attribute.
 * Children: nodes, strings, numbers, arrays of these; null and false are passed over.
 */
export function el(tag, attrs = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs ?? {})) set(element, name, value);
  add(element, children);
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") {
    for (const [event, fn] of Object.entries(value)) element.addEventListener(event, fn);
  } else if (name === "dataset") {
    for (const [key, text] of Object.entries(value)) if (text !== null && text !== undefined) element.dataset[key] = text;
  } else if (name === "style") {
    for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
  } else if (name === "value" && "value" in element && element.tagName !== "OPTION" && element.tagName !== "LI") {
    element.value = value;
  } else {
    element.setAttribute(name, value === true ? "" : value);
  }
}

function add(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) add(element, child);
    else if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

export const byId = (id) => document.getElementById(id);

/** A button that does something; `attrs` as for `el`. */
export function button(label, action, attrs = {}) {
  return el("button", { type: "button", ...attrs, on: { click: action, ...attrs.on } }, label);
}

/** Text for screen readers only. */
export const hidden = (text) => el("span", { class: "for-readers" }, text);

/** Say something to screen readers without moving the focus. */
export function announce(text) {
  const place = byId("announcer");
  if (!place) return;
  // The same sentence twice is read twice only when something changes.
  place.textContent = place.textContent === text ? `${text}\u00a0` : text;
}

/**
 * Draw the content of `root` anew and keep the focus: on the element with the same `data-key` (or id), else on the
 * element that took its rank among the keyed ones, else on `root` itself.
 */
export function redraw(root, ...children) {
  const active = document.activeElement;
  const held = active && active !== root && root.contains(active) ? active : null;
  const key = held && (held.dataset.key || held.id);
  const rank = held ? keyed(root).indexOf(held) : -1;
  const caret = held && "selectionStart" in held ? readCaret(held) : null;
  const scroll = root.scrollTop;
  root.replaceChildren();
  add(root, children);
  root.scrollTop = scroll;
  if (!held) return;
  const now = keyed(root);
  const same = key && now.find((one) => (one.dataset.key || one.id) === key);
  const next = same || now[Math.min(Math.max(rank, 0), now.length - 1)] || root;
  if (next === root && root.tabIndex < 0) root.tabIndex = -1;
  next.focus({ preventScroll: true });
  if (same && caret) same.setSelectionRange?.(...caret);
}

const keyed = (root) => [...root.querySelectorAll("[data-key], button[id], input[id], select[id], textarea[id]")]
  .filter((one) => !one.disabled);

function readCaret(field) {
  try {
    return field.selectionStart === null ? null : [field.selectionStart, field.selectionEnd];
  } catch {
    return null;
  }
}

/** Give the focus to the first of the elements that is there, shown and enabled. */
export function focusFirst(...elements) {
  const found = elements.find((one) => one?.isConnected && !one.disabled && one.getClientRects().length > 0);
  found?.focus();
  return found ?? null;
}

/**
 * A dialog over the page, closed by Esc, by its own close button or by `close()`; the focus goes back where it was.
 * Returns `{dialog, close}`.
 */
export function openDialog(title, content, { closeLabel, className = "", onClose = null } = {}) {
  const before = document.activeElement;
  const heading = el("h2", { id: `dialog-${crypto.randomUUID()}` }, title);
  const dialog = el("dialog", { class: className, "aria-labelledby": heading.id });
  const close = () => dialog.close();
  dialog.append(el("div", { class: "dialog-head" }, heading,
    button("×", close, { class: "plain close", "aria-label": closeLabel })), content);
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose?.();
    if (before?.isConnected) before.focus({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, close };
}

/** True when keys typed now are meant for a field. */
export function typing(target = document.activeElement) {
  if (!target?.closest) return false;
  return Boolean(target.closest("textarea, select, [contenteditable]")
    || target.matches("input:not([type=checkbox]):not([type=radio]):not([type=button])"));
}
