// What the page knows: the study, the open document, its codings, what is in focus. Others listen, nobody polls.

import { get } from "./api.js";

export const state = {
  study: null,
  doc: null,
  codings: new Map(),
  suggestions: [],
  /** "loading" while the server looks for them, "ready", or "failed". */
  suggesting: "ready",
  /** What is in focus: {kind: "coding" | "suggestion", id}, or null. */
  current: null,
  /** The passage that is chosen and not coded yet: {start, end, quote}, or null. */
  passage: null,
  selectedCode: null,
  role: document.documentElement.dataset.role || "coder",
  readOnly: document.documentElement.dataset.readOnly === "true",
  by: document.documentElement.dataset.by || "",
};

const listeners = new Map();
let codesById = new Map();
let documentsById = new Map();

/**
 * Names: study, document (detail {opened: true when another document was opened, before, at, coding}),
 * codings ({ids: Set or null for all}), suggestions, current, passage, code, saving, server, refused.
 */
export function on(name, fn) {
  if (!listeners.has(name)) listeners.set(name, new Set());
  listeners.get(name).add(fn);
  return () => listeners.get(name).delete(fn);
}

export function emit(name, detail = null) {
  for (const fn of listeners.get(name) ?? []) fn(detail);
}

export const codeOf = (id) => codesById.get(id) ?? null;
export const documentOf = (id) => documentsById.get(id) ?? null;
export const structureOf = (id) => state.study?.structures.find((one) => one.id === id) ?? null;
export const canCode = () => state.role === "coder" && !state.readOnly;
export const canReview = () => state.role === "reviewer" && !state.readOnly;

/** The family of a code: the topmost code above it, itself when it stands at the top. */
export function familyOf(id) {
  let code = codeOf(id);
  const seen = new Set();
  while (code?.parent && codeOf(code.parent) && !seen.has(code.id)) {
    seen.add(code.id);
    code = codeOf(code.parent);
  }
  return code;
}

/** True when `id` is `above`, or stands somewhere below it in the codebook. */
export function isUnder(id, above) {
  let code = codeOf(id);
  for (let depth = 0; code && depth < 50; depth += 1) {
    if (code.id === above) return true;
    code = code.parent ? codeOf(code.parent) : null;
  }
  return id === above;
}

/** Label of a code for people; its id when the codebook does not know it. */
export const labelOf = (id) => codeOf(id)?.label ?? id;

export function colourOf(id) {
  return codeOf(id)?.colour || familyOf(id)?.colour || "#6b6b6b";
}

export async function refreshStudy() {
  const study = await get("/api/study");
  state.study = study;
  state.role = study.role;
  state.readOnly = study.readOnly;
  state.by = study.by;
  codesById = new Map(study.codebook.codes.map((code) => [code.id, code]));
  documentsById = new Map(study.documents.map((one) => [one.id, one]));
  emit("study");
  return study;
}

let opening = 0;
let ahead = null;

const pathOf = (id) => `/api/documents/${encodeURIComponent(id)}`;

/** Ask for a document that will be opened right away; should it fail, opening it asks again and says why. */
export function askAhead(id) {
  ahead = { id, answer: get(pathOf(id)).catch(() => null) };
}

async function askFor(id) {
  const early = ahead?.id === id ? await ahead.answer : null;
  ahead = null;
  return early ?? get(pathOf(id));
}

/** Open a document; `at`: offset to show, `coding`: id of the coding to put in focus. */
export async function openDocument(id, { at = null, coding = null } = {}) {
  const mine = ++opening;
  if (state.doc?.id === id) {
    if (coding) setCurrent({ kind: "coding", id: coding });
    if (at !== null || coding) emit("show", { at, coding });
    return;
  }
  const doc = await askFor(id);
  if (mine !== opening) return;
  state.current = null;
  state.passage = null;
  takeDocument(doc, { opened: true, at, coding });
  emit("passage");
  setCurrent(coding && state.codings.has(coding) ? { kind: "coding", id: coding } : null);
  // Suggestions may take seconds the first time; reading and coding do not wait for them.
  refreshSuggestions();
}

/** Ask for the open document anew: its text was edited. Reading place and passage are kept by those who listen. */
export async function reloadDocument() {
  if (!state.doc) return;
  const mine = opening;
  const doc = await get(pathOf(state.doc.id));
  if (mine !== opening) return;
  takeDocument(doc, { opened: false });
  refreshSuggestions();
}

