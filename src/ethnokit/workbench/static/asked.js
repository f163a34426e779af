// What the reviewer asked of the coder: each coding with its verdict and reason; opening one goes to its place.

import { get } from "./api.js";
import { button, el, redraw } from "./dom.js";
import { edges } from "./signs.js";
import { isAsked } from "./progress.js";
import { emit, labelOf, on, openDocument, state } from "./state.js";
import { focusAnswer, reviewWords } from "./thread.js";
import { _, day, ngettext } from "./words.js";

const PAUSE = 400;

let place = null;
let items = [];
let opened = false;
let timer = null;

export function mountAsked(element) {
  place = element;
  on("study", later);
  on("codings", () => { update(); later(); });
  on("current", draw);
  later();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(read, PAUSE);
}

async function read() {
  // Without a verdict in the whole study nothing is asked of the server.
  const known = state.study.documents.some((one) => one.asked > 0) || [...state.codings.values()].some((one) => one.mine && isAsked(one));
  if (!known && items.length === 0) return;
  try {
    items = (await get("/api/review?state=asked")).items.filter(({ coding }) => coding.mine);
  } catch {
    // What was asked before still stands on the page; the next change asks again.
  }
  draw();
}

/** What the page itself learned of the open document since the list was read. */
function update() {
  items = items.map((item) => ({ ...item, coding: state.codings.get(item.coding.id) ?? item.coding }))
    .filter((item) => isAsked(item.coding) && (item.document !== state.doc?.id || state.codings.has(item.coding.id)));
  draw();
}

function draw() {
  if (items.length === 0) {
    redraw(place);
    place.hidden = true;
    return;
  }
  place.hidden = false;
  const details = el("details", { open: opened, on: { toggle: () => { opened = details.open; } } },
    el("summary", { dataset: { key: "asked" } }, ngettext("Your reviewer asks for {n} change", "Your reviewer asks for {n} changes", items.length)),
    el("ol", { class: "asked-list" }, items.map(itemOf)));
  redraw(place, details);
}

function itemOf({ coding, document, title }) {
  const verdict = coding.remarks.findLast((one) => one.verdict && one.current);
  const answers = verdict ? coding.remarks.slice(coding.remarks.indexOf(verdict) + 1).length : 0;
  const current = state.current?.kind === "coding" && state.current.id === coding.id;
  return el("li", { class: `review-${coding.review}` },
    button([el("strong", {}, labelOf(coding.code)), " ", el("span", { class: "quote" }, _("“{words}”", { words: edges(coding.quote) }))], () => go(document, coding.id),
      { class: "plain item", "aria-current": current ? "true" : null, dataset: { key: `asked-${coding.id}` } }),
    el("p", { class: "facts" }, [title, reviewWords(coding), verdict ? `${verdict.by}, ${day(verdict.at)}` : null].filter(Boolean).join(" · ")),
    verdict?.text ? el("p", { class: "remark-text" }, verdict.text) : null,
    el("p", { class: "line" },
      answers > 0 ? el("span", { class: "soft" }, ngettext("{n} answer", "{n} answers", answers)) : null,
      button(_("Answer"), () => go(document, coding.id, true), { class: "plain", "aria-label": _("Answer on {code}", { code: labelOf(coding.code) }), dataset: { key: `asked-answer-${coding.id}` } })));
}

async function go(document, coding, answer = false) {
  try {
    await openDocument(document, { coding });
  } catch (error) {
    emit("refused", { error, act: "open" });
    return;
  }
  if (answer) focusAnswer(coding);
}
