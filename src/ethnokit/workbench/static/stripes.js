// Where the margin's buttons stand, and the coloured bars: each in its own lane, along exactly the lines of its
// passage. Computed for chunks near the window only, from what the browser laid out; all is read before anything is
// written, so that it lays out once.

import { el } from "./dom.js";
import { pointIn } from "./offsets.js";
import { apart, lanesOf, stacked } from "./stacking.js";
import { colourOf, state } from "./state.js";
import { chunkOfRow, rowsOfChunk, view } from "./view.js";

/** From one bar to the next, in pixels; many lanes stand closer together. */
const PITCH = 8;

let lanes = new Map();
let itemsByChunk = [];
let fill = () => {};
let dirty = new Set();
let planned = false;

/** All items of the margin in reading order, {kind, item, id, start, end, row, last}; `fillChunk` draws their buttons. */
export function provide(items, fillChunk) {
  fill = fillChunk;
  const ofKind = (kind) => lanesOf(items.filter((one) => one.kind === kind));
  lanes = new Map([...ofKind("coding"), ...ofKind("suggestion")]);
  itemsByChunk = view.chunks.map(() => []);
  for (const one of items) {
    for (let n = chunkOfRow(one.row); n <= chunkOfRow(one.last); n += 1) itemsByChunk[n].push(one);
  }
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

function place(chunks) {
  const inline = isInline();
  for (const chunk of chunks) {
    fill(chunk);
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
