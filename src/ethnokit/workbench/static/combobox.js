// A field to type in with a list to choose from (WAI-ARIA combobox): the focus stays in the field, the list follows.

import { el } from "./dom.js";
import { _, ngettext } from "./words.js";

/**
 * `find(query)` gives options {value, label, detail?, colour?, disabled?}, best first, disabled ones are headings.
 * `onPick(option, event)` is called on Enter or click, `onActive(option | null)` when another option is marked.
 * The list shows while the field has the focus. Returns {element, input, value(), set(option | null), open(text)}.
 */
export function combobox({ id, label, find, onPick, onActive = () => {}, onEscape = () => false, placeholder = "", describedBy = null, required = false }) {
  const list = el("ul", { id: `${id}-list`, role: "listbox", "aria-label": label, hidden: true });
  const input = el("input", {
    id, type: "text", role: "combobox", autocomplete: "off", autocapitalize: "off", spellcheck: "false", placeholder,
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-describedby": describedBy,
    "aria-required": required ? "true" : null, "data-page-undo": true, "data-key": id,
  });
  const count = el("span", { class: "for-readers", role: "status" });
  const element = el("div", { class: "combobox" }, el("label", { for: id }, label), input, count, list);
  const box = { options: [], active: -1, chosen: null };

  function show() {
    box.options = find(box.chosen && input.value === box.chosen.label ? "" : input.value);
    list.replaceChildren(...box.options.map(optionOf));
    list.hidden = box.options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    const before = box.chosen ? box.options.findIndex((one) => one.value === box.chosen.value) : -1;
    // An empty field marks nothing: Enter pressed once too often must not apply the first code of the list.
    mark(before < 0 && input.value.trim() ? box.options.findIndex((one) => !one.disabled) : before);
    const choosable = box.options.filter((one) => !one.disabled).length;
    count.textContent = input.value ? (choosable ? ngettext("{n} found", "{n} found", choosable) : _("Nothing found")) : "";
  }

  function optionOf(option, k) {
    const item = el("li", {
      id: `${id}-${k}`, role: option.disabled ? "presentation" : "option", class: option.disabled ? "heading" : null,
      "aria-selected": option.disabled ? null : "false", style: option.colour ? { "--colour": option.colour } : {},
    }, el("span", { class: "label" }, option.label), option.detail ? el("span", { class: "detail" }, option.detail) : null);
    if (!option.disabled) {
      item.addEventListener("pointerdown", (event) => event.preventDefault());
      item.addEventListener("click", (event) => pick(k, event));
      item.addEventListener("pointermove", () => box.active !== k && mark(k, false));
    }
    return item;
  }

  function mark(k, scroll = true) {
    list.children[box.active]?.setAttribute("aria-selected", "false");
    box.active = k;
    const item = list.children[k];
    if (item) {
      item.setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", item.id);
      if (scroll) item.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
    onActive(box.options[k] ?? null);
  }

  function walk(step) {
    if (list.hidden) { show(); return; }
    const { options } = box;
    let k = box.active;
    for (let tries = 0; tries < options.length; tries += 1) {
      k = (k + step + options.length) % options.length;
      if (!options[k].disabled) { mark(k); return; }
    }
  }

  function hide() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function set(option) {
    box.chosen = option;
    input.value = option?.label ?? "";
    if (!option) onActive(null);
    hide();
  }

  function pick(k, event) {
    const option = box.options[k];
    if (!option || option.disabled) return;
    set(option);
    onPick(option, event);
  }

  /** What counts as chosen: what was picked, or the marked option of what is typed. */
  function value() {
    if (box.chosen && input.value === box.chosen.label) return box.chosen;
    if (!input.value.trim()) return null;
    const active = list.hidden ? null : box.options[box.active];
    return active && !active.disabled ? active : null;
  }

  input.addEventListener("input", show);
  input.addEventListener("focus", show);
  input.addEventListener("click", () => list.hidden && show());
  input.addEventListener("blur", () => {
    const option = value();
    if (option) set(option);
    else hide();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.key in moves && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      for (let n = 0; n < Math.abs(moves[event.key]); n += 1) walk(Math.sign(moves[event.key]));
    } else if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      if (!list.hidden && box.active >= 0) pick(box.active, event);
      else onPick(value(), event);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (input.value && !box.chosen) { set(null); show(); } else if (!onEscape(event)) hide();
    }
  });

  /** Give the field the focus, with `text` typed in it. */
  function open(text = "") {
    box.chosen = null;
    input.value = text;
    if (document.activeElement === input) show();
    else input.focus();
    input.setSelectionRange(text.length, text.length);
  }

  return { element, input, value, set, open, isOpen: () => !list.hidden };
}
