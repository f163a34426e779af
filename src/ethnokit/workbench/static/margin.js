// The margin: for each coding one real button beside the line where its passage begins. Proposals stand on the other
// side, dashed. Buttons follow their row in the document's order; stripes.js says where they stand, and draws the bars.

import { el, focusFirst, hidden } from "./dom.js";
import { rowOfEnd, rowOfStart } from "./offsets.js";
import { colourOf, itemOf, labelOf, on, setCurrent, stands, state, structureOf } from "./state.js";
import { signsOf, spokenOf } from "./signs.js";
import { arrange, provide } from "./stripes.js";
import { rowsOfChunk, view } from "./view.js";
import { _ } from "./words.js";

let itemsByRow = new Map();
let filledFor = null;
let signatures = [];
let stale = new Set();
/** The focus is being handed on by the page, not moved by a person. */
let handing = false;

export function mountMargin() {
  on("codings", () => view.doc === state.doc && fillCodes());
  on("suggestions", () => view.doc === state.doc && fillCodes());
  on("suggestions-shown", fillCodes);
  on("study", () => { if (namesChanged()) fillCodes(); });
  on("current", markCurrent);
  view.article.addEventListener("click", clicked);
  view.article.addEventListener("focusin", focused);
}

/** Codings and proposals that have a place in the text, with the row where each begins. */
function placed() {
  const { rows } = view.doc;
  const all = [];
  const add = (kind, item) => {
    const row = rowOfStart(rows, item.start);
    if (row < rows.length) all.push({ kind, item, id: item.id, start: item.start, end: item.end, row, last: Math.max(row, rowOfEnd(rows, item.end)) });
  };
  for (const coding of state.codings.values()) if (stands(coding)) add("coding", coding);
  if (view.suggestionsShown) for (const one of state.suggestions) add("suggestion", one);
  return all.sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
}

/**
 * Bring the buttons up to date. Only rows whose codings look different are drawn again: those near the window now,
 * the others when the browser has nothing else to do.
 */
export function fillCodes() {
  if (!view.doc) return;
  const all = placed();
  itemsByRow = new Map();
  for (const one of all) {
    if (!itemsByRow.has(one.row)) itemsByRow.set(one.row, []);
    itemsByRow.get(one.row).push(one);
  }
  if (filledFor !== view.rows) {
    filledFor = view.rows;
    signatures = new Array(view.rows.length).fill("");
    stale = new Set();
  }
  for (let row = 0; row < view.rows.length; row += 1) {
    const signature = itemsByRow.has(row) ? itemsByRow.get(row).map(look).join("\n") : "";
    if (signature === signatures[row]) continue;
    signatures[row] = signature;
    stale.add(row);
  }
  for (const chunk of view.near) fillChunk(chunk);
  if (stale.size > 0) whenIdle(fillRest);
  provide(all, fillChunk);
  arrange(null);
}

const whenIdle = (fn) => (window.requestIdleCallback ? requestIdleCallback(fn) : setTimeout(fn, 50));

function fillRest(deadline) {
  let left = deadline ? 400 : 40;
  for (const row of stale) {
    if ((left -= 1) < 0 || (deadline && deadline.timeRemaining() < 3)) break;
    fillRow(row);
  }
  if (stale.size > 0) whenIdle(fillRest);
}

/** Draw what is left now, before printing. */
export function fillAll() {
  for (const row of stale) fillRow(row);
}

function fillChunk(chunk) {
  const [from, to] = rowsOfChunk(Number(chunk.dataset.chunk));
  for (let row = from; row < to; row += 1) if (stale.has(row)) fillRow(row);
}

/** What each button shows, in one string; a coding that changes is another object. */
let looks = new WeakMap();
let names = "";

/** True when codes or structures have other names or colours than the buttons show. */
function namesChanged() {
  const now = JSON.stringify([state.study.codebook.codes.map((code) => [code.id, code.label, colourOf(code.id)]), state.study.structures]);
  if (now === names) return false;
  names = now;
  looks = new WeakMap();
  return true;
}

function look({ kind, item }) {
  if (!looks.has(item)) {
    looks.set(item, [kind, item.id, item.code, labelOf(item.code), colourOf(item.code), item.by, item.mine, item.state, item.review,
      JSON.stringify(item.attributes), structureOf(item.attributes?.target)?.name, item.remarks?.length, item.start, item.end].join("|"));
  }
  return looks.get(item);
}

