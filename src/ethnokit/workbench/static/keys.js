// The commands of the page and the keys that call them. Modules say what a command does with `handle`; this module
// decides when a key means a command: never in a field, never in a dialog, letters only while no passage is chosen.

import { byId, el, openDialog, typing } from "./dom.js";
import { canReview, state } from "./state.js";
import { _ } from "./words.js";

const handlers = new Map();

/** Say what a command does; a later handler of the same name takes its place. Returns false when it had nothing to do. */
export function handle(command, fn) {
  handlers.set(command, fn);
}

/** Do a command; true when somebody did something. */
export function run(command, event = null) {
  const fn = handlers.get(command);
  return Boolean(fn) && fn(event) !== false;
}

/** The handler of a letter, by role: a reviewer's letters are verdicts. */
const LETTERS = {
  coder: { n: "next", N: "previous", a: "accept", r: "refuse", c: "change", m: "memo", s: "hide-suggestions" },
  reviewer: { n: "next", N: "previous", a: "accept", d: "ask", r: "refuse", t: "answer", m: "memo" },
};

const ARROWS = {
  ArrowDown: "next-turn", ArrowUp: "previous-turn",
  ArrowRight: "next-sentence", ArrowLeft: "previous-sentence",
  "Shift+ArrowRight": "end-later", "Shift+ArrowLeft": "end-earlier",
  "Shift+ArrowDown": "end-sentence-later", "Shift+ArrowUp": "end-sentence-earlier",
  "Alt+Shift+ArrowRight": "start-later", "Alt+Shift+ArrowLeft": "start-earlier",
};

export function mountKeys() {
  document.addEventListener("keydown", pressed);
  handle("help", help);
}

function pressed(event) {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  const target = event.target;
  if (isUndo(event)) {
    // In a field that holds words of one's own, undo belongs to these words.
    if (typing(target) && target.value && !target.matches("[data-page-undo]")) return;
    done(event, run(wantsRedo(event) ? "redo" : "undo", event));
    return;
  }
  if (event.ctrlKey || event.metaKey || typing(target)) return;
  const command = commandOf(event, target);
  if (command) done(event, run(command, event));
}

function done(event, something) {
  if (something) event.preventDefault();
}

const isUndo = (event) => (event.ctrlKey || event.metaKey) && !event.altKey && /^[zy]$/i.test(event.key);
const wantsRedo = (event) => event.key.toLowerCase() === "y" || event.shiftKey;

/** Lists and tabs move by arrows themselves; the arrows of the text are for the text and what has no arrows. */
const ownArrows = (target) => target.closest?.("[role=tablist], [role=listbox], [role=tree], [role=grid], [data-own-keys], select, summary, input[type=radio]");

function commandOf(event, target) {
  const { key } = event;
  if (key.startsWith("Arrow")) {
    if (ownArrows(target)) return null;
    return ARROWS[`${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${key}`] ?? null;
  }
  if (event.altKey) return null;
  if (key === "Escape") return "leave";
  if (key === "Delete") return "remove";
  if (key === "?") return "help";
  if (/^[1-9]$/.test(key)) return `recent-${key}`;
  // Enter and space press a button that has the focus.
  if (key === "Enter") return target.closest?.("button, a, summary, [role=tab], [data-own-keys]") ? null : "choose-code";
  if (key.length !== 1 || !/\p{L}/u.test(key) || target.closest?.("[role=listbox], [role=tree]")) return null;
  if (state.passage && !canReview()) return "type-code";
  return LETTERS[state.role === "reviewer" ? "reviewer" : "coder"][key] ?? null;
}

const keysOf = (...keys) => keys.map((key) => el("kbd", {}, key));

function helpRows() {
  const reading = [
    [keysOf("↓", "↑"), _("Next and previous turn")],
    [keysOf("→", "←"), _("The next or previous sentence becomes the passage")],
    [keysOf("Shift+→", "Shift+←"), _("Passage one word longer or shorter at its end")],
    [keysOf("Alt+Shift+→", "Alt+Shift+←"), _("Passage one word shorter or longer at its beginning")],
    [keysOf("Shift+↓", "Shift+↑"), _("Passage one sentence longer or shorter")],
    [keysOf("Tab"), _("From a turn to its codings, then to the panel")],
    [keysOf("Esc"), _("Leave the passage, or what is in focus")],
    [keysOf("?"), _("This help")],
  ];
  const coding = [
    [keysOf("Enter", _("a letter")), _("Open the code field for the passage")],
    [keysOf("Enter"), _("In the code field: apply the code; the passage stays for a second one")],
    [keysOf("1", "…", "9"), _("Apply a recent code to the passage")],
    [keysOf("n", "Shift+n"), _("Next and previous undecided suggestion")],
    [keysOf("a", "r", "c"), _("Accept, refuse, or change the suggestion in focus")],
    [keysOf("s"), _("Show or hide suggestions")],
    [keysOf("m"), _("Memo of the coding in focus, or of the document")],
    [keysOf("Delete"), _("Remove the coding in focus")],
    [keysOf("Ctrl+Z", "Ctrl+Y"), _("Undo and redo, without limit, also after a restart")],
  ];
  const reviewing = [
    [keysOf("n", "Shift+n"), _("Next and previous coding in the queue")],
    [keysOf("a", "d", "r"), _("Accept, ask for a change, or refuse")],
    [keysOf("t"), _("Answer in the thread")],
    [keysOf("m"), _("Memo of the document")],
    [keysOf("Ctrl+Z", "Ctrl+Y"), _("Undo and redo, without limit, also after a restart")],
  ];
  const second = state.role === "reviewer" ? [_("Reviewing"), reviewing] : [_("Coding"), coding];
  return [[_("Reading and choosing a passage"), reading], ...(state.readOnly ? [] : [second])];
}

function help() {
  if (document.querySelector("dialog.help")) return false;
  const parts = helpRows().map(([title, rows]) => el("section", {}, el("h3", {}, title),
    el("dl", { class: "keys" }, rows.map(([keys, does]) => el("div", {}, el("dt", {}, keys), el("dd", {}, does))))));
  openDialog(_("Keys"), el("div", { class: "columns" }, parts), { className: "help", closeLabel: _("Close") });
  return true;
}

export const pressHelp = () => byId("help")?.addEventListener("click", () => run("help"));
