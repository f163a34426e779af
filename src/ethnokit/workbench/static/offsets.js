// Places in the text: offsets are UTF-16 units of the document's body, as JavaScript counts. Rows are its paragraphs;
// what stands between rows (labels of speakers, blank lines) is never the edge of a passage.

/** Index of the last row that begins at or before `offset`; -1 before the first. */
export function rowIndexAt(rows, offset) {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Index of the row that holds the passage's beginning: where its label stands in the margin. */
export function rowOfStart(rows, start) {
  const at = rowIndexAt(rows, start);
  return at < 0 || (start >= rows[at].end && at + 1 < rows.length) ? at + 1 : at;
}

/** Index of the row that holds the passage's last sign. */
export const rowOfEnd = (rows, end) => Math.max(0, rowIndexAt(rows, end - 1));

const SPACE = /\s/;

/**
 * The passage a selection means: no white space at its edges, no edge between rows, no sign cut in two.
 * Null when nothing is left.
 */
export function trimmed(doc, start, end) {
  const { rows, body } = doc;
  if (rows.length === 0 || end <= start) return null;
  let first = rowOfStart(rows, start);
  let last = rowIndexAt(rows, end - 1);
  if (last < 0 || first >= rows.length || first > last) return null;
  let from = Math.max(start, rows[first].start);
  let to = Math.min(end, rows[last].end);
  for (;;) {
    while (from < rows[first].end && SPACE.test(body[from])) from += 1;
    if (from < rows[first].end) break;
    first += 1;
    if (first > last) return null;
    from = rows[first].start;
  }
  for (;;) {
    while (to > rows[last].start && SPACE.test(body[to - 1])) to -= 1;
    if (to > rows[last].start) break;
    last -= 1;
    if (last < first) return null;
    to = rows[last].end;
  }
  if (from >= to) return null;
  return { start: wholeSign(doc, first, from, false), end: wholeSign(doc, last, to, true) };
}

const signs = typeof Intl.Segmenter === "function" ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;

/** `offset`, moved outwards when it stands inside one sign (an emoji, a letter with its combining accent). */
function wholeSign(doc, row, offset, later) {
  const { start, end } = doc.rows[row];
  if (offset <= start || offset >= end) return offset;
  // A short stretch is enough to see the sign whole, however long the row is.
  const from = Math.max(start, offset - 40);
  const text = doc.body.slice(from, Math.min(end, offset + 40));
  if (!signs) {
    const low = doc.body.charCodeAt(offset);
    return low >= 0xdc00 && low <= 0xdfff ? offset + (later ? 1 : -1) : offset;
  }
  const sign = signs.segment(text).containing(offset - from);
  if (!sign || sign.index === offset - from) return offset;
  return from + sign.index + (later ? sign.segment.length : 0);
}

/** The node and the place in it of an offset inside the words of row `i`; `words` is the row's paragraph. */
export function pointIn(words, offset) {
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  let left = offset;
  let node = walker.nextNode();
  for (; node; node = walker.nextNode()) {
    if (left <= node.length) return { node, offset: left };
    left -= node.length;
  }
  return { node: words, offset: words.childNodes.length };
}

/** A range over the passage's part in one row, `from` and `to` counted in the row; static unless `live`. */
export function rangeIn(words, from, to, { live = false } = {}) {
  const begin = pointIn(words, from);
  const finish = pointIn(words, to);
  if (!live && typeof StaticRange === "function") {
    return new StaticRange({
      startContainer: begin.node, startOffset: begin.offset, endContainer: finish.node, endOffset: finish.offset,
    });
  }
  const range = document.createRange();
  range.setStart(begin.node, begin.offset);
  range.setEnd(finish.node, finish.offset);
  return range;
}

/**
 * Offset in the body of a place in the page. Outside the words of any row it is the nearest row's edge: the
 * beginning of the next row for a selection's start, the end of the row before for its end.
 */
export function offsetAt(view, node, place, side) {
  const words = closest(node, ".words");
  if (words && view.article.contains(words)) {
    const row = view.doc.rows[Number(words.parentElement.dataset.row)];
    return row.start + lengthBefore(words, node, place);
  }
  return edgeNear(view, node, place, side);
}

const closest = (node, selector) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(selector);

/** How many units of text stand in `words` before the place. */
function lengthBefore(words, node, place) {
  if (node.nodeType === Node.TEXT_NODE && words.firstChild === node) return place;
  const range = document.createRange();
  range.setStart(words, 0);
  range.setEnd(node, place);
  return range.toString().length;
}

function edgeNear(view, node, place, side) {
  const { words, doc } = view;
  const point = document.createRange();
  point.setStart(node, place);
  point.collapse(true);
  // First row whose words begin after the point.
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (point.comparePoint(words[middle], 0) > 0) high = middle;
    else low = middle + 1;
  }
  if (side === "start") return low < words.length ? doc.rows[low].start : doc.body.length;
  return low > 0 ? doc.rows[low - 1].end : 0;
}

/** The passage of a DOM range (a selection), trimmed; null when it holds no words of the text. */
export function passageOf(view, range) {
  const start = offsetAt(view, range.startContainer, range.startOffset, "start");
  const end = offsetAt(view, range.endContainer, range.endOffset, "end");
  return trimmed(view.doc, start, end);
}

/** Rows whose line breaks mean something (verse, lists): kept on screen. A text wrapped by an editor is not of them. */
export function keepsLines(text) {
  if (!text.includes("\n")) return false;
  const lines = text.split("\n").slice(0, -1);
  const lists = text.split("\n").slice(1).some((line) => /^\s*([-*•–—]|\d+[.)])\s/.test(line));
  return lists || lines.some((line) => line.length < 50);
}
