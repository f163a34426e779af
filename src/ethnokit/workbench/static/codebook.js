// The codebook beside the text: the tree of themes as nested lists, found by typing; one code opened shows its meaning
// and what was coded so. Nested lists with real buttons, not an ARIA tree: screen readers say levels and counts of
// lists by themselves, and every key keeps its usual sense.

import { codeCard } from "./codecard.js";
import { aboveOf, childrenOf, usedIn } from "./codetree.js";
import { button, el, redraw } from "./dom.js";
import { folded, indexed, search } from "./find.js";
import { show as showNewCode } from "./newcode.js";
import { canCode, codeOf, colourOf, on, selectCode, state } from "./state.js";
import { _, ngettext } from "./words.js";

/** A larger codebook begins with its families shut. */
const LARGE = 80;

const shut = new Set();
let place = null;
let tree = null;
let card = null;
let index = { from: null, found: [] };
let query = "";
/** The code whose card is open; it may be open without being highlighted in the text. */
let opened = null;
let lettingGo = false;

export function mount(element) {
  place = element;
  tree = el("div", { class: "code-tree", dataset: { ownKeys: true }, on: { keydown: arrows } });
  card = codeCard({ back, highlight, showCode });
  const browse = el("div", { class: "browse" }, headOf(), tree);
  place.replaceChildren(browse, card.element);
  if (state.study && state.study.codebook.codes.length > LARGE) for (const family of childrenOf(null)) shut.add(family.id);
  on("study", () => { draw(); card.draw(); });
  on("codings", card.draw);
  on("passage", card.draw);
  on("document", card.draw);
  on("current", card.draw);
  on("code", followSelection);
  followSelection();
}

function headOf() {
  const field = el("input", {
    type: "search", id: "codebook-filter", autocomplete: "off", spellcheck: "false", placeholder: _("label, id, synonym …"),
    on: { input: () => { query = field.value; draw(); }, keydown: (event) => leaveFilter(event, field) },
  });
  const create = !canCode() ? null : button(_("New code"), () => showNewCode({ label: query.trim(), onCreated: showCode }), { dataset: { key: "new-code" } });
  return el("div", { class: "codebook-head" }, el("h2", { class: "for-readers" }, _("Codebook")),
    el("div", { class: "filter", role: "search", "aria-label": _("Find a code") }, el("label", { for: "codebook-filter" }, _("Find a code")), field),
    create);
}

function leaveFilter(event, field) {
  if (event.key === "Escape" && field.value) {
    event.preventDefault();
    field.value = query = "";
    draw();
  } else if (event.key === "ArrowDown" || event.key === "Enter") {
    event.preventDefault();
    const first = tree.querySelector("[data-code]");
    if (event.key === "Enter" && query.trim()) first?.click();
    else first?.focus();
  }
}

/** The selection of a code, here or elsewhere on the page, opens its card; its end closes it, unless asked to stay. */
function followSelection() {
  if (state.selectedCode) opened = state.selectedCode;
  else if (!lettingGo) opened = null;
  show();
}

function show() {
  const known = codeOf(opened);
  if (!known) opened = null;
  place.querySelector(".browse").hidden = Boolean(known);
  card.open(opened);
  if (!known) draw();
}

function showCode(id) {
  selectCode(id);
  card.focus();
}

/** Back to the tree, at the code one comes from. */
function back() {
  const from = opened;
  for (const { id } of aboveOf(from)) shut.delete(id);
  opened = null;
  selectCode(null);
  const row = tree.querySelector(`[data-code="${CSS.escape(from)}"]`);
  (row ?? place.querySelector("#codebook-filter")).focus();
}

function highlight(yes) {
  lettingGo = !yes;
  selectCode(yes ? opened : null);
  lettingGo = false;
}

function draw() {
  if (!state.study || opened) return;
  const words = folded(query).trim();
  redraw(tree, words ? foundOf() : [listOf(null), childrenOf(null).length === 0 ? el("p", { class: "soft" }, _("The codebook holds no code yet.")) : null]);
}

function foundOf() {
  const { codes } = state.study.codebook;
  if (index.from !== codes) {
    index = { from: codes, found: indexed(codes, (code) => [
      [code.label, 4], [code.id, 3], ...code.synonyms.map((one) => [one, 3]), ...aboveOf(code.id).map((one) => [one.label, 1]),
      [code.definition, 1], ...code.include.map((one) => [one, 0.5]),
    ]) };
  }
  const found = search(index.found, query);
  return [
    el("p", { class: "soft found", role: "status" }, found.length > 0 ? ngettext("{n} code found", "{n} codes found", found.length) : _("No code fits. Its name may be another; or it is a new one.")),
    el("ul", { class: "flat" }, found.map((code) => el("li", {}, rowOf(code, { path: true })))),
  ];
}

function listOf(parent) {
  const codes = childrenOf(parent);
  if (codes.length === 0) return null;
  return el("ul", { class: parent === null ? "families" : null }, codes.map((code) => {
    const below = shut.has(code.id) ? null : listOf(code.id);
    return el("li", { style: { "--family": colourOf(code.id) } }, rowOf(code), below);
  }));
}

function rowOf(code, { path = false } = {}) {
  const branch = !path && childrenOf(code.id).length > 0;
  const used = branch && shut.has(code.id) ? usedIn(code.id) : code.used;
  const above = path ? aboveOf(code.id).map((one) => one.label).join(" › ") : "";
  return el("div", { class: `code-row${branch ? " branch" : ""}`, style: { "--family": colourOf(code.id) } },
    branch ? disclosure(code) : el("span", { class: "no-disclosure" }),
    el("button", { type: "button", class: "plain code-open", dataset: { key: `code-${code.id}`, code: code.id }, on: { click: () => showCode(code.id) } },
      el("span", { class: "dot", "aria-hidden": "true" }),
      el("span", { class: "label" }, code.label, above ? el("span", { class: "above" }, above) : null),
      countOf(code, used)));
}

function countOf(code, used) {
  if (used > 0) return el("span", { class: "count" }, ngettext("{n} coding", "{n} codings", used));
  return code.codable ? el("span", { class: "count none" }, _("none yet")) : null;
}

function disclosure(code) {
  const open = !shut.has(code.id);
  const toggle = () => {
    if (open) shut.add(code.id);
    else shut.delete(code.id);
    draw();
  };
  return button("", toggle, { class: "plain disclosure", "aria-expanded": String(open), "aria-label": _("Codes below {label}", { label: code.label }), dataset: { key: `branch-${code.id}` } });
}

/** Arrows walk the rows, → and ← open and shut a branch; Tab works as everywhere. */
function arrows(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const here = event.target.closest(".code-row");
  if (!here) return;
  const rows = [...tree.querySelectorAll(".code-row")];
  const go = (row) => row?.querySelector("[data-code]").focus();
  const toggle = here.querySelector(".disclosure");
  const open = toggle?.getAttribute("aria-expanded") === "true";
  const moves = {
    ArrowDown: () => go(rows[rows.indexOf(here) + 1]),
    ArrowUp: () => (rows[0] === here ? place.querySelector("#codebook-filter").focus() : go(rows[rows.indexOf(here) - 1])),
    Home: () => go(rows[0]),
    End: () => go(rows.at(-1)),
    ArrowRight: () => (toggle && !open ? toggle.click() : go(rows[rows.indexOf(here) + 1])),
    ArrowLeft: () => (toggle && open ? toggle.click() : go(here.closest("ul").closest("li")?.querySelector(".code-row"))),
  };
  if (!(event.key in moves)) return;
  event.preventDefault();
  moves[event.key]();
}
