// The documents of the study by type: what each is, how far its coding has come, what waits; and what remains in all.

import { Unreachable, post } from "./api.js";
import { mountAsked } from "./asked.js";
import { option } from "./codetree.js";
import { announce, button, el, redraw } from "./dom.js";
import { folded } from "./find.js";
import { show as showMemo } from "./memo.js";
import { current, nextDocument, remains, tellOf } from "./progress.js";
import { documentOf, emit, on, openDocument, refreshStudy, state, structureOf } from "./state.js";
import { _, day, ngettext } from "./words.js";

const filter = { words: "", type: "", state: "", structure: "", open: false };
const saving = new Map();
let place = null;
let list = null;
let head = null;
let planned = false;

export function mount(element) {
  place = element;
  head = el("div", { class: "documents-head" });
  list = el("div", { class: "documents-list" });
  const asked = el("div", { class: "asked" });
  place.replaceChildren(head, asked, filterFields(), list);
  if (state.role === "coder") mountAsked(asked);
  for (const name of ["study", "document", "suggestions"]) on(name, plan);
  draw();
}

/** Once per frame, however many things changed. */
function plan() {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => { planned = false; draw(); });
}

function draw() {
  if (!state.study) return;
  redraw(head, headOf(state.study.documents.map(current)));
  redraw(list, listOf(state.study.documents.map(current)));
}

function headOf(all) {
  const next = nextDocument(all);
  return [
    el("h2", { class: "for-readers" }, _("Documents")),
    progressLine(remains(all)),
    next ? button(el("span", {}, el("span", { class: "soft" }, _("Next document"), " "), el("strong", {}, next.title)), () => open(next.id), { class: "next", dataset: { key: "next" } }) : null,
  ];
}

function progressLine([done, ...left]) {
  return el("p", { class: "study-progress" }, el("strong", {}, done), el("span", {}, left.join(" · ")));
}

function filterFields() {
  const words = el("input", { type: "search", id: "documents-filter", placeholder: _("title, structure …"), autocomplete: "off", on: { input: () => { filter.words = words.value; plan(); } } });
  const details = el("details", { on: { toggle: () => { filter.open = details.open; } } }, el("summary", {}, _("More filters")), el("div", { class: "filter-grid" }, selects()));
  on("study", () => {
    const grid = details.querySelector(".filter-grid");
    if (!grid.contains(document.activeElement)) grid.replaceChildren(...selects());
  });
  return el("div", { class: "filter", role: "search", "aria-label": _("Filter the documents") },
    el("label", { for: "documents-filter" }, _("Filter")), words, details);
}

function selects() {
  const { documents, states, structures } = state.study;
  const types = [...new Map(documents.map((one) => [one.type, one.typeLabel]))];
  const present = new Set(documents.flatMap((one) => one.structures));
  return [
    select("type", _("Type"), _("all types"), types),
    select("state", _("State"), _("all states"), states.map((one) => [one.value, one.label])),
    select("structure", _("Structure"), _("all structures"), structures.filter((one) => present.has(one.id)).map((one) => [one.id, one.name])),
  ];
}

function select(name, label, all, choices) {
  const id = `documents-${name}`;
  const field = el("select", { id, on: { change: () => { filter[name] = field.value; plan(); } } },
    option("", all, filter[name]), choices.map(([value, words]) => option(value, words, filter[name])));
  return el("div", { class: "field" }, el("label", { for: id }, label), field);
}

function listOf(all) {
  const found = all.filter(fits);
  const types = [...new Set([...Object.keys(GROUPS()), ...all.map((one) => one.type)])];
  const groups = types.map((type) => groupOf(type, found.filter((one) => one.type === type)));
  const narrowed = found.length < all.length;
  return [
    narrowed ? el("p", { class: "soft found", role: "status" }, found.length
      ? ngettext("{n} of {all} documents shown", "{n} of {all} documents shown", found.length, { all: all.length })
      : _("No document fits the filter.")) : null,
    narrowed ? button(_("Show all documents"), showAll, { class: "plain", dataset: { key: "all" } }) : null,
    groups,
  ];
}

