// A dialog that holds words of its own does not close before these are saved or given up on purpose.

import { button, el } from "./dom.js";
import { _ } from "./words.js";

/**
 * Watch over a dialog: Esc and its close button ask first while `dirty()`; leaving the page warns. `question` says what
 * would be lost. Adds `dialog.requestCloseIfSaved()` for other ways out.
 */
export function guard(dialog, { dirty, close, question }) {
  const asks = el("div", { class: "asks-before-closing", role: "alertdialog", "aria-label": question, hidden: true },
    el("p", {}, question),
    el("div", { class: "actions" },
      button(_("Continue writing"), () => back()),
      button(_("Give it up"), () => close(), { class: "danger" })));
  let before = null;

  function back() {
    asks.hidden = true;
    // Who goes on writing wants the field, not the button that was on the way out.
    (before?.isConnected && before.matches("textarea, input, select") ? before : dialog.querySelector("textarea:not([readonly]), input"))?.focus();
  }

  function leave(event) {
    if (!asks.hidden) {
      event?.preventDefault();
      back();
      return;
    }
    if (!dirty()) {
      if (!event || event.type === "keydown") close();
      return;
    }
    event?.preventDefault();
    event?.stopPropagation();
    before = document.activeElement;
    asks.hidden = false;
    asks.querySelector("button").focus();
  }

  dialog.requestCloseIfSaved = () => leave(null);
  // Esc as a key, because a browser closes a dialog at the second Esc whatever `cancel` says.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    leave(event);
  });
  dialog.addEventListener("cancel", (event) => event.target === dialog && dirty() && leave(event));
  dialog.addEventListener("click", (event) => event.target.closest(".close") && dirty() && leave(event), true);
  const warn = (event) => dirty() && event.preventDefault();
  window.addEventListener("beforeunload", warn);
  dialog.addEventListener("close", () => window.removeEventListener("beforeunload", warn));
  dialog.append(asks);
}
