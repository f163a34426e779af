// The memo on a document or on a code: Markdown in a plain field, saved with the hash of what was read. Typed text is
// never lost: not when the server is gone, not when the file was changed by another hand, not at Esc.

import { get, post, Unreachable } from "./api.js";
import { announce, button, el, openDialog } from "./dom.js";
import { documentOf, emit, labelOf, on, state } from "./state.js";
import { guard } from "./unsaved.js";
import { _ } from "./words.js";

const pathOf = (kind, id) => `/api/memos/${kind}/${encodeURIComponent(id)}`;

/** The memo as it is on disk: {path, text, hash, exists}. */
export const readMemo = (kind, id) => get(pathOf(kind, id));

/** Open the memo on a document or a code (`kind`: "document" or "code"). `onSaved(memo)` after each saving. */
export async function show(kind, id, { onSaved = () => {} } = {}) {
  if (document.querySelector("dialog.memo")) return;
  let saved;
  try {
    saved = await readMemo(kind, id);
  } catch (error) {
    emit("refused", { error, act: "memo" });
    return;
  }
  if (document.querySelector("dialog.memo")) return;
  open({ kind, id, saved, onSaved });
}

function open({ kind, id, saved, onSaved }) {
  const memo = { kind, id, saved, sending: false, onSaved };
  const parts = partsOf(memo);
  parts.field.value = saved.text;
  const name = kind === "code" ? labelOf(id) : documentOf(id)?.title ?? id;
  const { dialog, close } = openDialog(_("Memo on “{name}”", { name }), parts.element, {
    className: "memo", closeLabel: _("Close"), onClose: () => stop(),
  });
  const dirty = () => !state.readOnly && parts.field.value !== memo.saved.text;
  guard(dialog, { dirty, close, question: _("This memo holds words that are not saved.") });
  parts.leave.addEventListener("click", () => dialog.requestCloseIfSaved());
  parts.field.addEventListener("input", () => { grow(parts.field); tell(memo, parts, dirty() ? "unsaved" : "same"); });
  dialog.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || !(event.key === "Enter" || event.key.toLowerCase() === "s")) return;
    event.preventDefault();
    save(memo, parts);
  });
  const stop = on("passage", () => offerQuote(parts));
  offerQuote(parts);
  grow(parts.field);
  tell(memo, parts, "same");
  parts.field.focus();
  parts.field.setSelectionRange(parts.field.value.length, parts.field.value.length);
}

function partsOf(memo) {
  const parts = {
    field: el("textarea", { id: "memo-text", rows: 10, spellcheck: "true", "aria-describedby": "memo-hint memo-said", readonly: state.readOnly }),
    said: el("p", { id: "memo-said", class: "field-said", role: "status" }),
    other: el("div", { class: "memo-other", hidden: true }),
    quote: button(_("Quote the selected passage"), () => insertQuote(parts.field)),
    save: button(_("Save"), () => save(memo, parts), { class: "primary" }),
    leave: button(_("Close"), () => {}),
  };
  const yours = el("div", { class: "memo-yours" }, el("label", { for: "memo-text" }, state.readOnly ? _("Text of the memo") : _("Your text")), parts.field);
  parts.element = el("div", { class: "fields" },
    el("p", { id: "memo-hint", class: "hint" }, _("Markdown."), " ", el("span", { class: "path" }, memo.saved.path)),
    el("div", { class: "versions" }, parts.other, yours),
    parts.said,
    el("div", { class: "actions" }, state.readOnly ? null : parts.quote, parts.leave, state.readOnly ? null : parts.save));
  return parts;
}

async function save(memo, parts, hash = memo.saved.hash) {
  if (memo.sending || state.readOnly) return;
  const text = parts.field.value;
  memo.sending = true;
  tell(memo, parts, "saving");
  try {
    memo.saved = { ...await post(pathOf(memo.kind, memo.id), { text, hash }), text };
    settle(parts);
    tell(memo, parts, parts.field.value === text ? "saved" : "unsaved");
    memo.onSaved(memo.saved);
  } catch (error) {
    if (error.kind === "stale" && error.data?.current) compare(memo, parts, error.data.current);
    else tell(memo, parts, error instanceof Unreachable ? "gone" : "refused", [error.message, error.hint].filter(Boolean).join(" "));
  } finally {
    memo.sending = false;
    parts.save.removeAttribute("aria-disabled");
  }
}

