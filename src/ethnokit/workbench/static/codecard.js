// One code opened: what it means, its memo, and the passages of the corpus that were coded so.

import { get } from "./api.js";
import { aboveOf, childrenOf } from "./codetree.js";
import { announce, button, el, redraw } from "./dom.js";
import { readMemo, show as showMemo } from "./memo.js";
import { show as showNewCode } from "./newcode.js";
import { apply } from "./palette.js";
import { canCode, codeOf, colourOf, emit, on, openDocument, state, structureOf } from "./state.js";
import { _, ngettext } from "./words.js";

const PAUSE = 600;
const FEW = 40;

/** The card. `back()`, `highlight(yes)` and `showCode(id)` are the codebook's. Returns {element, open, draw, focus}. */
export function codeCard(codebook) {
  const element = el("div", { class: "code-card", hidden: true, on: { keydown } });
  const card = { id: null, asked: 0, passages: null, total: 0, failed: false, memo: null, all: false };
  let timer = null;

  function keydown(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    codebook.back();
  }

  function open(id) {
    element.hidden = id === null;
    if (card.id === id) { draw(); return; }
    Object.assign(card, { id, passages: null, total: 0, failed: false, memo: null, all: false });
    draw();
    if (id !== null) read(id);
  }

  async function read(id) {
    const asked = (card.asked += 1);
    const [found, memo] = await Promise.all([get(`/api/codes/${encodeURIComponent(id)}`).catch(() => null), readMemo("code", id).catch(() => null)]);
    if (card.id !== id || card.asked !== asked) return;
    Object.assign(card, { passages: found?.passages ?? card.passages, total: found?.total ?? card.total, failed: found === null, memo });
    draw();
  }

  /** What was coded so changes while one codes: asked anew after a while of quiet. */
  on("decided", () => {
    clearTimeout(timer);
    if (card.id) timer = setTimeout(() => card.id && read(card.id), PAUSE);
  });

  function draw() {
    const code = codeOf(card.id);
    if (!code) { element.replaceChildren(); return; }
    element.style.setProperty("--family", colourOf(code.id));
    redraw(element, headOf(code, codebook), actionsOf(code, codebook), meaningOf(code), belowOf(code, codebook), memoOf(code, card, draw), passagesOf(code, card, draw, () => read(code.id)), newBelow(code, codebook));
  }

  const focus = () => element.querySelector("h2")?.focus();
  return { element, open, draw, focus };
}

function headOf(code, codebook) {
  const above = aboveOf(code.id);
  return el("div", { class: "code-head" },
    button(_("All codes"), codebook.back, { class: "plain back", dataset: { key: "back" } }),
    above.length > 0 ? el("p", { class: "soft above" }, above.map((one, k) => [k > 0 ? " › " : "", button(one.label, () => codebook.showCode(one.id), { class: "plain", dataset: { key: `above-${one.id}` } })])) : null,
    el("h2", { tabindex: "-1", dataset: { key: "title" } }, el("span", { class: "dot", "aria-hidden": "true" }), code.label),
    el("p", { class: "facts" }, [code.id, ...notesOf(code)].join(" · ")));
}

function notesOf(code) {
  return [
    code.codable ? null : _("not for coding: it holds other codes"),
    code.relation ? _("a relation: names another structure") : null,
    code.manual ? _("never suggested") : null,
    code.withheld ? _("never leaves the team") : null,
  ].filter(Boolean);
}

function actionsOf(code, codebook) {
  const lit = state.selectedCode === code.id;
  const offered = canCode() && state.passage && code.codable
    ? button(_("Apply to the selected passage"), () => apply(code.id), { class: "primary", dataset: { key: "apply" } }) : null;
  const here = [...state.codings.values()].filter((one) => one.code === code.id).length;
  const told = here > 0 ? ngettext("{n} here", "{n} here", here) : _("none here");
  return el("p", { class: "line actions-line" }, offered,
    button(_("Highlight in the text"), () => codebook.highlight(!lit), { "aria-pressed": String(lit), dataset: { key: "highlight" } }),
    state.doc ? el("span", { class: "soft" }, told) : null);
}

