// Colour on the words: the CSS Custom Highlight API, which leaves the page's nodes alone; where a browser lacks it (or
// with ?marks=1, for tests) the words of a row are cut into <mark> elements instead. Both keep the same text.

import { rangeIn } from "./offsets.js";
import { itemOf, isUnder, on, stands, state } from "./state.js";
import { rowsOfChunk, view } from "./view.js";

/** From the faintest to the strongest: where they overlap, the later one shows. */
const LAYERS = ["syntax", "coded", "suggested", "code", "focus", "passage"];

export const withMarks = !("highlights" in CSS) || new URLSearchParams(location.search).get("marks") === "1";

let planned = false;
let extra = null;

export function mountHighlight() {
  if (!withMarks) {
    for (const [priority, layer] of LAYERS.entries()) {
      const highlight = new Highlight();
      highlight.priority = priority;
      CSS.highlights.set(`ek-${layer}`, highlight);
    }
  }
  for (const name of ["codings", "suggestions", "suggestions-shown", "current", "passage", "code"]) on(name, paintSoon);
}

/** A passage to show besides the chosen one: a candidate place, a stretch being tried. Null shows none. */
export function showExtra(passage) {
  extra = passage;
  paintSoon();
}

/** Paint all chunks near the window once, before the next frame. */
export function paintSoon() {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    paint();
  });
}

/** Paint them now. */
export function paint() {
  if (!view.doc || view.doc !== state.doc) return;
  const spans = spansByLayer();
  if (!withMarks) for (const layer of LAYERS) CSS.highlights.get(`ek-${layer}`).clear();
  for (const chunk of view.near) {
    const [from, to] = rowsOfChunk(Number(chunk.dataset.chunk));
    if (from < to) paintRows(from, to, spans);
  }
}

function spansByLayer() {
  const { codings, suggestions, passage, current, selectedCode } = state;
  const standing = [...codings.values()].filter(stands);
  const item = itemOf(current);
  const inFocus = item && (current.kind === "suggestion" || stands(item)) ? [item] : [];
  return {
    coded: standing,
    suggested: view.suggestionsShown ? suggestions : [],
    code: selectedCode ? standing.filter((one) => isUnder(one.code, selectedCode)) : [],
    focus: inFocus,
    passage: [passage, extra].filter(Boolean),
  };
}

function paintRows(from, to, spans) {
  const { rows } = view.doc;
  const start = rows[from].start;
  const end = rows[to - 1].end;
  const inside = {};
  for (const [layer, all] of Object.entries(spans)) inside[layer] = all.filter((one) => one.start < end && one.end > start);
  for (let i = from; i < to; i += 1) {
    const pieces = piecesOf(rows[i], inside, view.words[i]);
    if (withMarks) marked(view.words[i], pieces);
    else ranged(view.words[i], pieces);
  }
}

/** The parts of the row's words in each layer, `[from, to]` counted in the row. */
function piecesOf(row, inside, words) {
  const pieces = [];
  const length = row.end - row.start;
  const sign = view.rows[Number(words.parentElement.dataset.row)].classList.contains("heading")
    ? /^#+\s/.exec(words.textContent)?.[0].length ?? 0 : 0;
  if (sign) pieces.push(["syntax", 0, sign]);
  for (const layer of LAYERS) {
    for (const one of inside[layer] ?? []) {
      if (one.start < row.end && one.end > row.start) {
        pieces.push([layer, Math.max(0, one.start - row.start), Math.min(length, one.end - row.start)]);
      }
    }
  }
  return pieces;
}

function ranged(words, pieces) {
  for (const [layer, from, to] of pieces) CSS.highlights.get(`ek-${layer}`).add(rangeIn(words, from, to));
}

function marked(words, pieces) {
  const signature = pieces.map((piece) => piece.join()).join(" ");
  if ((words.dataset.marks ?? "") === signature) return;
  words.dataset.marks = signature;
  const text = words.textContent;
  const cuts = [...new Set([0, text.length, ...pieces.flatMap(([, from, to]) => [from, to])])].sort((a, b) => a - b);
  const nodes = [];
  for (let k = 0; k + 1 < cuts.length; k += 1) {
    const [from, to] = [cuts[k], cuts[k + 1]];
    const over = LAYERS.filter((layer) => pieces.some(([name, a, b]) => name === layer && a <= from && b >= to));
    const piece = document.createTextNode(text.slice(from, to));
    if (over.length === 0) {
      nodes.push(piece);
    } else {
      const mark = document.createElement("mark");
      mark.className = over.map((layer) => `ek-${layer}`).join(" ");
      mark.append(piece);
      nodes.push(mark);
    }
  }
  words.replaceChildren(...nodes);
}