function showAll() {
  Object.assign(filter, { words: "", type: "", state: "", structure: "" });
  place.querySelector("#documents-filter").value = "";
  for (const field of place.querySelectorAll(".filter-grid select")) field.value = "";
  place.querySelector("#documents-filter").focus();
  plan();
}

function fits(one) {
  if (filter.type && one.type !== filter.type) return false;
  if (filter.state && one.state !== filter.state) return false;
  if (filter.structure && !one.structures.includes(filter.structure)) return false;
  const text = folded([one.title, one.id, one.date, one.typeLabel, ...one.structures, ...namesOf(one)].join(" "));
  return folded(filter.words).split(/\s+/).every((word) => text.includes(word));
}

const namesOf = (one) => one.structures.map((id) => structureOf(id)?.name ?? id);

const GROUPS = () => ({ interview: _("Interviews"), observation: _("Observations"), document: _("Written sources") });

function groupOf(type, documents) {
  if (documents.length === 0) return null;
  const id = `group-${type}`;
  return el("section", { class: "group", "aria-labelledby": id },
    el("h3", { id }, GROUPS()[type] ?? documents[0].typeLabel, el("span", { class: "soft" }, ` ${documents.length}`)),
    el("ul", {}, documents.map(rowOf)));
}

function rowOf(one) {
  const opened = state.doc?.id === one.id;
  const link = el("a", {
    href: `#/${encodeURIComponent(one.id)}`, "aria-current": opened ? "page" : null, dataset: { key: `open-${one.id}` },
    on: { click: (event) => { if (plainly(event)) { event.preventDefault(); open(one.id); } } },
  }, one.title);
  const facts = [one.title === one.id ? null : one.id, one.date ? day(one.date) : null, namesOf(one).join(", ")].filter(Boolean);
  return el("li", { class: `document state-${one.state}${opened ? " opened" : ""}` },
    el("div", { class: "document-top" }, link, stateField(one)),
    el("p", { class: "facts" }, facts.join(" · ")),
    el("p", { class: "told" }, tellOf(one).map(({ words, waits }, k) => [k > 0 ? " · " : null, el("span", { class: waits ? "waits" : null }, words)])),
    opened ? el("p", { class: "document-tools" }, button(_("Memo of the document"), () => showMemo("document", one.id), { class: "plain", dataset: { key: `memo-${one.id}` } })) : null);
}

/** A link that is to open in another tab or window is left to the browser. */
const plainly = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

async function open(id) {
  try {
    await openDocument(id);
    announce(_("{title} is open.", { title: documentOf(id)?.title ?? id }));
  } catch (error) {
    emit("refused", { error, act: "open" });
  }
}

/** Which states are whose word; the present one is always shown. */
const STATES = { coder: ["to_code", "in_progress", "coded"], reviewer: ["coded", "reviewed"] };

/** The state of a document, which is also where it is set. */
function stateField(one) {
  const label = state.study.states.find(({ value }) => value === one.state)?.label ?? one.stateLabel;
  if (state.readOnly) return el("span", { class: "state-of" }, label);
  const choices = state.study.states.filter(({ value }) => value === one.state || STATES[state.role].includes(value));
  const field = el("select", {
    "aria-label": _("State of {title}", { title: one.title }), dataset: { key: `state-${one.id}` }, disabled: saving.has(one.id),
    on: { change: () => setState(one, field.value) },
  }, choices.map(({ value, label: words }) => option(value, words, saving.get(one.id) ?? one.state)));
  return el("span", { class: "state-of" }, field);
}

async function setState(one, value) {
  saving.set(one.id, value);
  try {
    const answer = await post(`/api/documents/${encodeURIComponent(one.id)}/state`, { state: value });
    const known = documentOf(one.id);
    if (known) known.state = answer.state;
    announce(_("{title}: state saved.", { title: one.title }));
    await refreshStudy().catch(() => null);
  } catch (error) {
    const message = error instanceof Unreachable ? _("The server does not answer: the state of {title} is not saved.", { title: one.title }) : null;
    emit("refused", { error: message ? Object.assign(new Error(message), { kind: "unexpected" }) : error, act: "state" });
  } finally {
    saving.delete(one.id);
    draw();
  }
}
