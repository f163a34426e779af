// The margin: for each coding one real button beside the line where its passage begins, and a coloured bar in its own
// lane along the lines of the passage. Proposals stand on the other side, dashed. Buttons follow their row in the
// document's order; only where they stand is computed, and only for chunks near the window.

import { el, focusFirst, hidden } from "./dom.js";
import { pointIn, rowOfEnd, rowOfStart } from "./offsets.js";
import { apart, lanesOf, stacked } from "./stacking.js";
import { colourOf, itemOf, labelOf, on, setCurrent, stands, state, structureOf } from "./state.js";
import { signsOf, spokenOf } from "./signs.js";
import { chunkOfRow, rowsOfChunk, view } from "./view.js";
import { _ } from "./words.js";

/** From one bar to the next, in pixels; many lanes stand closer together. */
const PITCH = 8;

let lanes = new Map();
let itemsByChunk = [];
let itemsByRow = new Map();
let filledFor = null;
let signatures = [];
let stale = new Set();
let dirty = new Set();
let planned = false;
/** The focus is being handed on by the page, not moved by a person. */
let handing = false;

export function mountMargin() {
  on("codings", () => view.doc === state.doc && fillCodes());
  on("suggestions", () => view.doc === state.doc && fillCodes());
  on("suggestions-shown", fillCodes);
  on("study", () => { if (namesChanged()) fillCodes(); });
  on("current", markCurrent);
  view.article.addEventListener("click", clicked);
  view.article.addEventListener("focusin", focused);
}

/** Codings and proposals that have a place in the text, with the row where each begins. */
function placed() {
  const { rows } = view.doc;
  const all = [];
  const add = (kind, item) => {
    const row = rowOfStart(rows, item.start);
    if (row < rows.length) all.push({ kind, item, id: item.id, start: item.start, end: item.end, row, last: Math.max(row, rowOfEnd(rows, item.end)) });
  };
  for (const coding of state.codings.values()) if (stands(coding)) add("coding", coding);
  if (view.suggestionsShown) for (const one of state.suggestions) add("suggestion", one);
  return all.sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
}

/**
 * Bring the buttons up to date. Only rows whose codings look different are drawn again: those near the window now,
 * the others when the browser has nothing else to do.
 */
export function fillCodes() {
  if (!view.doc) return;
  const all = placed();
  const codings = lanesOf(all.filter((one) => one.kind === "coding"));
  const proposals = lanesOf(all.filter((one) => one.kind === "suggestion"));
  lanes = new Map([...codings, ...proposals]);
  itemsByChunk = view.chunks.map(() => []);
  itemsByRow = new Map();
  for (const one of all) {
    if (!itemsByRow.has(one.row)) itemsByRow.set(one.row, []);
    itemsByRow.get(one.row).push(one);
    for (let c = chunkOfRow(one.row); c <= chunkOfRow(one.last); c += 1) itemsByChunk[c].push(one);
  }
  if (filledFor !== view.rows) {
    filledFor = view.rows;
    signatures = new Array(view.rows.length).fill("");
    stale = new Set();
  }
  for (let row = 0; row < view.rows.length; row += 1) {
    const signature = itemsByRow.has(row) ? itemsByRow.get(row).map(look).join("\n") : "";
    if (signature === signatures[row]) continue;
    signatures[row] = signature;
    stale.add(row);
  }
  for (const chunk of view.near) fillChunk(chunk);
  if (stale.size > 0) whenIdle(fillRest);
  arrange(null);
}

const whenIdle = (fn) => (window.requestIdleCallback ? requestIdleCallback(fn) : setTimeout(fn, 50));

function fillRest(deadline) {
  let left = deadline ? 400 : 40;
  for (const row of stale) {
    if ((left -= 1) < 0 || (deadline && deadline.timeRemaining() < 3)) break;
    fillRow(row);
  }
  if (stale.size > 0) whenIdle(fillRest);
}

function fillChunk(chunk) {
  const [from, to] = rowsOfChunk(Number(chunk.dataset.chunk));
  for (let row = from; row < to; row += 1) if (stale.has(row)) fillRow(row);
}

/** What each button shows, in one string; a coding that changes is another object. */
let looks = new WeakMap();
let names = "";

/** True when codes or structures have other names or colours than the buttons show. */
function namesChanged() {
  const now = JSON.stringify([state.study.codebook.codes.map((code) => [code.id, code.label, colourOf(code.id)]), state.study.structures]);
  if (now === names) return false;
  names = now;
  looks = new WeakMap();
  return true;
}

function look({ kind, item }) {
  if (!looks.has(item)) {
    looks.set(item, [kind, item.id, item.code, labelOf(item.code), colourOf(item.code), item.by, item.mine, item.state, item.review,
      JSON.stringify(item.attributes), structureOf(item.attributes?.target)?.name, item.remarks?.length, item.start, item.end].join("|"));
  }
  return looks.get(item);
}

