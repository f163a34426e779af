// What a coding says besides its code: the same fields when a code is given and when a coding is changed.

import { combobox } from "./combobox.js";
import { el } from "./dom.js";
import { indexed, search } from "./find.js";
import { state, structureOf } from "./state.js";
import { _ } from "./words.js";

/**
 * The fields. `onEnter(event)`: Enter was pressed in one of them; `onChange(name)`: a value was changed by hand;
 * `onEscape(event)`. Returns {element, read(), write(attributes), say(message) of the
 * other structure, wrong(), focus(name)}.
 */
export function attributeFields(prefix, { onEnter, onChange = () => {}, onEscape = () => false }) {
  const id = (name) => `${prefix}-${name}`;
  const selects = Object.fromEntries(["posture", "scale", "structure", "audience"].map((name) => [name, el("select", { id: id(name), "data-key": id(name) })]));
  const checks = Object.fromEntries(["specific", "doubt"].map((name) => [name, el("input", { id: id(name), type: "checkbox", "data-key": id(name) })]));
  const memo = el("textarea", { id: id("memo"), rows: "2", "data-key": id("memo"), "aria-describedby": id("memo-hint") });
  const said = el("p", { id: id("target-said"), class: "said", role: "alert" });
  const target = combobox({
    id: id("target"), label: _("In relation with"), describedBy: said.id,
    find: findStructure,
    onPick: (option, event) => { say(""); onChange("target"); if (event?.type === "keydown") onEnter(event); },
    onEscape,
  });
  target.input.addEventListener("change", () => onChange("target"));
  for (const [name, field] of Object.entries({ ...selects, ...checks, memo })) field.addEventListener("change", () => onChange(name));
  const element = el("div", { class: "attributes", on: { keydown } },
    labelled(_("Posture"), selects.posture), labelled(_("Scale"), selects.scale),
    el("div", { class: "wide" }, target.element, said),
    labelled(_("Speaks for"), selects.structure, "structure"), labelled(_("Audience"), selects.audience),
    el("div", { class: "wide checks" },
      el("label", {}, checks.specific, " ", _("Specific: leads the sheet")),
      el("label", {}, checks.doubt, " ", _("In doubt: the reviewer should look"))),
    el("div", { class: "wide field" }, el("label", { for: memo.id }, _("Memo")), memo,
      el("span", { id: id("memo-hint"), class: "hint" }, _("Shift+Enter begins a new line"))));

  function keydown(event) {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      onEnter(event);
    } else if (event.key === "Escape" && onEscape(event)) {
      event.preventDefault();
    }
  }

  function write(attributes = {}) {
    fillChoices(selects);
    for (const [name, field] of Object.entries(selects)) {
      const value = attributes[name] ?? "";
      // A value that the lists do not know (of a newer version) is kept, not dropped.
      if (value && ![...field.options].some((one) => one.value === value)) field.append(el("option", { value }, value));
      field.value = value;
    }
    for (const [name, field] of Object.entries(checks)) field.checked = Boolean(attributes[name]);
    memo.value = attributes.memo ?? "";
    target.set(attributes.target ? { value: attributes.target, label: structureOf(attributes.target)?.name ?? attributes.target } : null);
    say("");
  }

  /** The attributes, whole: what is not set is absent. */
  function read() {
    const found = {};
    for (const [name, field] of Object.entries(selects)) if (field.value) found[name] = field.value;
    for (const [name, field] of Object.entries(checks)) if (field.checked) found[name] = true;
    const other = target.input.value.trim() ? target.value() : null;
    if (other) found.target = other.value;
    if (memo.value.trim()) found.memo = memo.value.trim();
    return found;
  }

  /** True, and said beside the field, when what is typed as the other structure is none. */
  function wrong() {
    const unknown = target.input.value.trim() !== "" && target.value() === null;
    if (unknown) say(_("No structure has this name: choose one of the list."));
    return unknown;
  }

  function say(message) {
    said.textContent = message;
    if (message) target.input.setAttribute("aria-invalid", "true");
    else target.input.removeAttribute("aria-invalid");
  }

  const focus = (name) => (name === "target" ? target.input : selects[name] ?? checks[name] ?? memo).focus();
  write();
  return { element, read, write, say, wrong, focus };
}

const labelled = (text, field, name = "") => el("div", { class: `field ${name}` }, el("label", { for: field.id }, text), field);

function fillChoices({ posture, scale, structure, audience }) {
  const choices = (list) => [el("option", { value: "" }, "—"), ...(list ?? []).map(({ value, label }) => el("option", { value }, label))];
  posture.replaceChildren(...choices(state.study?.posture));
  scale.replaceChildren(...choices(state.study?.scale));
  audience.replaceChildren(...choices(state.study?.audience));
  const own = state.doc?.structures ?? [];
  structure.replaceChildren(...choices(own.map((one) => ({ value: one, label: structureOf(one)?.name ?? one }))));
  // With one structure only there is nothing to choose.
  structure.closest(".field")?.classList.toggle("needless", own.length < 2);
}

let known = { from: null, index: [] };

function findStructure(query) {
  const structures = state.study?.structures ?? [];
  if (known.from !== structures) known = { from: structures, index: indexed(structures, ({ id, name }) => [[name, 3], [id, 2]]) };
  return search(known.index, query).slice(0, 40).map(({ id, name }) => ({ value: id, label: name ?? id, detail: name && name !== id ? id : "" }));
}

/** The attributes in words, for those who may only read them: [label, value] pairs. */
export function inWords(attributes) {
  const choice = (list, value) => state.study?.[list]?.find((one) => one.value === value)?.label ?? value;
  const name = (id) => structureOf(id)?.name ?? id;
  return [
    [_("Posture"), attributes.posture && choice("posture", attributes.posture)],
    [_("Scale"), attributes.scale && choice("scale", attributes.scale)],
    [_("In relation with"), attributes.target && name(attributes.target)],
    [_("Speaks for"), attributes.structure && name(attributes.structure)],
    [_("Audience"), attributes.audience && choice("audience", attributes.audience)],
    [_("Specific"), attributes.specific && _("yes")],
    [_("In doubt"), attributes.doubt && _("yes")],
    [_("Memo"), attributes.memo],
  ].filter(([, value]) => value);
}