function takeDocument(doc, detail) {
  const before = state.doc;
  state.doc = doc;
  state.codings = new Map(doc.codings.map((coding) => [coding.id, coding]));
  if (detail.opened) state.suggestions = [];
  emit("document", { ...detail, before });
  emit("codings", { ids: null });
  dropWhatIsGone();
}

/** What a decision changed, from the server's answer; codings are asked anew when another hand wrote in between. */
export async function takeAnswer(documentId, answer) {
  if (state.doc?.id === documentId) {
    withoutDecided(answer.decided ?? []);
    if (answer.since === state.doc.version) {
      for (const coding of answer.changed) state.codings.set(coding.id, coding);
      for (const id of answer.gone) state.codings.delete(id);
      Object.assign(state.doc, { version: answer.version, undo: answer.undo, redo: answer.redo });
      emit("codings", { ids: new Set([...answer.changed.map((one) => one.id), ...answer.gone]) });
      dropWhatIsGone();
    } else {
      await refreshCodings().catch(() => null);
      refreshSuggestions();
    }
    if (answer.restored) refreshSuggestions();
  }
  emit("decided", { document: documentId, answer });
}

function withoutDecided(ids) {
  if (ids.length === 0) return;
  // A list that was asked for before this decision still has it.
  asked += 1;
  state.suggestions = state.suggestions.filter((one) => !ids.includes(one.id));
  emit("suggestions");
}

/** The codings of the open document anew (another tab, or the reviewer, wrote). A changed text is a new document. */
export async function refreshCodings() {
  if (!state.doc) return;
  const { id } = state.doc;
  const answer = await get(`${pathOf(id)}/codings`);
  if (state.doc?.id !== id) return;
  if (answer.text !== state.doc.text) {
    await reloadDocument();
    return;
  }
  state.codings = new Map(answer.codings.map((coding) => [coding.id, coding]));
  Object.assign(state.doc, { version: answer.version, undo: answer.undo, redo: answer.redo });
  emit("codings", { ids: null });
  dropWhatIsGone();
}

/** How often suggestions were asked for, or decided: an answer that was overtaken is not taken. */
let asked = 0;
let asking = 0;

export async function refreshSuggestions() {
  if (!state.doc || !canCode()) return;
  const { id } = state.doc;
  const mine = ++asked;
  asking += 1;
  // Those that are shown stay until the new ones are there.
  if (state.suggestions.length === 0) state.suggesting = "loading";
  emit("suggestions");
  let found = null;
  try {
    found = await get(`${pathOf(id)}/suggestions`);
  } catch {
    // The text can be read and coded without them; the panel says that they are missing.
  }
  asking -= 1;
  if (state.doc?.id !== id) return;
  if (mine !== asked) {
    // Overtaken: by another question, which will be answered, or by a decision, after which it is asked again.
    if (!asking) refreshSuggestions();
    return;
  }
  const fits = found !== null && found.text === state.doc.text;
  state.suggesting = fits ? "ready" : "failed";
  state.suggestions = fits ? [...found.suggestions].sort((a, b) => a.start - b.start || a.end - b.end) : [];
  emit("suggestions");
  dropWhatIsGone();
}

function dropWhatIsGone() {
  const { current } = state;
  if (!current || itemOf(current)) return;
  setCurrent(null);
}

/** The coding or suggestion that `current` speaks of, or null. */
export function itemOf(current) {
  if (!current) return null;
  if (current.kind === "coding") return state.codings.get(current.id) ?? null;
  return state.suggestions.find((one) => one.id === current.id) ?? null;
}

/** Put a coding or a suggestion in focus; `scroll` false leaves the text where it is. */
export function setCurrent(current, { scroll = true } = {}) {
  state.current = current;
  emit("current", { scroll });
}

/** Choose a passage ({start, end}; the quote is read from the text), or null. */
export function setPassage(passage, { scroll = false } = {}) {
  state.passage = passage && { ...passage, quote: state.doc.body.slice(passage.start, passage.end) };
  emit("passage", { scroll });
}

/** Show what a code means and where it stands; null shows the whole codebook. */
export function selectCode(id) {
  state.selectedCode = id;
  emit("code");
}

/** Codings in reading order, the longest first where several begin together. */
export function codingsInOrder() {
  return [...state.codings.values()].sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
}

/** True when the coding stands in the text (a lost or ambiguous one waits beside it). */
export const stands = (coding) => coding.state === "exact" || coding.state === "moved" || coding.state === "changed";
