// Codings whose text was edited: the page proposes, a person settles. Old words stand beside new ones.

import { button, el } from "./dom.js";
import { decide } from "./gestures.js";
import { showExtra } from "./highlight.js";
import { canCode, codingsInOrder, emit, on, setCurrent, state } from "./state.js";
import { showOffset } from "./text.js";
import { _ } from "./words.js";

/** True when a person has to say where a coding stands. */
export const waits = (coding) => !coding.givenUp && ["changed", "ambiguous", "lost"].includes(coding.state);

export const waitingOnes = () => codingsInOrder().filter(waits);

let shown = null;

export function mountPlaces() {
  on("current", () => { if (shown) { shown = null; showExtra(null); } });
}

/** Put the first, or the next, waiting coding in focus; false when none waits. */
export function walkWaiting() {
  const all = waitingOnes();
  if (all.length === 0) return false;
  const at = all.findIndex((one) => one.id === state.current?.id);
  const next = all[(at + 1) % all.length];
  setCurrent({ kind: "coding", id: next.id });
  if (next.state === "ambiguous" && next.places.length > 0) showOffset(next.places[0][0]);
  emit("focus-panel");
  return true;
}

/** What can be done with a waiting coding; null when it does not wait. */
export function settleOf(coding) {
  if (!waits(coding)) return null;
  const all = waitingOnes();
  const rank = all.findIndex((one) => one.id === coding.id) + 1;
  return el("section", { class: "settle", "aria-label": _("To settle") },
    el("h3", {}, _("To settle: {i} of {n}", { i: rank, n: all.length })),
    ...bodyOf(coding),
    canCode() ? el("div", { class: "actions" }, ...ways(coding),
      all.length > 1 ? button(_("Next one"), walkWaiting, { "data-key": "next-waiting" }) : null) : null);
}

function bodyOf(coding) {
  if (coding.state === "changed") {
    const now = state.doc.body.slice(coding.start, coding.end);
    const [before, after] = compared(coding.quote, now);
    return [
      el("p", {}, _("The words of this passage were edited.")),
      el("dl", { class: "compare" },
        el("div", {}, el("dt", {}, _("Coded")), words(coding.quote, before)), el("div", {}, el("dt", {}, _("Now")), words(now, after))),
    ];
  }
  if (coding.state === "ambiguous") {
    return [
      el("p", {}, _("The words of this passage stand in several places. Which one is meant?")),
      el("ol", { class: "candidates" }, coding.places.map((place, k) => candidate(coding, place, k))),
    ];
  }
  return [
    el("p", {}, _("The words of this passage are in the text no more. Select the passage that took their place, or give the coding up.")),
    coding.places.length > 0 ? el("ol", { class: "candidates" }, coding.places.map((place, k) => candidate(coding, place, k))) : null,
  ];
}

const words = (text, parts) => el("dd", { tabindex: text.length > 180 ? "0" : null }, parts);

/** A place where the words may stand, with what stands around it. */
function candidate(coding, [start, end], k) {
  const { body } = state.doc;
  const show = () => {
    shown = { start, end };
    showExtra(shown);
    showOffset(start);
  };
  return el("li", {},
    button([el("span", { class: "around" }, `…${body.slice(Math.max(0, start - 60), start)}`), el("mark", {}, body.slice(start, end)),
      el("span", { class: "around" }, `${body.slice(end, end + 60)}…`)], show, { class: "candidate", "data-key": `candidate-${k}` }),
    canCode() ? button(_("It stands here"), () => settle("place", coding, placeFields(start, end)), { "data-key": `here-${k}` }) : null);
}

const placeFields = (start, end) => ({ start, end, quote: state.doc.body.slice(start, end) });

function ways(coding) {
  const { passage } = state;
  return [
    coding.state === "changed" ? button(_("Confirm"), () => settle("confirm", coding), { class: "primary", "data-key": "confirm" }) : null,
    passage ? button(_("Place on the selected passage"), () => settle("place", coding, placeFields(passage.start, passage.end)), { "data-key": "place-here" })
      : el("p", { class: "hint" }, _("To place it elsewhere, select the passage in the text.")),
    button(_("Give up: its words are gone"), () => settle("lose", coding), { class: "danger", "data-key": "lose" }),
  ];
}

async function settle(act, coding, fields = {}) {
  const all = waitingOnes();
  const at = all.findIndex((one) => one.id === coding.id);
  const next = all[at + 1] ?? all.find((one) => one.id !== coding.id);
  try {
    await decide(act, { coding: coding.id, ...fields });
  } catch {
    // The refusal was shown; the coding still waits.
    return;
  }
  if (act === "place" && state.passage) emit("leave-passage");
  if (next && state.codings.has(next.id)) setCurrent({ kind: "coding", id: next.id });
  emit("focus-panel");
}

/** Old and new words as nodes, with what differs marked: common words at both ends stay plain. */
function compared(old, now) {
  const a = old.split(/(\s+)/);
  const b = now.split(/(\s+)/);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const parts = (words, tag) => [
    words.slice(0, head).join(""),
    words.length - tail > head ? el(tag, {}, words.slice(head, words.length - tail).join("")) : "",
    tail > 0 ? words.slice(words.length - tail).join("") : "",
  ].filter((part) => part !== "");
  return [parts(a, "del"), parts(b, "ins")];
}
