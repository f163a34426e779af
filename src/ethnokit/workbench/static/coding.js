// One coding in the panel: its code, words and attributes, its edges, what waits, what was said of it.

import { attributeFields, inWords } from "./attributes.js";
import { announce, button, el, focusFirst, redraw } from "./dom.js";
import { decide } from "./gestures.js";
import { handle } from "./keys.js";
import { buttonOf } from "./margin.js";
import { show as showMemo } from "./memo.js";
import { recode } from "./palette.js";
import { settleOf, waits } from "./places.js";
import { marksOf, quoted, sign } from "./signs.js";
import { canCode, codeOf, codingsInOrder, colourOf, emit, itemOf, labelOf, on, selectCode, stands, state } from "./state.js";
import { mountStretch, stretchBy } from "./stretch.js";
import { threadOf } from "./thread.js";
import { verdictOf } from "./verdict.js";
import { view } from "./view.js";
import { _, day } from "./words.js";

const SAVE_AFTER = 700;

let card = null;
let shown = null;
let dirty = false;
let timer = null;

export const codingShown = () => state.current?.kind === "coding" && itemOf(state.current) !== null;

const editable = (coding) => Boolean(coding) && canCode() && coding.mine;

export function mountCoding() {
  const fields = attributeFields("coding", {
    onEnter: () => save(),
    onChange: (name) => { dirty = true; plan(name === "memo" ? 0 : SAVE_AFTER); },
    onEscape: () => { focusFirst(buttonOf(shown?.id), view.words[view.at]); return true; },
  });
  fields.element.addEventListener("input", () => { dirty = true; });
  // Leaving the fields saves them; nothing written is lost by looking elsewhere.
  fields.element.addEventListener("focusout", (event) => { if (!fields.element.contains(event.relatedTarget)) save(); });
  const head = el("div", { class: "coding-head" });
  const below = el("div", { class: "coding-below" });
  card = { fields, head, below, element: el("section", { class: "coding", "aria-labelledby": "coding-title" }, head, fields.element, below) };
  for (const name of ["current", "codings", "passage", "study"]) on(name, refresh);
  handle("remove", () => remove());
  handle("memo", () => memo());
  mountStretch();
  window.addEventListener("beforeunload", (event) => {
    if (!dirty) return;
    save();
    event.preventDefault();
  });
  return card.element;
}

function refresh() {
  if (!state.study) return;
  const coding = codingShown() ? itemOf(state.current) : null;
  if (shown && shown.id !== coding?.id) save();
  const other = shown?.id !== coding?.id;
  const changed = other || shown?.revision !== coding?.revision || JSON.stringify(shown?.attributes) !== JSON.stringify(coding?.attributes);
  shown = coding;
  if (!coding) return;
  card.fields.element.hidden = !editable(coding);
  if (changed && (other || !dirty)) {
    card.fields.write(coding.attributes);
    dirty = false;
  }
  redraw(card.head, ...headOf(coding));
  redraw(card.below, ...belowOf(coding));
}

function headOf(coding) {
  const code = codeOf(coding.code);
  const family = code?.parent ? labelOf(code.parent) : "";
  const marks = marksOf(coding).filter(([name]) => name !== "memo");
  return [
    family ? el("p", { class: "family" }, family) : null,
    el("h2", { id: "coding-title", style: { "--colour": colourOf(coding.code) } },
      button(labelOf(coding.code), () => { selectCode(coding.code); emit("show-tab", "codebook"); },
        { class: "code-name", title: _("Show this code in the codebook"), "data-key": "code-name" })),
    coding.state === "changed" && waits(coding) ? null : quoted(coding.quote),
    el("p", { class: "facts" }, _("Coded by {name}", { name: coding.by }), ", ", el("time", { datetime: coding.at }, day(coding.at)),
      turnOf(coding)),
    marks.length > 0 ? el("ul", { class: "marks" }, marks.map(([name, words]) => el("li", { class: name }, sign(name), " ", words))) : null,
    settleOf(coding),
    editable(coding) && stands(coding) && !waits(coding) ? edgesOf(coding) : null,
  ];
}