function fillRow(row) {
  stale.delete(row);
  const items = itemsByRow.get(row) ?? [];
  const block = view.rows[row];
  const active = block.contains(document.activeElement) && document.activeElement.matches(".code") ? document.activeElement : null;
  const rank = active ? [...block.querySelectorAll(".code")].indexOf(active) : -1;
  for (const old of block.querySelectorAll(".codes")) old.remove();
  const n = view.doc.rows[row].n;
  for (const [kind, label] of [
    ["coding", n ? _("Codings of turn {n}", { n }) : _("Codings of this paragraph")],
    ["suggestion", n ? _("Suggestions for turn {n}", { n }) : _("Suggestions for this paragraph")],
  ]) {
    const mine = items.filter((one) => one.kind === kind);
    if (mine.length === 0) continue;
    const group = el("div", { class: `codes ${kind}s`, role: "group", "aria-label": label });
    for (const one of mine) group.append(codeButton(one, row === view.at));
    block.append(group);
  }
  if (!active) return;
  const buttons = [...block.querySelectorAll(".code")];
  const same = buttons.find((one) => one.dataset.id === active.dataset.id);
  if (row !== view.at) view.words[row].tabIndex = -1;
  handing = true;
  focusFirst(same, buttons[Math.min(rank, buttons.length - 1)], view.words[row]);
  handing = false;
}

function codeButton({ kind, item }, tabbable) {
  const relation = item.attributes?.target;
  const current = state.current?.id === item.id && state.current.kind === kind;
  const waits = kind === "coding" && item.state === "changed";
  const target = relation ? el("span", { class: "target" }, `→ ${structureOf(relation)?.name ?? relation}`) : null;
  const button = el("button", {
    type: "button",
    class: `code${kind === "suggestion" ? " proposal" : ""}${waits ? " waits" : ""}${kind === "coding" && !item.mine ? " other" : ""}`,
    dataset: { id: item.id, kind },
    tabindex: tabbable ? "0" : "-1",
    "aria-pressed": current ? "true" : "false",
    style: { "--colour": colourOf(item.code) },
  },
  kind === "suggestion" ? el("span", { class: "sign", "aria-hidden": "true" }, "?") : null,
  el("span", { class: "label" }, labelOf(item.code)), target,
  kind === "coding" && !item.mine ? el("span", { class: "by" }, item.by) : null,
  kind === "coding" ? signsOf(item) : null,
  hidden(spokenOf(kind, item)));
  return button;
}

function clicked(event) {
  const button = event.target.closest?.(".code");
  if (button) setCurrent({ kind: button.dataset.kind, id: button.dataset.id }, { scroll: false });
  const bar = event.target.closest?.(".bar");
  if (bar) setCurrent({ kind: bar.dataset.kind, id: bar.dataset.id }, { scroll: false });
}

/** Coming to a button by Tab puts its coding in focus, as the keys (Delete, m) then mean it. */
function focused(event) {
  const button = event.target.closest?.(".code");
  if (handing || !button || !button.matches(":focus-visible") || state.current?.id === button.dataset.id) return;
  setCurrent({ kind: button.dataset.kind, id: button.dataset.id }, { scroll: false });
}

function markCurrent() {
  for (const old of view.article.querySelectorAll(".code[aria-pressed=true]")) old.setAttribute("aria-pressed", "false");
  for (const old of view.article.querySelectorAll(".bar.current")) old.classList.remove("current");
  if (!itemOf(state.current)) return;
  const id = CSS.escape(state.current.id);
  for (const bar of view.article.querySelectorAll(`.bar[data-id="${id}"]`)) bar.classList.add("current");
  view.article.querySelector(`.code[data-id="${id}"]`)?.setAttribute("aria-pressed", "true");
}

/** The button of a coding or suggestion in the margin, if it has one. */
export function buttonOf(id) {
  const row = [...itemsByRow].find(([, items]) => items.some((one) => one.id === id))?.[0];
  if (row !== undefined && stale.has(row)) fillRow(row);
  return view.article.querySelector(`.code[data-id="${CSS.escape(id)}"]`);
}

/**
 * Compute places anew before the next frame: `arrange(null)` of everything (widths changed, codings changed),
 * `arrange()` of what came near and was not computed yet.
 */
export function arrange(what) {
  if (what === null) dirty = new Set(view.chunks);
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    place([...view.near].filter((chunk) => dirty.has(chunk)));
  });
}

/** Read all measures first, then write: the browser lays out once. */
function place(chunks) {
  const inline = isInline();
  for (const chunk of chunks) {
    fillChunk(chunk);
    chunk.style.minHeight = "";
    // Laid out for real before it is measured, not by guess.
    chunk.classList.add("near");
  }
  const room = roomForBars();
  const measured = chunks.map((chunk) => measure(chunk, inline));
  for (const one of measured) write(one, inline, room);
  for (const chunk of chunks) dirty.delete(chunk);
}

