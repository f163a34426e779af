// The field to find a code in: by label, id, synonyms and family; families are headings and cannot be chosen.

import { combobox } from "./combobox.js";
import { el } from "./dom.js";
import { indexed, search } from "./find.js";
import { digitOf, recentCodes } from "./recent.js";
import { codeOf, colourOf, familyOf, labelOf, state } from "./state.js";
import { _ } from "./words.js";

export const NEW_CODE = "\u0000new";

let known = { from: null, index: [] };

function codes() {
  const all = state.study?.codebook.codes ?? [];
  if (known.from !== all) {
    known = {
      from: all,
      index: indexed(all.filter((code) => code.codable), (code) => [
        [code.label, 3], [code.id, 2], ...code.synonyms.map((one) => [one, 2]), [familyOf(code.id)?.label ?? "", 1],
      ]),
    };
  }
  return known.index;
}

function optionOf(code, { family = true } = {}) {
  const digit = digitOf(code.id);
  const above = family && code.parent ? labelOf(code.parent) : "";
  return {
    value: code.id, label: code.label, colour: colourOf(code.id),
    detail: [digit, above, code.withheld ? _("never printed") : ""].filter(Boolean).join(" · "),
  };
}

function find(query) {
  const index = codes();
  if (!query.trim()) return [...recent(), ...tree(index)];
  return [
    ...search(index, query).slice(0, 30).map((code) => optionOf(code)),
    { value: NEW_CODE, label: _("New code “{label}”…", { label: query.trim() }), query: query.trim(), detail: "" },
  ];
}

function recent() {
  const found = recentCodes().map(codeOf).filter((code) => code?.codable);
  return found.length > 0 ? [{ label: _("Recent"), disabled: true }, ...found.map((code) => optionOf(code, { family: false }))] : [];
}

function tree(index) {
  const options = [];
  let family = null;
  for (const { thing: code } of index) {
    const above = familyOf(code.id);
    if (above && above.id !== family && above.id !== code.id) {
      options.push({ label: above.label, disabled: true, colour: colourOf(above.id) });
      family = above.id;
    }
    options.push(optionOf(code, { family: false }));
  }
  return options;
}

/** The field, and below it the meaning of the code that is marked in the list. */
export function codeField(id, { label, onPick, onEscape }) {
  const meaning = el("div", { class: "meaning", id: `${id}-meaning`, "aria-live": "polite" });
  const said = el("p", { class: "said", id: `${id}-said`, role: "alert" });
  const box = combobox({
    id, label, find, onPick, onEscape, required: true, describedBy: said.id,
    placeholder: _("Type to find a code"),
    onActive: (option) => { meaning.replaceChildren(...meaningOf(option)); },
  });

  function say(message) {
    said.textContent = message;
    if (message) box.input.setAttribute("aria-invalid", "true");
    else box.input.removeAttribute("aria-invalid");
  }

  box.input.addEventListener("input", () => say(""));
  return { ...box, say, element: el("div", { class: "codefield" }, box.element, said, meaning), meaning };
}

function meaningOf(option) {
  const code = option && option.value !== NEW_CODE ? codeOf(option.value) : null;
  if (!code) return [];
  const list = (title, items) => (items.length > 0 ? el("p", { class: "bounds" }, el("strong", {}, title), " ", items.join(" ; ")) : null);
  return [
    el("p", {}, code.definition || _("No definition yet.")),
    list(_("Include:"), code.include), list(_("Exclude:"), code.exclude),
  ].filter(Boolean);
}
