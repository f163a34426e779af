// Choosing a passage: by mouse or finger (whatever the browser selects), or word by word and sentence by sentence.

import { announce, byId, typing } from "./dom.js";
import { handle } from "./keys.js";
import { passageOf, rowOfEnd, rowOfStart, trimmed } from "./offsets.js";
import { beginnings, endings, sentencesOf } from "./segments.js";
import { edges } from "./signs.js";
import { emit, on, setCurrent, setPassage, stands, state } from "./state.js";
import { reveal, visit } from "./text.js";
import { view } from "./view.js";
import { _, ngettext } from "./words.js";

let pointerDown = false;
let waiting = null;

export function mountPassage() {
  const { article } = view;
  article.addEventListener("pointerdown", () => { pointerDown = true; });
  window.addEventListener("pointerup", (event) => {
    if (!pointerDown) return;
    pointerDown = false;
    // The selection is settled only after the event.
    setTimeout(() => fromSelection(event), 0);
  });
  document.addEventListener("selectionchange", () => {
    // Selecting by finger, by a screen reader or by caret browsing has no pointerup in the text.
    clearTimeout(waiting);
    if (!pointerDown) waiting = setTimeout(() => fromSelection(null), 250);
  });
  document.addEventListener("copy", copyPassage);
  on("document", keepPassage);
  on("passage", say);
  mountMoves();
}

function mountMoves() {
  handle("next-sentence", () => sentence(1));
  handle("previous-sentence", () => sentence(-1));
  handle("end-later", () => edge("end", 1));
  handle("end-earlier", () => edge("end", -1));
  handle("start-later", () => edge("start", 1));
  handle("start-earlier", () => edge("start", -1));
  handle("end-sentence-later", () => bySentence(1));
  handle("end-sentence-earlier", () => bySentence(-1));
}

// By mouse

function fromSelection(event) {
  const selection = document.getSelection();
  if (!view.doc || !selection || selection.rangeCount === 0) return;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(view.article)) return;
  if (selection.isCollapsed) {
    if (event) clickedAt(event, range);
    return;
  }
  if (!view.article.contains(range.startContainer) && !view.article.contains(range.endContainer)
    && !range.commonAncestorContainer.contains(view.article)) return;
  const passage = passageOf(view, range);
  if (!passage || samePlace(passage, state.passage)) return;
  visit(rowOfStart(view.doc.rows, passage.start), { focus: false });
  setPassage(passage);
}

const samePlace = (a, b) => a && b && a.start === b.start && a.end === b.end;

/** A click without selecting: it leaves the passage, and puts in focus the shortest coding under it, then the next. */
function clickedAt(event, range) {
  if (event.button !== 0 || !event.target.closest?.(".words")) return;
  if (state.passage) setPassage(null);
  const found = passageOf(view, aroundPoint(range));
  const row = event.target.closest("[data-row]");
  if (row) visit(Number(row.dataset.row), { focus: !typing() });
  if (!found) return;
  const under = [...state.codings.values()].filter((one) => stands(one) && one.start <= found.start && one.end >= found.end)
    .sort((a, b) => (a.end - a.start) - (b.end - b.start) || (a.id < b.id ? -1 : 1));
  const at = under.findIndex((one) => one.id === state.current?.id);
  const next = under.length > 0 ? under[(at + 1) % under.length] : null;
  if (next || state.current?.kind === "coding") setCurrent(next && { kind: "coding", id: next.id }, { scroll: false });
}

/** One sign at the place of a click. */
function aroundPoint(range) {
  const around = range.cloneRange();
  const { startContainer: node, startOffset: offset } = range;
  if (node.nodeType !== Node.TEXT_NODE) return around;
  if (offset < node.length) around.setEnd(node, offset + 1);
  else if (offset > 0) around.setStart(node, offset - 1);
  return around;
}

function copyPassage(event) {
  const selection = document.getSelection();
  if (!state.passage || typing() || (selection && !selection.isCollapsed)) return;
  event.clipboardData.setData("text/plain", state.passage.quote);
  event.preventDefault();
}

// By keyboard

const textOf = (row) => view.doc.body.slice(view.doc.rows[row].start, view.doc.rows[row].end);
const language = () => state.doc?.language ?? state.study?.language ?? "fr";

/** Sentences of a row as offsets in the body; headings and remarks between turns have none. */
function sentencesIn(row) {
  const { start, kind } = view.doc.rows[row];
  if (kind !== "turn") return [];
  return sentencesOf(textOf(row), language()).map(([from, to]) => ({ start: start + from, end: start + to }));
}

function sentence(direction) {
  if (!view.doc || view.doc.rows.length === 0) return false;
  const next = direction > 0 ? sentenceAfter() : sentenceBefore();
  if (next) choose(next);
  return true;
}

/** Where a walk by sentences goes on from: the passage, the coding in focus, or the row that reading stands at. */
const standing = () => (state.passage ? state.passage : null);