function meaningOf(code) {
  const list = (title, items) => (items.length > 0 ? [el("h3", {}, title), el("ul", {}, items.map((one) => el("li", {}, one)))] : null);
  return el("div", { class: "meaning-of" },
    code.definition ? el("p", { class: "definition" }, code.definition) : el("p", { class: "soft" }, _("The codebook does not define it yet.")),
    list(_("Include"), code.include), list(_("Exclude"), code.exclude),
    code.examples.length > 0 ? [el("h3", {}, ngettext("Example", "Examples", code.examples.length)), code.examples.map((one) => el("blockquote", {}, one))] : null,
    code.synonyms.length > 0 ? el("p", { class: "soft" }, _("Also: {words}", { words: code.synonyms.join(", ") })) : null);
}

function belowOf(code, codebook) {
  const below = childrenOf(code.id);
  if (below.length === 0) return null;
  return el("div", { class: "below" }, el("h3", {}, _("Codes below it")),
    el("ul", { class: "chips" }, below.map((one) => el("li", {}, button(one.label, () => codebook.showCode(one.id), { dataset: { key: `below-${one.id}` } })))));
}

const newBelow = (code, codebook) => (!canCode() ? null
  : el("p", {}, button(_("New code below it"), () => showNewCode({ parent: code.id, onCreated: codebook.showCode }), { class: "plain", dataset: { key: "new-below" } })));

function memoOf(code, card, draw) {
  const { memo } = card;
  if (memo === null || (!memo.exists && state.readOnly)) return null;
  const write = () => showMemo("code", code.id, { onSaved: (saved) => { card.memo = saved; draw(); } });
  return el("div", { class: "memo-of" }, el("h3", {}, _("Memo")),
    memo.text.trim() ? el("div", { class: "memo-text" }, memo.text.trim()) : null,
    el("p", {}, button(memo.exists ? _("Open the memo") : _("Write a memo"), write, { class: "plain", dataset: { key: "memo" } })));
}

function passagesOf(code, card, draw, again) {
  const title = (words) => el("h3", { id: "passages-title" }, words);
  if (card.failed) return [title(_("Passages")), el("p", { class: "trouble" }, _("The server does not answer.")), button(_("Ask again"), again, { dataset: { key: "again" } })];
  if (card.passages === null) return [title(_("Passages")), el("p", { class: "soft", role: "status" }, _("Looking for its passages …"))];
  if (card.total === 0) return [title(_("Passages")), el("p", { class: "soft" }, _("Nothing is coded so yet."))];
  const shown = card.all ? card.passages : card.passages.slice(0, FEW);
  const documents = [...new Set(shown.map((one) => one.document))];
  const inAll = new Set(card.passages.map((one) => one.document)).size;
  const count = card.passages.length < card.total
    ? _("The first {shown} of {total} passages", { shown: card.passages.length, total: card.total })
    : [ngettext("{n} passage", "{n} passages", card.total), ngettext("in {n} document", "in {n} documents", inAll)].join(" ");
  return el("section", { class: "passages", "aria-labelledby": "passages-title" }, title(count),
    documents.map((id) => groupOf(code, id, shown.filter((one) => one.document === id))),
    shown.length < card.passages.length ? button(_("Show all {n}", { n: card.passages.length }), () => { card.all = true; draw(); }, { dataset: { key: "all" } }) : null);
}

function groupOf(code, id, passages) {
  const opened = state.doc?.id === id;
  return [
    el("h4", { class: opened ? "opened" : null }, passages[0].title),
    el("ul", {}, passages.map((one) => el("li", {}, passageOf(code, one)))),
  ];
}

function passageOf(code, one) {
  const posture = state.study.posture.find(({ value }) => value === one.posture)?.label;
  const facts = [
    one.turn === null ? null : _("turn {n}", { n: one.turn }), structureOf(one.structure)?.name ?? one.structure, posture, _("by {name}", { name: one.by }),
    one.code && one.code !== code.id ? codeOf(one.code)?.label : null,
  ].filter(Boolean).join(" · ");
  const current = state.current?.kind === "coding" && state.current.id === one.coding;
  return button([el("span", { class: "quote" }, one.quote), el("span", { class: "facts" }, facts)], () => go(one),
    { class: "plain passage", "aria-current": current ? "true" : null, dataset: { key: `passage-${one.coding}` } });
}

async function go(one) {
  try {
    await openDocument(one.document, { at: one.start, coding: one.coding });
    announce(_("Shown in {title}.", { title: one.title }));
  } catch (error) {
    emit("refused", { error, act: "open" });
  }
}