function tell(memo, parts, how, message = "") {
  const words = {
    same: "", unsaved: _("Not saved yet."), saving: _("Being saved …"), saved: _("Saved."),
    gone: _("The server does not answer: the memo is not saved. Your text stays here; press “Save” again in a moment."),
    refused: _("Not saved. {why}", { why: message }),
    stale: _("The memo was changed elsewhere since you opened it. Choose what shall stand."),
  };
  parts.said.textContent = words[how];
  parts.said.classList.toggle("trouble", ["gone", "refused", "stale"].includes(how));
  if (how === "saving") parts.save.setAttribute("aria-disabled", "true");
}

/** Both versions side by side; nothing is written before the person chose. */
function compare(memo, parts, current) {
  const theirs = el("textarea", { id: "memo-other-text", readonly: true, value: current.text });
  const mine = parts.field.value;
  parts.other.replaceChildren(
    el("label", { for: theirs.id }, _("In the file now")), theirs,
    el("div", { class: "actions", role: "group", "aria-label": _("What shall stand") },
      button(_("Keep my text"), () => save(memo, parts, current.hash)),
      button(_("Keep the file’s text"), () => take(memo, parts, current, current.text)),
      button(_("Join both"), () => take(memo, parts, current, joined(current.text, mine)))));
  parts.other.hidden = false;
  parts.save.hidden = true;
  parts.element.closest("dialog")?.classList.add("wide");
  grow(theirs);
  grow(parts.field);
  tell(memo, parts, "stale");
  parts.other.querySelector("button").focus();
}

function take(memo, parts, current, text) {
  const mine = parts.field.value;
  memo.saved = current;
  settle(parts);
  replaceAll(parts.field, text);
  grow(parts.field);
  tell(memo, parts, text === current.text ? "same" : "unsaved");
  if (text === current.text && mine !== text) offerBack(parts, mine);
  parts.field.focus();
}

/** The text that the file's took the place of can be had again as long as the dialog is open. */
function offerBack(parts, mine) {
  const again = button(_("Bring my text back"), () => { replaceAll(parts.field, mine); again.remove(); parts.field.focus(); });
  parts.said.after(again);
}

function settle(parts) {
  const held = parts.other.contains(document.activeElement);
  parts.other.replaceChildren();
  parts.other.hidden = true;
  parts.save.hidden = false;
  parts.element.closest("dialog")?.classList.remove("wide");
  if (held) parts.field.focus();
}

/** Their lines, then those of mine that are not among them; in the order of each. */
export function joined(theirs, mine) {
  const known = new Set(theirs.split("\n").map((line) => line.trim()).filter(Boolean));
  const more = mine.split("\n").filter((line) => !known.has(line.trim()));
  const text = more.join("\n").replace(/\n{3,}/g, "\n\n").trim();
  return text ? `${theirs.trimEnd()}\n\n${text}\n` : theirs;
}

function offerQuote(parts) {
  parts.quote.hidden = !state.passage;
}

/** The selected passage as a Markdown quote, with the document and the turn it is from, where the caret stands. */
function insertQuote(field) {
  if (!state.passage) return;
  const before = field.value.slice(0, field.selectionStart);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  typeIn(field, `${gap}${quoted(state.passage)}\n\n`);
  announce(_("The passage is quoted in the memo."));
}

export function quoted(passage, doc = state.doc) {
  const row = doc.rows.find((one) => one.end > passage.start);
  const from = row?.n ? _("{document}, turn {n}", { document: doc.id, n: row.n }) : doc.id;
  return [...passage.quote.trim().split("\n").map((line) => `> ${line.trim()}`.trimEnd()), ">", `> — ${from}`].join("\n");
}

function replaceAll(field, text) {
  field.focus();
  field.select();
  typeIn(field, text);
}

/** As if typed, so that the browser's own undo takes it back. */
function typeIn(field, text) {
  field.focus();
  if (!text || !document.execCommand?.("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}
