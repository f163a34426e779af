// Giving a code to the passage: the code, what else the coding says, and Enter. The passage stays for a second code.

import { attributeFields } from "./attributes.js";
import { codeField, NEW_CODE } from "./codefield.js";
import { announce, byId, button, el, redraw } from "./dom.js";
import { decide } from "./gestures.js";
import { handle } from "./keys.js";
import { show as showNewCode } from "./newcode.js";
import { describe, moved } from "./passage.js";
import { recentCodes, useCode } from "./recent.js";
import { quoted } from "./signs.js";
import { canCode, codeOf, codingsInOrder, colourOf, emit, itemOf, labelOf, on, setCurrent, setPassage, state } from "./state.js";
import { view } from "./view.js";
import { _ } from "./words.js";

const ADD = { kind: "add" };
/** Rules of a coding that speak of the other structure: a relation without it, an unknown one. */
const ABOUT_THE_OTHER = new Set(["CD032", "CD033"]);

/** add: code the passage · accept: the suggestion, changed · recode: another code for a coding. */
let purpose = ADD;
let pending = [];
let parts = null;

export const paletteShown = () => canCode() && (state.passage !== null || purpose.kind === "recode");

export function mountPalette() {
  const code = codeField("code-field", { label: _("Code"), onPick: picked, onEscape: leaveField });
  const fields = attributeFields("new", { onEnter: () => apply(), onEscape: leaveField });
  const head = el("div", { class: "passage-head" });
  const recent = el("ol", { class: "recent", "aria-label": _("Recent codes, by their digit") });
  const given = el("div", { class: "given" });
  const submit = button(_("Apply"), () => apply(), { class: "primary", "data-key": "apply" });
  const leave = button(_("Leave"), () => leavePassage(), { "data-key": "leave" });
  const element = el("section", { class: "palette", "aria-labelledby": "palette-title" },
    el("h2", { id: "palette-title" }), head, given, code.element, recent, fields.element, el("div", { class: "actions" }, submit, leave));
  parts = { code, fields, head, recent, given, submit, element };
  on("passage", () => {
    // Without a passage there is nothing to accept; with one, another code for a coding is no more what is meant.
    if ((purpose.kind === "recode") === (state.passage !== null)) setPurpose(ADD);
    refresh();
  });
  on("codings", refresh);
  on("study", refresh);
  on("document", ({ opened }) => { if (opened) setPurpose(ADD); });
  handle("choose-code", () => openField(""));
  handle("type-code", (event) => openField(event.key));
  for (let n = 1; n <= 9; n += 1) handle(`recent-${n}`, () => applyRecent(n));
  handle("leave", escape);
  return element;
}

/** Esc outside a field: first the passage, then what is in focus. */
function escape() {
  if (state.passage || purpose.kind === "recode") leavePassage();
  else if (state.current) setCurrent(null);
  else return false;
  return true;
}

function leavePassage() {
  const inPanel = byId("panel").contains(document.activeElement);
  setPurpose(ADD);
  setPassage(null);
  document.getSelection()?.removeAllRanges();
  if (inPanel || document.activeElement === document.body) view.words[view.at]?.focus({ preventScroll: true });
}

/** Esc in a field: back to the text, the passage stays. */
function leaveField() {
  view.words[view.at]?.focus({ preventScroll: true });
  return true;
}

function setPurpose(next) {
  if (purpose === next) return;
  purpose = next;
  parts.fields.write(next.attributes ?? {});
  parts.code.set(null);
  parts.code.say("");
  emit("purpose");
}

/** Accept a suggestion with another code, place or attributes. */
export function changeSuggestion(suggestion) {
  setPassage({ start: suggestion.start, end: suggestion.end }, { scroll: true });
  setPurpose({ kind: "accept", suggestion, attributes: suggestion.attributes });
  refresh();
  parts.code.set({ value: suggestion.code, label: labelOf(suggestion.code) });
  parts.code.input.focus();
  parts.code.input.select();
}

/** Choose another code for a coding. */
export function recode(coding) {
  setPassage(null);
  setPurpose({ kind: "recode", coding, attributes: coding.attributes });
  refresh();
  emit("passage", {});
  parts.code.set({ value: coding.code, label: labelOf(coding.code) });
  parts.code.input.focus();
  parts.code.input.select();
}

function openField(text) {
  if (!canCode()) return false;
  if (!state.passage && purpose.kind !== "recode") {
    emit("tell", _("Choose a passage first: with the mouse, or with → and ←."));
    return true;
  }
  emit("open-panel");
  parts.code.open(text);
  return true;
}

function refresh() {
  if (!parts || !state.study) return;
  parts.element.querySelector("h2").textContent = title();
  redraw(parts.head, ...headOf());
  redraw(parts.given, ...givenOf());
  const digits = purpose.kind === "recode" ? [] : recentCodes().map(codeOf).filter(Boolean);
  redraw(parts.recent, ...digits.map((code, k) => el("li", {}, button([el("kbd", {}, String(k + 1)), " ", code.label],
    () => apply(code.id), { "data-key": `digit-${k}`, style: { "--colour": colourOf(code.id) } }))));
  parts.submit.textContent = purpose.kind === "accept" ? _("Accept as changed") : purpose.kind === "recode" ? _("Change the code") : _("Apply");
}

function title() {
  if (purpose.kind === "recode") return _("Another code");
  return purpose.kind === "accept" ? _("Suggestion, changed") : _("Passage");
}

