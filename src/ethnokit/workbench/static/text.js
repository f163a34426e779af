// The document on the page: rows are its paragraphs, in chunks that the browser lays out only when they come near.

import { byId, el } from "./dom.js";
import { mountHighlight, paint, paintSoon } from "./highlight.js";
import { handle, run } from "./keys.js";
import { fillAll, fillCodes, mountMargin } from "./margin.js";
import { keepsLines, rowIndexAt, rowOfStart } from "./offsets.js";
import { itemOf, on, setCurrent, stands, state } from "./state.js";
import { arrange } from "./stripes.js";
import { chunkCount, rowsOfChunk, view } from "./view.js";

let watcher = null;

export function mountText(article) {
  view.article = article;
  view.scroller = byId("text");
  watcher = new IntersectionObserver(seen, { root: view.scroller, rootMargin: "800px 0px" });
  mountHighlight();
  mountMargin();
  on("document", (detail) => draw(detail));
  on("current", ({ scroll }) => scroll && showCurrent());
  on("show", ({ at, coding }) => (coding ? showCurrent() : showOffset(at)));
  handle("next-turn", () => step(1));
  handle("previous-turn", () => step(-1));
  watchMeasures(article);
  window.addEventListener("beforeprint", showAll);
  window.addEventListener("afterprint", watchChunks);
  article.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("[data-row]");
    if (row) visit(Number(row.dataset.row), { focus: false });
  });
}

/** Widths and sizes of letters change with the window, zoom, fonts that arrive: what was measured is measured anew. */
function watchMeasures(article) {
  const letters = el("span", { class: "letters", "aria-hidden": "true" });
  article.before(letters);
  const seen = new Map();
  const anew = () => {
    const place = readingPlace();
    guessHeights();
    arrange(null);
    if (place) restore(place);
  };
  const watch = new ResizeObserver((entries) => {
    const news = entries.filter(({ target, contentRect }) => Math.abs(contentRect.width - (seen.get(target) ?? 0)) >= 0.5);
    for (const { target, contentRect } of news) seen.set(target, contentRect.width);
    if (news.length > 0) anew();
  });
  document.fonts?.addEventListener("loadingdone", anew);
  watch.observe(article);
  watch.observe(letters);
}

function draw({ opened, at, coding }) {
  performance.mark("ethnokit-draw");
  const place = opened ? null : readingPlace();
  const held = view.article.contains(document.activeElement);
  const { doc } = state;
  const speakers = new Map(doc.speakers.map((one) => [one.code, one]));
  Object.assign(view, { doc, rows: [], words: [], chunks: [], near: new Set() });
  for (let n = 0; n < chunkCount(); n += 1) view.chunks.push(chunk(doc, speakers, n));
  view.article.lang = state.study?.language ?? "";
  view.article.replaceChildren(...view.chunks);
  guessHeights();
  watchChunks();
  performance.mark("ethnokit-drawn");
  view.at = 0;
  if (opened) {
    fillCodes();
    view.scroller.scrollTop = 0;
    visit(0, { focus: false });
    if (at !== null && at !== undefined && !coding) showOffset(at);
  } else {
    fillCodes();
    const row = place ? rowLike(place) : 0;
    visit(row, { focus: held });
    if (place) restore({ ...place, row });
  }
}

function chunk(doc, speakers, n) {
  const block = el("div", { class: "chunk", dataset: { chunk: n } });
  const [from, to] = rowsOfChunk(n);
  const met = new Set();
  for (let i = from; i < to; i += 1) block.append(rowOf(doc, speakers, i, met));
  return block;
}

/** Few nodes a row: its gutter where a turn begins, and one paragraph that holds nothing but its words. */
function rowOf(doc, speakers, i, met) {
  const row = doc.rows[i];
  const text = doc.body.slice(row.start, row.end);
  const words = document.createElement("p");
  words.className = "words";
  words.append(text);
  const heading = row.kind === "aside" && /^#{1,6}\s/.test(text);
  if (heading) {
    words.setAttribute("role", "heading");
    words.setAttribute("aria-level", "3");
  }
  const block = document.createElement("div");
  block.className = `row ${row.kind} ${row.role ?? "none"}${row.first ? " first" : ""}${heading ? " heading" : ""}`
    + `${keepsLines(text) ? " lines" : ""}${row.part ? ` ${row.part}` : ""}${row.kind === "turn" && goesOn(doc.rows[i + 1]) ? " goes-on" : ""}`;
  block.dataset.row = String(i);
  if (row.first) block.append(gutter(doc, i, speakers.get(row.speaker), met));
  block.append(words);
  view.rows.push(block);
  view.words.push(words);
  return block;
}