/** In a narrow window labels stand under their paragraph; only bars are placed. */
const isInline = () => getComputedStyle(view.article).getPropertyValue("--margin-of-codes").trim() === "below";

/** How wide the strip is that the lanes share, in pixels. */
function roomForBars() {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const strip = Number.parseFloat(getComputedStyle(view.article).getPropertyValue("--strip"));
  return { coding: Math.max(8, (strip - 0.6) * rem - 6), suggestion: 1.2 * rem };
}

function measure(chunk, inline) {
  const n = Number(chunk.dataset.chunk);
  const top = chunk.getBoundingClientRect().top;
  const items = itemsByChunk[n] ?? [];
  const bars = items.map((one) => ({ one, ...linesOf(one, n, top) }));
  const tops = new Map(bars.map((bar) => [bar.one.id, bar.from]));
  const columns = inline ? [] : ["coding", "suggestion"].map((kind) => labelsIn(chunk, kind, tops, top));
  const taken = inline ? [] : [...chunk.querySelectorAll(".gutter")].map((gutter) => {
    // Its words may reach below its own box.
    return [gutter.getBoundingClientRect().top - top, gutter.lastElementChild.getBoundingClientRect().bottom - top];
  });
  return { chunk, bars, columns, taken, height: chunk.getBoundingClientRect().height };
}

/** Top and bottom of the passage's lines inside a chunk, from the chunk's top. */
function linesOf(one, n, top) {
  const { rows } = view.doc;
  const [first, stop] = rowsOfChunk(n);
  const startRow = Math.max(one.row, first);
  const endRow = Math.min(one.last, stop - 1);
  const start = Math.max(one.start, rows[startRow].start);
  const end = Math.min(one.end, rows[endRow].end);
  return {
    from: lineBox(startRow, start - rows[startRow].start, true).top - top,
    to: lineBox(endRow, end - rows[endRow].start, false).bottom - top,
  };
}

const probe = document.createRange();

/** The box of the sign that begins, or ends, at a place of a row. */
function lineBox(row, offset, begins) {
  const words = view.words[row];
  const length = words.textContent.length;
  const from = begins ? Math.min(offset, length - 1) : Math.max(0, offset - 1);
  const a = pointIn(words, from);
  const b = pointIn(words, Math.min(from + 1, length));
  probe.setStart(a.node, a.offset);
  probe.setEnd(b.node, b.offset);
  const boxes = probe.getClientRects();
  if (boxes.length === 0) return words.getBoundingClientRect();
  return begins ? boxes[0] : boxes[boxes.length - 1];
}

function labelsIn(chunk, kind, tops, top) {
  const buttons = [...chunk.querySelectorAll(`.codes.${kind}s > .code`)];
  return { kind, buttons, labels: buttons.map((button) => ({ wanted: tops.get(button.dataset.id) ?? button.getBoundingClientRect().top - top, height: button.offsetHeight })) };
}

function write({ chunk, bars, columns, taken, height }, inline, room) {
  let strip = chunk.querySelector(":scope > .bars");
  if (bars.length === 0) strip?.remove();
  else if (!strip) {
    strip = el("div", { class: "bars", "aria-hidden": "true" });
    chunk.append(strip);
  }
  if (bars.length > 0) strip.replaceChildren(...barsOf(bars, room));
  let bottom = 0;
  for (const { kind, buttons, labels } of columns) {
    const places = stacked(labels, kind === "suggestion" ? taken : []);
    for (const [k, button] of buttons.entries()) {
      button.style.top = `${Math.round(places[k])}px`;
      bottom = Math.max(bottom, places[k] + labels[k].height + 6);
    }
  }
  if (inline) for (const button of chunk.querySelectorAll(".code")) button.style.top = "";
  chunk.style.minHeight = bottom > height ? `${Math.ceil(bottom)}px` : "";
}

function barsOf(bars, room) {
  return ["coding", "suggestion"].flatMap((kind) => {
    const own = bars.filter((bar) => bar.one.kind === kind);
    // Two passages that meet within a line are apart in the text, and would stand on each other in one lane.
    const places = apart(own.map(({ one, from, to }) => ({ from, to, lane: lanes.get(one.id) ?? 0 })));
    const pitch = Math.min(PITCH, room[kind] / (1 + Math.max(0, ...places)));
    return own.map((bar, k) => barOf(bar, places[k] * pitch, Math.max(2, Math.min(4, pitch - 2))));
  });
}

function barOf({ one, from, to }, left, thick) {
  const current = state.current?.id === one.id;
  return el("span", {
    class: `bar ${one.kind}${current ? " current" : ""}`,
    dataset: { id: one.id, kind: one.kind },
    style: {
      top: `${Math.round(from)}px`, height: `${Math.max(4, Math.round(to - from))}px`,
      "--colour": colourOf(one.item.code), "--lane": `${left}px`, "--thick": `${thick}px`,
    },
  });
}