function sentenceAfter() {
  const from = standing();
  const { rows } = view.doc;
  for (let row = from ? rowOfEnd(rows, from.end) : view.at; row < rows.length; row += 1) {
    const next = sentencesIn(row).find((one) => !from || one.start >= from.end);
    if (next) return next;
  }
  return null;
}

function sentenceBefore() {
  const from = standing();
  const { rows } = view.doc;
  for (let row = from ? rowOfStart(rows, from.start) : view.at; row >= 0; row -= 1) {
    const before = sentencesIn(row).filter((one) => !from || one.end <= from.start).at(-1);
    if (before) return before;
  }
  return null;
}

/** What Shift and Alt with arrows change: the passage, else the place of the coding in focus, else a first sentence. */
function edge(which, direction) {
  return change((passage) => moved(passage, which, direction));
}

/** One sentence longer or shorter at the end. */
function bySentence(direction) {
  return change((passage) => {
    const { rows } = view.doc;
    const ends = [];
    for (let row = rowOfStart(rows, passage.start); row < rows.length; row += 1) {
      ends.push(...sentencesIn(row).map((one) => one.end));
      if (ends.some((end) => end > passage.end)) break;
    }
    const end = direction > 0 ? ends.find((one) => one > passage.end)
      : ends.filter((one) => one < passage.end && one > passage.start).at(-1);
    return end === undefined ? passage : { start: passage.start, end };
  });
}

function change(fn) {
  if (!view.doc || view.doc.rows.length === 0) return false;
  if (!state.passage) {
    const detail = { fn, done: false };
    emit("stretch", detail);
    if (detail.done) return true;
    return sentence(1);
  }
  choose(fn(state.passage));
  return true;
}

/** The passage with one edge a word further; never empty, never beyond the text. */
export function moved(passage, which, direction) {
  const { rows } = view.doc;
  const places = which === "end" ? endings : beginnings;
  const from = which === "end" ? rowOfEnd(rows, passage.end) : rowOfStart(rows, passage.start);
  for (let row = from; row >= 0 && row < rows.length; row += direction) {
    const found = places(textOf(row), language()).map((one) => one + rows[row].start);
    const beyond = found.filter((one) => (direction > 0 ? one > passage[which] : one < passage[which]));
    const next = direction > 0 ? beyond[0] : beyond.at(-1);
    if (next === undefined) continue;
    const changed = { ...passage, [which]: next };
    return changed.end > changed.start ? changed : passage;
  }
  return passage;
}

function choose(next) {
  const passage = trimmed(view.doc, next.start, next.end);
  if (!passage || samePlace(passage, state.passage)) return;
  document.getSelection()?.removeAllRanges();
  const growsAtEnd = state.passage?.start === passage.start;
  const row = growsAtEnd ? rowOfEnd(view.doc.rows, passage.end) : rowOfStart(view.doc.rows, passage.start);
  const focusText = !byId("panel").contains(document.activeElement);
  visit(row, { focus: focusText });
  setPassage(passage);
  reveal(view.words[row], "nearest");
}

// What is said, and what an edit of the text leaves

/** The passage in words: its edges, its length, whose turn it is. */
export function describe(passage) {
  const row = view.doc.rows[rowOfStart(view.doc.rows, passage.start)];
  const speaker = view.doc.speakers.find((one) => one.code === row?.speaker);
  const count = passage.quote.trim().split(/\s+/).length;
  const place = row?.n ? [_("turn {n}", { n: row.n })] : [];
  if (row?.speaker) place.push(speaker?.name || row.speaker);
  place.push(ngettext("{n} word", "{n} words", count));
  return { place: place.join(", "), edges: edges(passage.quote) };
}

function say() {
  if (!state.passage) return;
  const { place, edges: words } = describe(state.passage);
  announce(_("Passage: {words} ({place})", { words, place }));
}

/** After an edit: the passage stays where its words surely stand; else the page says that it is gone. */
function keepPassage({ opened, before }) {
  const { passage, doc } = state;
  if (opened || !passage) return;
  const start = placeAfter(before.body, doc.body, passage);
  const kept = start === null ? null : trimmed(doc, start, start + passage.quote.length);
  setPassage(kept);
  if (!kept) emit("passage-gone", { quote: passage.quote });
}

/** Where the passage begins now: nothing changed before it, or after it, or its words stand in one place only. */
function placeAfter(old, body, { start, end, quote }) {
  if (body.startsWith(old.slice(0, end))) return start;
  const later = body.length - old.length;
  if (start + later >= 0 && body.slice(start + later) === old.slice(start)) return start + later;
  return onlyPlace(body, quote);
}

/** Where `quote` stands, when it stands in one place only. */
function onlyPlace(body, quote) {
  const first = body.indexOf(quote);
  return first >= 0 && body.indexOf(quote, first + 1) < 0 ? first : null;
}

