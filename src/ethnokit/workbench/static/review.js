// The reviewer's queue: codings to look at, in reading order or drawn at random; the one in focus shows its passage in
// the text and its verdict in the panel. One key gives a verdict and goes on to the next.

import { get } from "./api.js";
import { announce, button, el, redraw } from "./dom.js";
import { handle } from "./keys.js";
import { toReview } from "./progress.js";
import { filterForm, queryOf } from "./queuefilter.js";
import { edges, signsOf, spokenOf } from "./signs.js";
import { colourOf, emit, labelOf, on, openDocument, setCurrent, state, structureOf } from "./state.js";
import { focusAnswer, reviewWords } from "./thread.js";
import { choose, isSending } from "./verdict.js";
import { _, day, ngettext } from "./words.js";

const PAUSE = 1200;

const queue = { items: [], total: 0, seed: null, lastReview: null, loading: true, failed: "", given: new Set(), at: null, asked: 0 };
let parts = null;
let timer = null;
let planned = false;

export function mount(element) {
  const filter = filterForm({ changed: () => load() });
  parts = { filter, head: el("div", { class: "queue-head" }), list: el("div", { class: "queue-list" }) };
  element.append(el("h2", { class: "for-readers" }, _("Codings to review")), parts.head, filter.element, parts.list);
  on("current", follow);
  on("codings", update);
  on("study", () => { clearTimeout(timer); timer = setTimeout(refresh, PAUSE); });
  on("verdict-sent", plan);
  on("verdict-refused", ({ id }) => { if (queue.at !== id) go(id); plan(); });
  on("verdict-given", given);
  handle("next", () => walk(1));
  handle("previous", () => walk(-1));
  handle("accept", () => verdict("accepted"));
  handle("ask", () => verdict("change"));
  handle("refuse", () => verdict("refused"));
  handle("answer", () => subject() !== null && focusAnswer(subject().coding.id, document.getElementById("panel")));
  load();
}

/** Once per frame, however many things changed. */
function plan() {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => { planned = false; draw(); });
}

/** Ask for the queue that the filters describe; what was done in it before is done with. */
async function load() {
  const asked = (queue.asked += 1);
  queue.loading = true;
  drawn.clear();
  plan();
  const found = await ask(asked);
  if (found === null) return;
  Object.assign(queue, { ...found, given: new Set(), loading: false, failed: "" });
  parts.filter.tell(queue);
  follow();
  plan();
  announce(found.items.length > 0 ? ngettext("{n} coding in the queue", "{n} codings in the queue", found.items.length) : _("The queue is empty."));
}

async function ask(asked) {
  try {
    const found = await get(`/api/review?${queryOf(parts.filter.values)}`);
    return asked === queue.asked ? found : null;
  } catch (error) {
    if (asked !== queue.asked) return null;
    Object.assign(queue, { loading: false, failed: error.name === "Refused" ? error.message : _("The server does not answer.") });
    plan();
    return null;
  }
}

/** Others went on coding: their codings join the queue; what is done or in focus stays. A drawn sample stays as drawn. */
async function refresh() {
  if (parts.filter.values.sample || queue.loading) return;
  const found = await ask(queue.asked);
  if (found === null) return;
  const fresh = new Set(found.items.map((item) => item.coding.id));
  const kept = queue.items.filter(({ coding }) => !fresh.has(coding.id) && (queue.given.has(coding.id) || queue.at === coding.id));
  const order = new Map(state.study.documents.map((one, k) => [one.id, k]));
  const items = [...found.items, ...kept].sort((a, b) => order.get(a.document) - order.get(b.document) || a.coding.start - b.coding.start);
  Object.assign(queue, { items, total: found.total + kept.length, lastReview: found.lastReview, failed: "" });
  parts.filter.tell(queue);
  plan();
}

/** What the page learned of the open document's codings. */
function update() {
  for (const item of queue.items) if (item.document === state.doc?.id) item.coding = state.codings.get(item.coding.id) ?? item.coding;
  plan();
}

const isDone = ({ coding }) => !toReview(coding);
const left = () => queue.items.filter((item) => !isDone(item)).length;
const itemAt = (id) => queue.items.find(({ coding }) => coding.id === id) ?? null;

