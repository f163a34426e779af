// The small signs on a coding's button, each with its words: a sign alone tells nothing to who does not know it.

import { el } from "./dom.js";
import { structureOf } from "./state.js";
import { _, ngettext } from "./words.js";

const NS = "http://www.w3.org/2000/svg";

// Drawn, not typed: the fonts of the page lack these signs, and those of a system draw them each in its own size.
const SHAPES = {
  specific: "M8 1.5l2 4.3 4.7.6-3.5 3.2.9 4.7L8 12l-4.1 2.3.9-4.7L1.300 6.400 6 5.800z",
  doubt: "M5.200 5.600c0-3.600 5.600-3.600 5.600 0 0 2.200-2.800 2-2.800 4.600M8 13v.4",
  memo: "M3 2.500h7l3 3v8H3zM5.500 7.500h5M5.500 10.500h5",
  accepted: "M2.500 8.500l3.500 4 7.500-9",
  change: "M3 8a5 5 0 1 0 1.700-3.700M4.500 1.500v3h3",
  refused: "M3.500 3.500l9 9M12.500 3.500l-9 9",
  pending: "M8 3.500V8l3 2M8 1.500a6.500 6.500 0 1 0 .01 0",
  moved: "M8 2v12M5 5l3-3 3 3M5 11l3 3 3-3",
  changed: "M8 2v8M8 13v.5",
  remarks: "M2.500 3h11v8h-6l-3 2.500V11h-2z",
};

/** A drawn sign; its words are in the button's own text. */
export function sign(name, title = "") {
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("class", `icon ${name}`);
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  if (title) {
    const words = document.createElementNS(NS, "title");
    words.textContent = title;
    svg.append(words);
  }
  const path = document.createElementNS(NS, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

const REVIEWS = () => ({
  accepted: _("accepted by the reviewer"),
  change: _("the reviewer asks for a change"),
  refused: _("refused by the reviewer"),
  pending: _("changed since it was reviewed"),
});

const STATES = () => ({
  moved: _("moved with the text"),
  changed: _("its words were edited: to confirm"),
  ambiguous: _("its words stand in several places: to settle"),
  lost: _("its words are in the text no more"),
});

/** [name of the sign, its words] of what a coding carries. */
export function marksOf(coding) {
  const { attributes, review, remarks } = coding;
  const marks = [];
  if (attributes.specific) marks.push(["specific", _("specific")]);
  if (attributes.doubt) marks.push(["doubt", _("in doubt")]);
  if (attributes.memo) marks.push(["memo", _("with a memo")]);
  if (review) marks.push([review, REVIEWS()[review]]);
  if (!review && remarks.length > 0) marks.push(["remarks", ngettext("{n} remark", "{n} remarks", remarks.length)]);
  if (coding.state !== "exact" && SHAPES[coding.state]) marks.push([coding.state, STATES()[coding.state]]);
  return marks;
}

export function signsOf(coding) {
  const marks = marksOf(coding);
  if (marks.length === 0) return null;
  return el("span", { class: "signs", "aria-hidden": "true" }, marks.map(([name, words]) => sign(name, words)));
}

/** What the button says to a screen reader besides the code's name. */
export function spokenOf(kind, item) {
  const parts = kind === "suggestion" ? [_("suggestion")] : [_("coded by {name}", { name: item.by })];
  if (item.attributes?.target) parts.push(_("with {name}", { name: structureOf(item.attributes.target)?.name ?? item.attributes.target }));
  if (kind === "coding") parts.push(...marksOf(item).map(([, words]) => words));
  return `, ${parts.join(", ")}. ${_("“{words}”", { words: edges(item.quote) })}`;
}

/** First and last words of a passage, enough to know it again. */
export function edges(quote, words = 5) {
  const all = quote.trim().split(/\s+/);
  return all.length <= 2 * words + 2 ? all.join(" ") : `${all.slice(0, words).join(" ")} … ${all.slice(-words).join(" ")}`;
}

/** The words of a passage; a long one scrolls, and can then be reached by Tab to be scrolled. */
export const quoted = (words) => el("blockquote", { tabindex: words.length > 180 ? "0" : null }, words);
