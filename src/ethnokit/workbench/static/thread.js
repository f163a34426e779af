// What was said of one coding, in the order of time, and a field to answer; used in the coder's and the reviewer's role.

import { el } from "./dom.js";
import { decide } from "./gestures.js";
import { state } from "./state.js";
import { _, day } from "./words.js";

/** Coding → {text, sending, trouble}: answers that are not on disk yet outlive every redrawing of the page. */
const drafts = new Map();
let fields = 0;

/** A verdict as a sentence's end: “tutor · asks for a change”. */
export function verdictWords(verdict) {
  return {
    accepted: _("accepts"),
    change: _("asks for a change"),
    refused: _("refuses"),
  }[verdict] ?? "";
}

/** Where the review of a coding stands, in words; an empty string when nobody looked at it yet. */
export function reviewWords(coding) {
  return {
    accepted: _("Accepted"),
    change: _("A change is asked"),
    refused: _("Refused"),
    pending: _("Changed since the verdict"),
  }[coding.review] ?? "";
}

/** The remarks on a coding and the field to answer. `documentId`: of its document, by default the open one. */
export function threadOf(coding, { documentId = state.doc?.id, heading = true } = {}) {
  const remarks = coding.remarks ?? [];
  const title = el("h3", { class: heading ? "thread-title" : "for-readers" }, _("Remarks"));
  return el("section", { class: "thread", "aria-label": _("Remarks") }, title,
    remarks.length > 0 ? el("ol", {}, remarks.map(remarkOf)) : el("p", { class: "soft" }, _("Nobody has said anything of this coding yet.")),
    state.readOnly ? null : answerForm(coding, documentId));
}

function remarkOf(remark) {
  const words = verdictWords(remark.verdict);
  return el("li", { class: `remark ${remark.verdict ?? "comment"}` },
    el("p", { class: "remark-head" }, el("strong", {}, remark.by), " ",
      words ? el("span", { class: "verdict-words" }, words) : null, " ",
      el("time", { datetime: remark.at }, day(remark.at, { hour: true }))),
    remark.text ? el("p", { class: "remark-text" }, remark.text) : null,
    remark.current ? null : el("p", { class: "soft earlier" }, _("on an earlier state of this coding")));
}

function answerForm(coding, documentId) {
  const draft = drafts.get(coding.id) ?? { text: "", sending: false, trouble: "" };
  const id = `thread-${(fields += 1)}`;
  const field = el("textarea", {
    id, rows: 2, dataset: { key: `answer-${coding.id}`, answer: coding.id },
    value: draft.text, "aria-describedby": `${id}-said`,
    on: {
      input: () => { draft.text = field.value; drafts.set(coding.id, draft); },
      keydown: (event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        form.requestSubmit();
      },
    },
  });
  const said = el("p", { id: `${id}-said`, class: "field-said", role: "status" }, draft.trouble);
  const send = el("button", { type: "submit", dataset: { key: `answer-send-${coding.id}` } }, _("Answer"));
  const form = el("form", { class: "answer", on: { submit: (event) => { event.preventDefault(); answer(coding, documentId, draft, show); } } },
    el("label", { for: id }, _("Answer in the thread")), field, el("div", { class: "line" }, send, said));
  const show = () => {
    field.readOnly = draft.sending;
    send.setAttribute("aria-disabled", String(draft.sending));
    said.textContent = draft.sending ? _("Being saved …") : draft.trouble;
    said.classList.toggle("trouble", Boolean(draft.trouble));
    if (field.value !== draft.text) field.value = draft.text;
  };
  show();
  return form;
}

async function answer(coding, documentId, draft, show) {
  const text = draft.text.trim();
  if (draft.sending) return;
  if (!text) {
    draft.trouble = _("Write your answer first.");
    show();
    return;
  }
  Object.assign(draft, { sending: true, trouble: "" });
  drafts.set(coding.id, draft);
  show();
  try {
    await decide("comment", { document: documentId, text: textOf(documentId), coding: coding.id, remark: text }, { own: true });
    drafts.delete(coding.id);
    draft.text = "";
  } catch (error) {
    draft.trouble = error.message;
  }
  draft.sending = false;
  show();
}

/** The text that the page has seen of a document; undefined when it is not the open one. */
export const textOf = (documentId) => (state.doc?.id === documentId ? state.doc.text : undefined);

/** Put the caret into the shown field that answers a coding; false when there is none. */
export function focusAnswer(coding, root = document) {
  const shown = [...root.querySelectorAll("textarea[data-answer]")]
    .filter((field) => field.dataset.answer === coding && field.getClientRects().length > 0);
  shown[0]?.focus();
  return shown.length > 0;
}
