// How far the work has come, in sentences: numbers with their word and what they are of, never a share alone.

import { state } from "./state.js";
import { _, ngettext } from "./words.js";

/** A document as the study tells of it; how many suggestions the open one has left, the page knows first. */
export function current(one) {
  return state.doc?.id === one.id && state.suggesting === "ready" ? { ...one, undecided: state.suggestions.length } : one;
}

export const isAsked = (coding) => coding.review === "change" || coding.review === "refused";
export const toReview = (coding) => coding.review === null || coding.review === "pending";

/** What a coder or a reviewer is told of one document: [{words, waits}]. */
export function tellOf(one) {
  const told = [];
  const tell = (n, words, waits = false) => n > 0 && told.push({ words, waits });
  if (state.role === "reviewer") {
    tell(one.codings, ngettext("{n} coding", "{n} codings", one.codings));
    tell(one.toReview, ngettext("{n} to review", "{n} to review", one.toReview), true);
  } else {
    const words = one.mine > 0 && one.mine < one.codings
      ? ngettext("{n} coding, {mine} of mine", "{n} codings, {mine} of mine", one.codings, { mine: one.mine })
      : ngettext("{n} coding", "{n} codings", one.codings);
    tell(one.codings, words);
    tell(one.undecided ?? 0, ngettext("{n} suggestion to decide", "{n} suggestions to decide", one.undecided ?? 0));
    tell(one.asked, ngettext("{n} change asked", "{n} changes asked", one.asked), true);
  }
  tell(one.waiting, ngettext("{n} passage to settle", "{n} passages to settle", one.waiting), true);
  if (one.codings === 0) told.unshift({ words: _("no coding yet"), waits: false });
  return told;
}

const DONE = ["coded", "reviewed"];
const sum = (all, key) => all.reduce((total, one) => total + (one[key] ?? 0), 0);

/** What is done in the study, then what remains; what the reviewer asked for is told apart. */
export function remains(all) {
  const n = (states) => all.filter((one) => states.includes(one.state)).length;
  const total = all.length;
  const told = state.role === "reviewer"
    ? [ngettext("{n} of {total} documents reviewed", "{n} of {total} documents reviewed", n(["reviewed"]), { total }), ofReview(sum(all, "toReview"))]
    : [ngettext("{n} of {total} documents coded", "{n} of {total} documents coded", n(DONE), { total }), ...ofSuggestions(all)];
  const waiting = sum(all, "waiting");
  if (waiting > 0) told.push(ngettext("{n} passage to settle", "{n} passages to settle", waiting));
  return told;
}

function ofSuggestions(all) {
  const unknown = all.filter((one) => one.undecided === null).length;
  const undecided = sum(all, "undecided");
  return [
    undecided > 0 ? ngettext("{n} suggestion to decide", "{n} suggestions to decide", undecided) : unknown > 0 ? "" : _("no suggestion to decide"),
    unknown > 0 ? ngettext("suggestions not looked for yet in {n} document", "suggestions not looked for yet in {n} documents", unknown) : "",
  ].filter(Boolean);
}

const ofReview = (n) => (n > 0 ? ngettext("{n} coding to review", "{n} codings to review", n) : _("no coding to review"));

/** The document to go to next: one begun, one to begin, one where something waits; for a reviewer, one to review. */
export function nextDocument(all) {
  const others = all.filter((one) => one.id !== state.doc?.id);
  if (state.role === "reviewer") return others.find((one) => one.toReview > 0) ?? null;
  const first = (fits) => others.find(fits);
  return first((one) => one.state === "in_progress") ?? first((one) => one.state === "to_code")
    ?? first((one) => one.asked > 0 || one.waiting > 0) ?? first((one) => one.undecided > 0) ?? null;
}
