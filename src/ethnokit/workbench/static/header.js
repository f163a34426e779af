// The head of the page: which document, who, undo and redo with what they still can take back; light and dark.

import { announce, byId } from "./dom.js";
import { decide, unsaved } from "./gestures.js";
import { handle, pressHelp, run } from "./keys.js";
import { show as showMemo } from "./memo.js";
import { canCode, emit, on, state, structureOf } from "./state.js";
import { view } from "./view.js";
import { _, day, ngettext } from "./words.js";

const THEME = "ethnokit.theme";

export function mountHeader() {
  on("study", who);
  on("document", titles);
  on("study", titles);
  for (const name of ["codings", "saving", "document"]) on(name, counts);
  byId("undo").addEventListener("click", () => step("undo"));
  byId("redo").addEventListener("click", () => step("redo"));
  handle("undo", () => step("undo"));
  handle("redo", () => step("redo"));
  byId("document-memo").addEventListener("click", () => state.doc && showMemo("document", state.doc.id));
  byId("print").addEventListener("click", () => window.print());
  byId("suggestions-shown").addEventListener("click", toggleSuggestions);
  on("toggle-suggestions", toggleSuggestions);
  byId("theme").addEventListener("click", turnTheme);
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    (view.words[view.at] ?? byId("text")).focus();
  });
  pressHelp();
  nameTheme();
  who();
  counts();
}

function who() {
  const roles = { coder: _("codes"), reviewer: _("reviews") };
  byId("who").textContent = state.readOnly ? _("Reading only") : state.by ? `${state.by} · ${roles[state.role]}` : "";
  for (const id of ["undo", "redo"]) byId(id).hidden = state.readOnly;
  byId("suggestions-shown").hidden = !canCode();
}

function titles() {
  if (!state.study) return;
  byId("study-title").textContent = state.study.title;
  const { doc } = state;
  if (!doc) return;
  byId("document-title").textContent = doc.title;
  const structures = doc.structures.map((id) => structureOf(id)?.name ?? id).join(", ");
  byId("document-facts").textContent = [doc.typeLabel, structures, day(doc.date)].filter(Boolean).join(" · ");
  document.title = `${doc.title} · ${state.study.title}`;
}

function counts() {
  for (const [id, label, sentence] of [
    ["undo", _("Undo"), (n) => ngettext("Undo: {n} decision can be taken back", "Undo: {n} decisions can be taken back", n)],
    ["redo", _("Redo"), (n) => ngettext("Redo: {n} decision can be done again", "Redo: {n} decisions can be done again", n)],
  ]) {
    const n = state.doc?.[id] ?? 0;
    const button = byId(id);
    button.textContent = n > 0 ? `${label} (${n})` : label;
    button.title = sentence(n);
    button.setAttribute("aria-label", sentence(n));
    // Disabled for hands and readers alike, but it may keep the focus it has.
    button.setAttribute("aria-disabled", String(n === 0));
    button.disabled = n === 0 && document.activeElement !== button;
  }
}

function step(act) {
  if (!state.doc || state.readOnly) return false;
  if ((state.doc[act] ?? 0) === 0 && unsaved() === 0) {
    emit("tell", act === "undo" ? _("Nothing to undo in this document.") : _("Nothing to redo in this document."));
    return true;
  }
  decide(act).then(({ undo, redo }) => {
    const done = act === "undo" ? _("Undone.") : _("Done again.");
    const left = act === "undo" ? ngettext("{n} more can be undone.", "{n} more can be undone.", undo)
      : ngettext("{n} more can be redone.", "{n} more can be redone.", redo);
    announce(`${done} ${left}`);
  }).catch(() => null);
  return true;
}

function toggleSuggestions() {
  if (!canCode()) return;
  view.suggestionsShown = !view.suggestionsShown;
  byId("suggestions-shown").setAttribute("aria-pressed", String(view.suggestionsShown));
  emit("suggestions-shown", view.suggestionsShown);
  announce(view.suggestionsShown ? _("Suggestions are shown.") : _("Suggestions are hidden."));
  if (!view.suggestionsShown && state.current?.kind === "suggestion") run("leave");
}

/** Light, dark, or as the system says: what is shown now decides what the button offers. */
const darkNow = () => (document.documentElement.dataset.theme
  ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

function turnTheme() {
  const next = darkNow() ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem(THEME, next);
  } catch {
    // It then holds for this visit.
  }
  nameTheme();
}

function nameTheme() {
  byId("theme").textContent = darkNow() ? _("Light") : _("Dark");
}
