// Decisions on their way to the disk: one at a time, in order, each with the id of its gesture. The server writes a
// gesture once however often it is sent, so that a gesture whose answer was lost can safely be sent again.

import { post, Refused, Unreachable } from "./api.js";
import { emit, state, takeAnswer } from "./state.js";

const PAUSES = [1000, 2000, 3000, 5000];

/** Refusals that pass: the disk is full, the session ended. The decision is kept and sent again. */
const PASSING = new Set(["disk", "forbidden"]);

const waiting = [];
let sending = false;
let failures = 0;
let timer = null;
let obstacle = null;

/** How many decisions are not on disk yet. */
export const unsaved = () => waiting.length;

/**
 * Send one decision. Resolves with the server's answer once it is on disk, rejects with `Refused` when the decision
 * is not possible. While the server is gone the promise stays open and the decision is sent again by itself.
 * `fields.document` and `fields.text` default to the open document's. `own`: the caller shows a refusal itself.
 */
export function decide(act, fields = {}, { own = false } = {}) {
  const gesture = { gesture: crypto.randomUUID(), document: state.doc?.id, text: state.doc?.text, act, ...fields };
  return new Promise((resolve, reject) => {
    waiting.push({ gesture, resolve, reject, own });
    tell();
    pump();
  });
}

/** What waits behind was decided on what this gesture made of a coding, not on an older state of it. */
function bringUpToDate({ coding, revision }, { changed }) {
  const now = changed.find((one) => one.id === coding);
  if (!now || !revision) return;
  for (const { gesture } of waiting) {
    if (gesture.coding === coding && gesture.revision === revision) gesture.revision = now.revision;
  }
}

/** Try again now (the button of the banner). */
export function retry() {
  clearTimeout(timer);
  timer = null;
  pump();
}

async function pump() {
  if (sending || timer || waiting.length === 0) return;
  sending = true;
  const first = waiting[0];
  try {
    const answer = await post("/api/decisions", first.gesture);
    failures = 0;
    obstacle = null;
    waiting.shift();
    await saved(first, answer);
  } catch (error) {
    if (error instanceof Unreachable || PASSING.has(error.kind)) later(error);
    else refused(waiting.shift(), error);
  } finally {
    sending = false;
    tell();
    if (!timer) pump();
  }
}

/** What is on disk is on disk, whatever goes wrong while it is shown. */
async function saved({ gesture, resolve }, answer) {
  try {
    bringUpToDate(gesture, answer);
    await takeAnswer(gesture.document, answer);
  } catch (error) {
    reportError(error);
  }
  resolve(answer);
}

/** Give up what waits (a button beside the retry): the server will not take it. */
export function giveUp() {
  const error = obstacle;
  for (const one of waiting.splice(0)) one.reject(error);
  failures = 0;
  obstacle = null;
  tell();
}

function later(error) {
  obstacle = error;
  timer = setTimeout(retry, PAUSES[Math.min(failures, PAUSES.length - 1)]);
  failures += 1;
}

function refused(one, error) {
  failures = 0;
  obstacle = null;
  if (error.kind === "stale") emit("stale");
  if (error instanceof Refused && !one.own) emit("refused", { error, act: one.gesture.act });
  one.reject(error);
}

function tell() {
  emit("saving", { waiting: waiting.length, stuck: failures > 0, obstacle });
}

window.addEventListener("beforeunload", (event) => {
  if (waiting.length > 0) event.preventDefault();
});
