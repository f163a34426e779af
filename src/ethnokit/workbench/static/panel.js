// The panel beside the text: the passage to code, what is in focus, or what can be done next.

import { codingShown, mountCoding } from "./coding.js";
import { byId, button, el, focusFirst, redraw } from "./dom.js";
import { run } from "./keys.js";
import { mountPalette, paletteShown } from "./palette.js";
import { mountPlaces } from "./places.js";
import { mountRecent } from "./recent.js";
import { canCode, on, state } from "./state.js";
import { mountSuggestions, suggestionShown } from "./suggestions.js";
import { view } from "./view.js";
import { _, ngettext } from "./words.js";

let parts = null;

export function mountPanel(element) {
  mountRecent();
  mountPlaces();
  const palette = mountPalette();
  const suggestion = mountSuggestions();
  const coding = mountCoding();
  const idle = el("section", { class: "idle", "aria-labelledby": "idle-title" });
  const close = button(_("Close"), closePanel, { class: "drawer-close plain", "data-key": "close-panel" });
  element.append(close, palette, suggestion, coding, idle);
  parts = { element, palette, suggestion, coding, idle };
  for (const name of ["passage", "current", "purpose", "codings", "suggestions", "study", "document"]) on(name, arrange);
  on("open-panel", open);
  on("focus-panel", () => {
    open();
    focusFirst(element.querySelector(".settle button"), element.querySelector("h2 button"), element);
  });
  on("leave-passage", () => run("leave"));
  arrange();
}

function arrange() {
  const shown = {
    palette: paletteShown(), suggestion: suggestionShown() && !paletteShown(), coding: codingShown(),
  };
  const lost = document.activeElement;
  const inside = parts.element.contains(lost);
  for (const [name, yes] of Object.entries(shown)) parts[name].hidden = !yes;
  parts.idle.hidden = shown.palette || shown.suggestion || shown.coding;
  if (!parts.idle.hidden) redraw(parts.idle, ...idleOf());
  document.body.classList.toggle("panel-open", !parts.idle.hidden ? false : document.body.classList.contains("panel-open") || (shown.palette || shown.suggestion || shown.coding));
  // What had the focus may just have been hidden.
  if (inside && lost.isConnected && lost.getClientRects().length === 0) view.words[view.at]?.focus({ preventScroll: true });
}

function open() {
  document.body.classList.add("panel-open");
}

function closePanel() {
  run("leave");
  document.body.classList.remove("panel-open");
  byId("text").focus({ preventScroll: true });
}

function idleOf() {
  if (!state.doc) return [el("h2", { id: "idle-title" }, _("No document is open")), el("p", {}, _("Choose one on the left."))];
  const own = [...state.codings.values()].filter((one) => one.mine).length;
  const content = [
    el("h2", { id: "idle-title" }, state.role === "reviewer" ? _("Reading") : _("Ready to code")),
    el("p", {}, ngettext("{n} coding in this document", "{n} codings in this document", state.codings.size),
      own < state.codings.size && own > 0 ? `, ${ngettext("{n} of them yours", "{n} of them yours", own)}` : "", "."),
  ];
  if (canCode()) content.push(suggestionsLine(), howTo());
  return content;
}

function suggestionsLine() {
  if (state.suggesting === "loading") return el("p", { class: "soft" }, _("Suggestions are being looked for …"));
  if (state.suggesting === "failed") return el("p", { class: "soft" }, _("Suggestions cannot be shown now."));
  if (state.suggestions.length === 0) return el("p", { class: "soft" }, _("No undecided suggestion."));
  return el("div", { class: "actions" },
    button([ngettext("{n} undecided suggestion", "{n} undecided suggestions", state.suggestions.length), " ", el("kbd", { "aria-hidden": "true" }, "n")],
      () => run("next"), { "data-key": "walk", "aria-keyshortcuts": "n" }));
}

const howTo = () => el("ul", { class: "how" },
  el("li", {}, _("Select words with the mouse, or take a sentence with"), " ", el("kbd", {}, "→"), "."),
  el("li", {}, _("Then type a part of the code’s name and press"), " ", el("kbd", {}, _("Enter")), "."),
  el("li", {}, _("All keys:"), " ", el("kbd", {}, "?")));