const goesOn = (next) => next?.kind === "turn" && !next.first;

function gutter(doc, i, speaker, met) {
  const row = doc.rows[i];
  const cell = document.createElement("div");
  cell.className = "gutter";
  const add = (tag, name, text) => {
    if (!text) return;
    const part = document.createElement(tag);
    part.className = name;
    part.textContent = text;
    cell.append(part, " ");
  };
  add("span", "n", String(row.n));
  add("span", "speaker", speaker?.name || row.speaker);
  // Said once a chunk: often enough to know it while reading anywhere, not at each turn.
  if (speaker?.roleLabel && !met.has(speaker.code)) add("span", "role", speaker.roleLabel);
  met.add(row.speaker);
  add("time", "time", row.time);
  if (row.part && row.part !== partBefore(doc, i)) add("span", "part", row.partLabel ?? row.part);
  return cell;
}

function partBefore(doc, i) {
  for (let k = i - 1; k >= 0; k -= 1) if (doc.rows[k].kind === "turn") return doc.rows[k].part;
  return null;
}

/** Heights of chunks that are not laid out yet, from their number of signs, so that the scroll bar tells the truth. */
function guessHeights() {
  const sample = view.words[0];
  if (!sample) return;
  const style = getComputedStyle(sample);
  const size = Number.parseFloat(style.fontSize) || 17;
  const line = Number.parseFloat(style.lineHeight) || size * 1.5;
  const width = sample.clientWidth || 600;
  // Spectral takes 0.46 em a sign on average, in French prose.
  const inLine = Math.max(12, width / (size * 0.46));
  for (const [n, block] of view.chunks.entries()) {
    let height = 0;
    const [from, to] = rowsOfChunk(n);
    for (let i = from; i < to; i += 1) {
      const row = view.doc.rows[i];
      height += Math.ceil((row.end - row.start) / inLine) * line + (row.first ? 16 : 8);
    }
    block.style.setProperty("contain-intrinsic-block-size", `auto ${Math.round(height)}px`);
  }
}

function watchChunks() {
  watcher.disconnect();
  view.near = new Set();
  for (const one of view.chunks) watcher.observe(one);
}

/** On paper everything is in sight. There is no next frame before printing: it is done at once. */
function showAll() {
  view.near = new Set(view.chunks);
  fillAll();
  paint();
}

function seen(entries) {
  for (const entry of entries) {
    const block = entry.target;
    if (entry.isIntersecting) view.near.add(block);
    else view.near.delete(block);
    block.classList.toggle("near", entry.isIntersecting);
  }
  arrange();
  paintSoon();
}

/** Make a row the one that reading stands at: the only paragraph in the order of Tab, its codings after it. */
export function visit(row, { focus = true } = {}) {
  if (!view.words.length) return;
  const next = Math.min(Math.max(row, 0), view.words.length - 1);
  if (next !== view.at || view.words[next].tabIndex !== 0) {
    tabbable(view.at, false);
    view.at = next;
    tabbable(next, true);
  }
  if (focus) view.words[next].focus({ preventScroll: true });
}

function tabbable(row, can) {
  const block = view.rows[row];
  if (!block) return;
  block.classList.toggle("at", can);
  const words = view.words[row];
  if (can) {
    words.tabIndex = 0;
    // Who speaks, for who comes to the paragraph by key and hears only its words.
    const gutter = gutterOf(row);
    if (gutter) words.setAttribute("aria-describedby", (gutter.id ||= `turn-${view.doc.rows[row].n}`));
  } else {
    words.removeAttribute("tabindex");
    words.removeAttribute("aria-describedby");
  }
  for (const one of block.querySelectorAll("button")) one.tabIndex = can ? 0 : -1;
}

