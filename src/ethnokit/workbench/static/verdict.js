// The reviewer's verdict on the coding in focus: accept, ask for a change, refuse; a comment where one is owed.

import { announce, button, el } from "./dom.js";
import { decide } from "./gestures.js";
import { canReview, codeOf, emit, labelOf, state } from "./state.js";
import { reviewWords, textOf } from "./thread.js";
import { _ } from "./words.js";

/** Coding → {asks, text, trouble, sending}: what is being written outlives every redrawing. */
const drafts = new Map();
let meaningOpen = true;

const draftOf = (id) => {
  if (!drafts.has(id)) drafts.set(id, { asks: null, text: "", trouble: "", sending: false });
  return drafts.get(id);
};

export const isSending = (id) => drafts.get(id)?.sending ?? false;

/** What the code means, and the verdict; nothing but the meaning where no verdict may be given. */
export function verdictOf(coding, { documentId = state.doc?.id } = {}) {
  const root = el("section", { class: "verdict", "aria-label": _("Verdict"), dataset: { verdict: coding.id } });
  const draw = () => root.replaceChildren(...[meaningOf(coding), canReview() ? formOf(coding, documentId, draw) : null].filter(Boolean));
  draw();
  return root;
}

function meaningOf(coding) {
  const code = codeOf(coding.code);
  if (!code) return null;
  const list = (title, items) => (items.length > 0 ? [el("h3", {}, title), el("ul", {}, items.map((one) => el("li", {}, one)))] : null);
  const details = el("details", { class: "meaning-of", open: meaningOpen, on: { toggle: () => { meaningOpen = details.open; } } },
    el("summary", { dataset: { key: "meaning" } }, _("What the code means")),
    el("p", { class: "definition" }, code.definition || _("The codebook does not define it yet.")),
    list(_("Include"), code.include), list(_("Exclude"), code.exclude));
  return details;
}

function formOf(coding, documentId, draw) {
  const draft = draftOf(coding.id);
  const standing = reviewWords(coding);
  const choice = (key, verdict, label) => button([label, " ", el("kbd", { "aria-hidden": "true" }, key)], () => choose(coding, documentId, verdict), {
    class: `verdict-${verdict}`, "aria-pressed": String(draft.asks ? draft.asks === verdict : coding.review === verdict),
    "aria-keyshortcuts": key, "aria-disabled": String(draft.sending), dataset: { key: `verdict-${verdict}` },
  });
  return el("div", { class: "verdict-form" },
    el("h3", {}, _("Verdict"), standing ? el("span", { class: "soft" }, ` · ${standing}`) : null),
    el("div", { class: "verdicts", role: "group", "aria-label": _("Verdict on {code}", { code: labelOf(coding.code) }) },
      choice("a", "accepted", _("Accept")), choice("d", "change", _("Ask for a change")), choice("r", "refused", _("Refuse"))),
    draft.asks ? reasonForm(coding, documentId, draft, draw) : null,
    el("p", { class: "field-said", role: "status" }, draft.sending ? _("Being saved …") : ""),
    draft.asks || !draft.trouble ? null : el("p", { class: "field-said trouble", role: "alert" }, draft.trouble));
}

function reasonForm(coding, documentId, draft, draw) {
  const label = draft.asks === "change" ? _("What should be changed") : _("Why it is refused");
  const id = `reason-${coding.id}`;
  const close = () => {
    draft.asks = null;
    draw();
    emit("focus-panel");
  };
  const field = el("textarea", {
    id, rows: 3, value: draft.text, dataset: { key: id }, "aria-required": "true", "aria-describedby": `${id}-said`,
    "aria-invalid": draft.trouble ? "true" : null, readonly: draft.sending,
    on: {
      input: () => { draft.text = field.value; },
      keydown: (event) => {
        if (event.isComposing) return;
        if (event.key === "Enter" && !event.shiftKey) {
          event.preventDefault();
          form.requestSubmit();
        } else if (event.key === "Escape") {
          event.preventDefault();
          close();
        }
      },
    },
  });
  const send = el("button", { type: "submit", class: "primary", "aria-disabled": String(draft.sending), dataset: { key: `send-${coding.id}` } },
    draft.asks === "change" ? _("Ask for the change") : _("Refuse the coding"));
  const form = el("form", { class: "reason", on: { submit: (event) => { event.preventDefault(); give(coding, documentId, draft.asks, draft.text.trim()); } } },
    el("label", { for: id }, label), field,
    el("p", { class: "hint", id: `${id}-said` }, draft.trouble ? el("span", { class: "trouble", role: "alert" }, draft.trouble) : _("Enter sends, Shift+Enter begins a new line, Esc puts it aside.")),
    el("div", { class: "actions" }, button(_("Leave"), close, { dataset: { key: `leave-${coding.id}` } }), send));
  return form;
}

/** The key or the button of a verdict: accepting is done at once; the others ask for their reason first. */
export function choose(coding, documentId, verdict) {
  if (!canReview()) return false;
  const draft = draftOf(coding.id);
  if (draft.sending) return true;
  draft.trouble = "";
  if (verdict === "accepted") {
    give(coding, documentId, verdict, "");
    return true;
  }
  draft.asks = verdict;
  emit("open-panel");
  redrawn(coding.id);
  focusReason(coding.id);
  return true;
}

function focusReason(id) {
  const field = document.querySelector(`#panel [data-key="reason-${CSS.escape(id)}"]`);
  field?.focus();
  field?.form.scrollIntoView({ block: "nearest" });
}

async function give(coding, documentId, verdict, remark) {
  const draft = draftOf(coding.id);
  if (draft.sending) return;
  if (verdict !== "accepted" && !remark) {
    draft.trouble = verdict === "change" ? _("Say what should be changed.") : _("Say why it is refused.");
    redrawn(coding.id);
    focusReason(coding.id);
    return;
  }
  Object.assign(draft, { sending: true, trouble: "" });
  redrawn(coding.id);
  emit("verdict-sent", { id: coding.id });
  const now = state.codings.get(coding.id) ?? coding;
  try {
    const answer = await decide("verdict", { document: documentId, text: textOf(documentId), coding: now.id, revision: now.revision, verdict, remark }, { own: true });
    drafts.delete(coding.id);
    emit("verdict-given", { id: coding.id, verdict, coding: answer.changed.find((one) => one.id === coding.id) ?? null });
  } catch (error) {
    Object.assign(draft, { sending: false, trouble: [error.message, error.hint].filter(Boolean).join(" ") });
    redrawn(coding.id);
    if (error.kind === "stale") emit("stale");
    emit("verdict-refused", { id: coding.id });
    announce(draft.trouble);
  }
}

/** The coding's card draws its verdict anew. */
const redrawn = (id) => emit("codings", { ids: new Set([id]) });