/** The coding in focus on the page is the item in focus here. */
function follow() {
  const id = state.current?.kind === "coding" ? state.current.id : null;
  if (id !== null && itemAt(id)) queue.at = id;
  plan();
  if (id !== null) requestAnimationFrame(() => parts.list.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" }));
}

/** What a verdict is about: the coding in focus, be it in the queue or not; while its document opens, the item gone to. */
function subject() {
  const id = state.current?.kind === "coding" ? state.current.id : null;
  if (id !== null && state.codings.has(id)) return { coding: state.codings.get(id), document: state.doc.id };
  return null;
}

function verdict(which) {
  const found = subject();
  if (found === null) {
    emit("tell", _("Choose a coding first: n goes to the next one."));
    return true;
  }
  return choose(found.coding, found.document, which);
}

function given({ id, verdict: which, coding }) {
  queue.given.add(id);
  const item = itemAt(id);
  if (item && coding) item.coding = coding;
  plan();
  const rest = left();
  const words = { accepted: _("Accepted."), change: _("The change is asked."), refused: _("Refused.") }[which];
  announce([words, rest > 0 ? ngettext("{n} left", "{n} left", rest) : _("The queue is done.")].join(" "));
  if (item && state.current?.id === id) onward(item);
}

/** On to the next that has no verdict, from the beginning again after the last. */
function onward(item) {
  const at = queue.items.indexOf(item);
  const next = [...queue.items.slice(at + 1), ...queue.items.slice(0, at)].find((one) => !isDone(one) && !isSending(one.coding.id));
  const held = parts.list.contains(document.activeElement);
  if (next) go(next.coding.id).then(() => (held ? focusItem(next.coding.id) : emit("focus-panel")));
  else parts.head.querySelector("p")?.focus();
}

function walk(step) {
  if (queue.items.length === 0) {
    emit("tell", _("The queue is empty."));
    return true;
  }
  const at = queue.items.findIndex(({ coding }) => coding.id === queue.at);
  const next = queue.items[at < 0 ? (step > 0 ? 0 : queue.items.length - 1) : at + step];
  if (!next) {
    emit("tell", step > 0 ? _("This is the last coding of the queue.") : _("This is the first coding of the queue."));
    return true;
  }
  const held = parts.list.contains(document.activeElement);
  go(next.coding.id).then(() => held && focusItem(next.coding.id));
  return true;
}

async function go(id) {
  const item = itemAt(id);
  if (!item) return;
  queue.at = id;
  plan();
  try {
    await openDocument(item.document, { at: item.coding.start, coding: id });
    const rank = queue.items.indexOf(item) + 1;
    announce(_("{rank} of {n}: {code}. “{quote}”", { rank, n: queue.items.length, code: labelOf(item.coding.code), quote: edges(item.coding.quote) }));
    if (!state.codings.has(id)) emit("tell", _("This coding was removed meanwhile."));
  } catch (error) {
    setCurrent(null);
    emit("refused", { error, act: "open" });
  }
}

const focusItem = (id) => requestAnimationFrame(() => parts.list.querySelector(`[data-key="item-${CSS.escape(id)}"]`)?.focus());

function draw() {
  redraw(parts.head, headOf());
  redraw(parts.list, listOf());
}

function headOf() {
  if (queue.failed) return [el("p", { class: "trouble", role: "alert" }, queue.failed), button(_("Ask again"), () => load(), { dataset: { key: "again" } })];
  if (queue.loading && queue.items.length === 0) return el("p", { class: "soft", role: "status" }, _("Looking for what is to review …"));
  const rest = left();
  const done = queue.items.length - rest;
  const told = [
    done > 0 ? ngettext("{n} with a verdict", "{n} with a verdict", done) : null,
    ngettext("{n} left to review", "{n} left to review", rest),
    queue.items.length < queue.total && !parts.filter.values.sample ? _("the first {n} of {total}", { n: queue.items.length, total: queue.total }) : null,
  ].filter(Boolean);
  return [
    el("p", { class: "study-progress", tabindex: "-1" }, el("strong", {}, queue.items.length === 0 ? _("Nothing to review with these filters.") : told.join(" · "))),
    parts.filter.values.sample && queue.seed !== null ? el("p", { class: "soft" }, _("Sample of {n} of {total}, drawn with seed {seed}", { n: queue.items.length, total: queue.total, seed: String(queue.seed) })) : null,
    queue.at === null && rest > 0 ? button([_("Begin"), " ", el("kbd", { "aria-hidden": "true" }, "n")], () => walk(1), { class: "primary", "aria-keyshortcuts": "n", dataset: { key: "begin" } }) : null,
  ];
}

function listOf() {
  const documents = [...new Set(queue.items.map((item) => item.document))];
  return documents.map((id) => {
    const items = queue.items.filter((item) => item.document === id);
    return el("section", { class: "group" }, el("h3", {}, items[0].title, el("span", { class: "soft" }, ` ${items.length}`)), el("ol", {}, items.map(itemOf)));
  });
}

/** Drawn before, and nothing of it changed: the same element serves again, however long the queue is. */
const drawn = new Map();

function itemOf(item) {
  const { coding } = item;
  const now = [coding, state.study, queue.at === coding.id, isSending(coding.id)];
  const before = drawn.get(coding.id);
  if (before && now.every((one, k) => one === before.now[k])) return before.element;
  const element = elementOf(item);
  drawn.set(coding.id, { now, element });
  return element;
}

function elementOf(item) {
  const { coding } = item;
  const at = queue.at === coding.id;
  const words = isSending(coding.id) ? _("being saved …") : reviewWords(coding);
  return el("li", { class: `queue-item review-${coding.review ?? "none"}${at ? " at" : ""}`, style: { "--family": colourOf(coding.code) } },
    el("button", { type: "button", class: "plain item", "aria-current": at ? "true" : null, dataset: { key: `item-${coding.id}` }, on: { click: () => go(coding.id) } },
      el("span", { class: "item-top" }, el("span", { class: "dot", "aria-hidden": "true" }), el("span", { class: "label" }, labelOf(coding.code)), signsOf(coding)),
      words ? el("span", { class: "verdict-words" }, words) : null,
      at ? null : el("span", { class: "quote" }, edges(coding.quote, 8)),
      el("span", { class: "for-readers" }, spokenOf("coding", coding))),
    at ? focusedOf(item) : null);
}

/** The passage in its context; what else the coding says stands in the panel at the same time. */
function focusedOf({ coding, structure, before, after }) {
  const facts = [_("by {name}", { name: coding.by }), structureOf(structure)?.name ?? structure, day(coding.at)].filter(Boolean);
  return el("div", { class: "focused" },
    el("p", { class: "context" }, before ? `… ${before.trimStart()}` : "", el("mark", {}, coding.quote), after ? `${after.trimEnd()} …` : ""),
    el("p", { class: "facts" }, facts.join(" · ")));
}