function fillRow(row) {
  stale.delete(row);
  const items = itemsByRow.get(row) ?? [];
  const block = view.rows[row];
  const active = block.contains(document.activeElement) && document.activeElement.matches(".code") ? document.activeElement : null;
  const rank = active ? [...block.querySelectorAll(".code")].indexOf(active) : -1;
  for (const old of block.querySelectorAll(".codes")) old.remove();
  const n = view.doc.rows[row].n;
  for (const [kind, label] of [
    ["coding", n ? _("Codings of turn {n}", { n }) : _("Codings of this paragraph")],
    ["suggestion", n ? _("Suggestions for turn {n}", { n }) : _("Suggestions for this paragraph")],
  ]) {
    const mine = items.filter((one) => one.kind === kind);
    if (mine.length === 0) continue;
    const group = el("div", { class: `codes ${kind}s`, role: "group", "aria-label": label });
    for (const one of mine) group.append(codeButton(one, row === view.at));
    block.append(group);
  }
  if (!active) return;
  const buttons = [...block.querySelectorAll(".code")];
  const same = buttons.find((one) => one.dataset.id === active.dataset.id);
  if (row !== view.at) view.words[row].tabIndex = -1;
  handing = true;
  focusFirst(same, buttons[Math.min(rank, buttons.length - 1)], view.words[row]);
  handing = false;
}

function codeButton({ kind, item }, tabbable) {
  const relation = item.attributes?.target;
  const current = state.current?.id === item.id && state.current.kind === kind;
  const waits = kind === "coding" && item.state === "changed";
  const target = relation ? el("span", { class: "target" }, `→ ${structureOf(relation)?.name ?? relation}`) : null;
  const button = el("button", {
    type: "button",
    class: `code${kind === "suggestion" ? " proposal" : ""}${waits ? " waits" : ""}${kind === "coding" && !item.mine ? " other" : ""}`,
    dataset: { id: item.id, kind },
    tabindex: tabbable ? "0" : "-1",
    "aria-pressed": current ? "true" : "false",
    style: { "--colour": colourOf(item.code) },
  },
  kind === "suggestion" ? el("span", { class: "sign", "aria-hidden": "true" }, "?") : null,
  el("span", { class: "label" }, labelOf(item.code)), target,
  kind === "coding" && !item.mine ? el("span", { class: "by" }, item.by) : null,
  kind === "coding" ? signsOf(item) : null,
  hidden(spokenOf(kind, item)));
  return button;
}

function clicked(event) {
  const button = event.target.closest?.(".code");
  if (button) setCurrent({ kind: button.dataset.kind, id: button.dataset.id }, { scroll: false });
  const bar = event.target.closest?.(".bar");
  if (bar) setCurrent({ kind: bar.dataset.kind, id: bar.dataset.id }, { scroll: false });
}

/** Coming to a button by Tab puts its coding in focus, as the keys (Delete, m) then mean it. */
function focused(event) {
  const button = event.target.closest?.(".code");
  if (handing || !button || !button.matches(":focus-visible") || state.current?.id === button.dataset.id) return;
  setCurrent({ kind: button.dataset.kind, id: button.dataset.id }, { scroll: false });
}

function markCurrent() {
  for (const old of view.article.querySelectorAll(".code[aria-pressed=true]")) old.setAttribute("aria-pressed", "false");
  for (const old of view.article.querySelectorAll(".bar.current")) old.classList.remove("current");
  if (!itemOf(state.current)) return;
  const id = CSS.escape(state.current.id);
  for (const bar of view.article.querySelectorAll(`.bar[data-id="${id}"]`)) bar.classList.add("current");
  view.article.querySelector(`.code[data-id="${id}"]`)?.setAttribute("aria-pressed", "true");
}

/** The button of a coding or suggestion in the margin, if it has one. */
export function buttonOf(id) {
  const row = [...itemsByRow].find(([, items]) => items.some((one) => one.id === id))?.[0];
  if (row !== undefined && stale.has(row)) fillRow(row);
  return view.article.querySelector(`.code[data-id="${CSS.escape(id)}"]`);
}