function headOf() {
  if (purpose.kind === "recode") return [quoted(purpose.coding.quote)];
  if (!state.passage || view.doc !== state.doc) return [];
  const { place } = describe(state.passage);
  const nudge = (label, sign, which, direction) => button(sign, () => setPassage(moved(state.passage, which, direction)),
    { class: "nudge", "aria-label": label, title: label, "data-key": `nudge-${which}-${direction}` });
  return [
    quoted(state.passage.quote),
    el("div", { class: "place-row" }, el("span", { class: "place" }, place),
      el("span", { class: "nudges", role: "group", "aria-label": _("Edges of the passage") },
        nudge(_("Begin one word earlier"), "⇤", "start", -1), nudge(_("Begin one word later"), "⇥", "start", 1),
        nudge(_("End one word earlier"), "−", "end", -1), nudge(_("End one word later"), "+", "end", 1))),
  ];
}

/** Codes that this very passage has already, and those on their way. */
function givenOf() {
  const { passage } = state;
  if (!passage) return [];
  const here = codingsInOrder().filter((one) => one.mine && one.start === passage.start && one.end === passage.end);
  const chips = [
    ...here.map((one) => button(labelOf(one.code), () => setCurrent({ kind: "coding", id: one.id }, { scroll: false }),
      { class: "chip", "data-key": `given-${one.id}`, style: { "--colour": colourOf(one.code) } })),
    ...pending.filter((one) => one.start === passage.start && one.end === passage.end)
      .map((one) => el("span", { class: "chip pending" }, _("{code}: not saved yet", { code: labelOf(one.code) }))),
  ];
  return chips.length > 0 ? [el("p", { class: "given-label" }, _("Codes of this passage:")), ...chips] : [];
}

function picked(option, event) {
  if (option?.value === NEW_CODE) {
    showNewCode({ label: option.query, onCreated: (id) => created(id) });
    return;
  }
  if (event?.type === "keydown") apply(option?.value ?? null);
  else {
    parts.code.input.focus();
    apply(option.value);
  }
}

function created(id) {
  const code = codeOf(id);
  if (!code) return;
  parts.code.set({ value: id, label: code.label });
  parts.code.input.focus();
}

function applyRecent(n) {
  const id = recentCodes()[n - 1];
  if (!id || !canCode()) return false;
  if (!state.passage) return openField("");
  apply(id);
  return true;
}

/** Send what the form says. `id`: this code, instead of what stands in the field. */
export async function apply(id = null) {
  const value = id ?? parts.code.value()?.value ?? null;
  const code = value && value !== NEW_CODE ? codeOf(value) : null;
  if (!code) {
    parts.code.say(_("Choose a code: type a part of its name."));
    parts.code.input.focus();
    return;
  }
  if (parts.fields.wrong()) {
    parts.code.set({ value: code.id, label: code.label });
    parts.fields.focus("target");
    return;
  }
  const attributes = parts.fields.read();
  if (code.relation && !attributes.target) {
    parts.code.set({ value: code.id, label: code.label });
    parts.fields.say(_("“{code}” is a relation: say with which structure.", { code: code.label }));
    parts.fields.focus("target");
    return;
  }
  await send(code, attributes);
}

async function send(code, attributes) {
  const mine = purpose;
  const passage = state.passage;
  const [act, fields] = requestOf(mine, code, attributes, passage);
  const note = { code: code.id, ...passage };
  pending.push(note);
  const inField = parts.element.contains(document.activeElement);
  parts.code.set(null);
  parts.code.say("");
  parts.fields.write(mine.attributes && mine.kind !== "add" ? mine.attributes : {});
  refresh();
  if (inField && mine.kind === "add") parts.code.input.focus();
  try {
    const answer = await decide(act, fields, { own: true });
    useCode(code.id);
    pending = pending.filter((one) => one !== note);
    after(mine, code, answer);
  } catch (error) {
    pending = pending.filter((one) => one !== note);
    refusedWith(error, code, attributes);
  }
  refresh();
}

function requestOf(mine, code, attributes, passage) {
  const place = passage && { start: passage.start, end: passage.end, quote: passage.quote };
  if (mine.kind === "accept") return ["accept", { suggestion: mine.suggestion.id, code: code.id, ...place, attributes }];
  if (mine.kind === "recode") {
    // The coding may have changed meanwhile by an own gesture that came before this one.
    const now = itemOf({ kind: "coding", id: mine.coding.id }) ?? mine.coding;
    return ["change", { coding: now.id, revision: now.revision, code: code.id, attributes }];
  }
  return ["add", { code: code.id, ...place, attributes }];
}

function after(mine, code, answer) {
  for (const sentence of answer.warnings ?? []) emit("tell", sentence);
  announce(mine.kind === "recode" ? _("Changed to {code}", { code: code.label }) : _("Coded: {code}", { code: code.label }));
  const made = answer.changed.find((one) => one.code === code.id && one.mine);
  if (mine.kind === "accept") {
    leavePassage();
    emit("suggestion-decided", { id: mine.suggestion.id });
  } else if (mine.kind === "recode") {
    leavePassage();
  }
  if (made && mine.kind !== "accept") setCurrent({ kind: "coding", id: made.id }, { scroll: false });
}

/** The refusal stands beside the field; what was typed comes back, unless the person went on. */
function refusedWith(error, code, attributes) {
  if (!parts.code.input.value) parts.code.set({ value: code.id, label: code.label });
  parts.fields.write(attributes);
  parts.code.say([error.message, error.hint].filter(Boolean).join(" "));
  if (ABOUT_THE_OTHER.has(error.data?.error?.rule)) parts.fields.focus("target");
  else parts.code.input.focus();
  if (error.kind === "stale") emit("stale");
}
