// Suggestions: proposals of the machine, with their reason. One key each; after a decision the next one comes.

import { inWords } from "./attributes.js";
import { announce, button, el, redraw } from "./dom.js";
import { decide } from "./gestures.js";
import { handle } from "./keys.js";
import { buttonOf } from "./margin.js";
import { changeSuggestion } from "./palette.js";
import { useCode } from "./recent.js";
import { quoted } from "./signs.js";
import { canCode, codeOf, colourOf, emit, itemOf, labelOf, on, setCurrent, state } from "./state.js";
import { view } from "./view.js";
import { _ } from "./words.js";

/** As many as were undecided at once since the document was opened: "3 of 41" must not begin anew at each decision. */
let most = 0;
let card = null;
const onTheWay = new Set();

export const suggestionShown = () => state.current?.kind === "suggestion" && itemOf(state.current) !== null;

export function mountSuggestions() {
  card = el("section", { class: "suggestion", "aria-labelledby": "suggestion-title" });
  on("document", ({ opened }) => { if (opened) most = 0; });
  on("suggestions", () => { most = Math.max(most, state.suggestions.length); });
  for (const name of ["current", "suggestions", "study"]) on(name, refresh);
  if (canCode()) {
    handle("next", () => walk(1));
    handle("previous", () => walk(-1));
    handle("accept", () => answer("accept"));
    handle("refuse", () => answer("refuse"));
    handle("change", () => change());
    handle("hide-suggestions", () => { emit("toggle-suggestions"); return true; });
  }
  on("suggestion-decided", ({ id }) => after(id));
  return card;
}

/** "3 of 41": rank of the one in focus among all that were undecided when the document was opened. */
function rankOf(id) {
  const at = state.suggestions.findIndex((one) => one.id === id);
  return { i: most - state.suggestions.length + at + 1, n: most };
}

function refresh() {
  const one = suggestionShown() ? itemOf(state.current) : null;
  if (!one || !state.study) {
    card.replaceChildren();
    return;
  }
  const code = codeOf(one.code);
  const { i, n } = rankOf(one.id);
  const words = inWords(one.attributes);
  redraw(card,
    el("p", { class: "family" }, _("Suggestion {i} of {n}", { i, n })),
    el("h2", { id: "suggestion-title", style: { "--colour": colourOf(one.code) } }, labelOf(one.code)),
    quoted(one.quote),
    el("div", { class: "why" }, el("h3", {}, _("Why")), el("ul", {}, one.why.map((sentence) => el("li", {}, sentence)))),
    words.length > 0 ? el("dl", { class: "attribute-words" }, words.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))) : null,
    code?.definition ? el("p", { class: "meaning" }, code.definition) : null,
    canCode() ? el("div", { class: "actions" },
      keyed("accept", "a", _("Accept"), () => answer("accept"), "primary"),
      keyed("refuse", "r", _("Refuse"), () => answer("refuse"), ""),
      keyed("change", "c", _("Change"), () => change(), ""),
      keyed("previous", "N", _("Previous"), () => walk(-1), ""),
      keyed("next", "n", _("Next"), () => walk(1), "")) : null);
}

const keyed = (key, letter, label, action, kind) => button([label, " ", el("kbd", { "aria-hidden": "true" }, letter)], action,
  { class: kind || null, "data-key": `suggestion-${key}`, "aria-keyshortcuts": letter === "N" ? "Shift+N" : letter });

/** The next or previous undecided suggestion, from the one in focus or from where reading stands. */
function walk(direction) {
  const all = state.suggestions.filter((one) => !onTheWay.has(one.id));
  if (all.length === 0) {
    emit("tell", state.suggesting === "loading" ? _("Suggestions are being looked for …") : _("No undecided suggestion in this document."));
    return true;
  }
  if (!view.suggestionsShown) emit("toggle-suggestions");
  const at = all.findIndex((one) => one.id === state.current?.id);
  let next;
  if (at >= 0) next = all[(at + direction + all.length) % all.length];
  else {
    const from = view.doc.rows[view.at]?.start ?? 0;
    next = direction > 0 ? all.find((one) => one.start >= from) ?? all[0] : all.filter((one) => one.start < from).at(-1) ?? all.at(-1);
  }
  goTo(next);
  return true;
}

function goTo(one, said = "") {
  setCurrent({ kind: "suggestion", id: one.id });
  const { i, n } = rankOf(one.id);
  announce(`${said} ${_("Suggestion {i} of {n}: {code}. “{quote}”", { i, n, code: labelOf(one.code), quote: one.quote })}`.trim());
  if (view.article.contains(document.activeElement) || document.activeElement === document.body) buttonOf(one.id)?.focus({ preventScroll: true });
}

function answer(act) {
  const one = suggestionShown() ? itemOf(state.current) : null;
  if (!one || !canCode()) return false;
  const code = codeOf(one.code);
  if (act === "accept" && code?.relation && !one.attributes.target) {
    // A relation needs to know with whom; the form asks for it.
    change();
    return true;
  }
  send(act, one);
  return true;
}

async function send(act, one) {
  if (onTheWay.has(one.id)) return;
  onTheWay.add(one.id);
  // The next one comes at once; should the server refuse, this one is still there.
  const rest = state.suggestions.filter((other) => !onTheWay.has(other.id));
  const next = rest.find((other) => other.start >= one.start) ?? rest[0];
  const inFocus = document.activeElement?.dataset?.key ?? document.activeElement?.dataset?.id;
  try {
    await decide(act, { suggestion: one.id });
    if (act === "accept") useCode(one.code);
    const said = act === "accept" ? _("Accepted: {code}.", { code: labelOf(one.code) }) : _("Refused: {code}.", { code: labelOf(one.code) });
    if (!state.current || state.current.id === one.id) goOn(next, inFocus, said);
    else announce(said);
  } catch {
    // The refusal was shown.
  } finally {
    onTheWay.delete(one.id);
  }
}

function goOn(next, inFocus, said = "") {
  const there = next && state.suggestions.find((one) => one.id === next.id);
  if (there) {
    goTo(there, said);
    if (inFocus?.startsWith("suggestion-")) card.querySelector(`[data-key="${inFocus}"]`)?.focus();
  } else {
    setCurrent(null);
    emit("tell", `${said} ${_("All suggestions of this document are decided.")}`.trim());
    view.words[view.at]?.focus({ preventScroll: true });
  }
}

/** After a suggestion was accepted with changes. */
function after(id) {
  const next = state.suggestions.find((one) => one.id !== id && one.start >= (view.doc.rows[view.at]?.start ?? 0)) ?? state.suggestions[0];
  goOn(next, null);
}

function change() {
  const one = suggestionShown() ? itemOf(state.current) : null;
  if (!one || !canCode()) return false;
  changeSuggestion(one);
  return true;
}