function turnOf(coding) {
  if (!stands(coding)) return null;
  const row = view.doc === state.doc ? view.doc.rows.find((one) => one.end > coding.start) : null;
  return row?.n ? `, ${_("turn {n}", { n: row.n })}` : null;
}

function edgesOf() {
  const nudge = (label, text, which, direction) => button(text, () => stretchBy(which, direction),
    { class: "nudge", "aria-label": label, title: label, "data-key": `edge-${which}-${direction}` });
  return el("div", { class: "place-row" },
    el("span", { class: "place" }, _("Edges, word by word")),
    el("span", { class: "nudges", role: "group", "aria-label": _("Edges of the coding") },
      nudge(_("Begin one word earlier"), "⇤", "start", -1), nudge(_("Begin one word later"), "⇥", "start", 1),
      nudge(_("End one word earlier"), "−", "end", -1), nudge(_("End one word later"), "+", "end", 1)));
}

function belowOf(coding) {
  const mine = editable(coding);
  const words = mine ? [] : inWords(coding.attributes);
  const { passage } = state;
  return [
    words.length > 0 ? el("dl", { class: "attribute-words" }, words.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))) : null,
    mine ? el("div", { class: "actions" },
      button(_("Another code"), () => recode(coding), { "data-key": "recode" }),
      passage && !waits(coding) ? button(_("Use the selected passage"), () => usePassage(coding), { "data-key": "use-passage" }) : null,
      button(_("Remove"), () => remove(), { class: "danger", "data-key": "remove" })) : null,
    state.role === "reviewer" ? verdictOf(coding) : null,
    threadOf(coding),
  ];
}

function plan(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

/** Write the attributes as they stand in the fields, when they were changed. */
async function save() {
  clearTimeout(timer);
  if (!dirty || !shown || !editable(shown)) return;
  if (card.fields.wrong()) return;
  dirty = false;
  const coding = itemOf({ kind: "coding", id: shown.id }) ?? shown;
  const attributes = card.fields.read();
  if (codeOf(coding.code)?.relation && !attributes.target) {
    card.fields.say(_("“{code}” is a relation: say with which structure.", { code: labelOf(coding.code) }));
    dirty = true;
    return;
  }
  card.fields.say("");
  if (same(attributes, coding.attributes)) return;
  try {
    await decide("change", { coding: coding.id, revision: coding.revision, attributes });
    announce(_("Saved."));
  } catch {
    // The refusal was shown. What is on disk comes back into the fields.
    if (shown?.id === coding.id) card.fields.write(itemOf(state.current)?.attributes ?? coding.attributes);
  }
}

function same(a, b) {
  const set = (attributes) => JSON.stringify(Object.entries(attributes).filter(([, value]) => value).sort());
  return set(a) === set(b);
}

async function usePassage(coding) {
  const { start, end, quote } = state.passage;
  await decide("change", { coding: coding.id, revision: coding.revision, start, end, quote })
    .then(() => emit("leave-passage")).catch(() => null);
}

/** Remove the coding in focus; the next coding of the text, or its row, gets the focus. */
function remove() {
  const coding = codingShown() ? itemOf(state.current) : null;
  if (!coding || state.passage) return false;
  if (!editable(coding)) {
    if (canCode()) emit("tell", _("This is a coding of {name}: only they can remove it.", { name: coding.by }));
    return canCode();
  }
  dirty = false;
  const all = codingsInOrder().filter(stands);
  const next = all[all.findIndex((one) => one.id === coding.id) + 1];
  const row = view.rows[view.at];
  decide("remove", { coding: coding.id, revision: coding.revision }).then(() => {
    announce(_("Removed: {code}", { code: labelOf(coding.code) }));
    if (document.activeElement === document.body || !document.activeElement?.isConnected || document.activeElement.hidden) {
      focusFirst(next && row?.querySelector(`[data-id="${CSS.escape(next.id)}"]`), view.words[view.at]);
    }
  }).catch(() => null);
  return true;
}

/** `m`: the memo of the coding in focus, else that of the document. */
function memo() {
  const coding = codingShown() ? itemOf(state.current) : null;
  if (coding && editable(coding)) {
    emit("open-panel");
    card.fields.focus("memo");
    return true;
  }
  if (!state.doc) return false;
  showMemo("document", state.doc.id);
  return true;
}