/** The gutter of the turn that a row belongs to. */
function gutterOf(row) {
  let first = row;
  while (first > 0 && goesOn(view.doc.rows[first])) first -= 1;
  return view.rows[first].querySelector(":scope > .gutter");
}

/** The next turn (or heading), from the row that reading stands at; leaves what was in focus. */
function step(direction) {
  if (view.words.length === 0) return false;
  const { rows } = view.doc;
  const focused = view.article.contains(document.activeElement);
  let at = focused || inSight(view.at) ? view.at : topRow();
  const begins = (i) => rows[i].first || rows[i].kind === "aside";
  if (direction < 0 && !begins(at)) {
    while (at > 0 && !begins(at)) at -= 1;
  } else if (focused || inSight(at)) {
    at += direction;
    while (at > 0 && at < rows.length && !begins(at)) at += direction;
  }
  if (at < 0 || at >= rows.length) return true;
  if (state.current && !run("keep-current")) setCurrent(null);
  visit(at);
  reveal(view.words[at], "nearest");
  return true;
}

function inSight(row) {
  const block = view.rows[row];
  if (!block) return false;
  const frame = view.scroller.getBoundingClientRect();
  const box = block.getBoundingClientRect();
  return box.bottom > frame.top && box.top < frame.bottom;
}

/** Scroll so that an element is seen with some text around it. Chunks that come near may still grow: look twice. */
export function reveal(element, block = "center") {
  const go = () => {
    const frame = view.scroller.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    const margin = Math.min(80, frame.height / 6);
    const inside = box.top >= frame.top + margin && Math.min(box.bottom, box.top + frame.height / 2) <= frame.bottom - margin;
    if (block === "nearest" && inside) return;
    if (block === "center" && inside && box.bottom < frame.top + frame.height * 0.7) return;
    view.scroller.scrollTop += box.top - frame.top - (block === "center" ? frame.height / 3 : margin * 1.5);
  };
  go();
  requestAnimationFrame(() => { go(); requestAnimationFrame(go); });
}

export function showOffset(offset) {
  if (!view.doc) return;
  const row = Math.min(rowOfStart(view.doc.rows, offset), view.words.length - 1);
  if (row < 0) return;
  visit(row, { focus: false });
  reveal(view.words[row]);
}

function showCurrent() {
  const item = itemOf(state.current);
  if (!item || !view.doc || (state.current.kind === "coding" && !stands(item))) return;
  showOffset(item.start);
}

// Reading place: the first row in sight, its turn and words, and how far it stands from the top.

function topRow() {
  const top = view.scroller.getBoundingClientRect().top;
  const block = view.chunks.find((one) => one.getBoundingClientRect().bottom > top);
  if (!block) return 0;
  const [from, to] = rowsOfChunk(Number(block.dataset.chunk));
  for (let i = from; i < to; i += 1) if (view.rows[i].getBoundingClientRect().bottom > top + 4) return i;
  return Math.max(from, to - 1);
}

function readingPlace() {
  if (!view.doc || view.rows.length === 0) return null;
  const row = topRow();
  const { start, end, n } = view.doc.rows[row];
  const above = view.rows[row].getBoundingClientRect().top - view.scroller.getBoundingClientRect().top;
  return { row, n, above, start, text: view.doc.body.slice(start, end) };
}

/** In the edited text, the row with the same words, nearest to where it was; else the same turn; else the offset. */
function rowLike({ row, n, start, text }) {
  const { rows, body } = view.doc;
  for (let away = 0; away < rows.length; away += 1) {
    for (const i of [row - away, row + away]) {
      if (rows[i] && rows[i].end - rows[i].start === text.length && body.startsWith(text, rows[i].start)) return i;
    }
  }
  const same = rows.findIndex((one) => n !== null && one.n === n);
  return same >= 0 ? same : Math.max(0, rowIndexAt(rows, start));
}

function restore({ row, above }) {
  const go = () => {
    const block = view.rows[row];
    if (!block?.isConnected) return;
    const now = block.getBoundingClientRect().top - view.scroller.getBoundingClientRect().top;
    view.scroller.scrollTop += now - above;
  };
  go();
  requestAnimationFrame(go);
}
