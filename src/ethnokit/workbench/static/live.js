// What happens elsewhere, as it happens: another tab, the reviewer, an editor, the server stopping and coming back.

import { announce } from "./dom.js";
import { retry, unsaved } from "./gestures.js";
import { emit, on, refreshCodings, refreshStudy, refreshSuggestions, reloadDocument, state } from "./state.js";
import { _ } from "./words.js";

let source = null;
let boot = null;
let up = true;
let again = null;
let studySoon = null;
let reading = Promise.resolve();

export function listen() {
  connect();
  on("decided", studyLater);
  on("stale", () => inOrder(async () => {
    await refreshCodings();
    await refreshSuggestions();
  }));
}

function connect() {
  source?.close();
  source = new EventSource("/api/events");
  source.onmessage = (event) => take(JSON.parse(event.data));
  source.onerror = gone;
}

function gone() {
  if (up) {
    up = false;
    emit("server", { up });
    announce(_("The server does not answer."));
  }
  // A browser gives up for good when the server answers with an error; then it is tried again from here.
  if (source.readyState === EventSource.CLOSED) {
    clearTimeout(again);
    again = setTimeout(connect, 2000);
  }
}

function take(message) {
  const { kind } = message;
  if (kind === "hello") back(message);
  else if (kind === "study") {
    studyLater();
    inOrder(refreshSuggestions);  // other words in the codebook propose otherwise
  }
  else if (kind === "codings") {
    studyLater();
    if (message.document === state.doc?.id) inOrder(() => codingsIfNewer(message));
  } else if (kind === "text" && message.document === state.doc?.id) {
    inOrder(() => (message.text === state.doc?.text ? null : reloadDocument()));
  }
}

function back({ boot: now }) {
  const restarted = boot !== null && boot !== now;
  const wasGone = !up;
  boot = now;
  up = true;
  if (wasGone) {
    emit("server", { up });
    announce(_("The server answers again."));
  }
  if (restarted || wasGone) {
    // Whatever happened meanwhile was not heard.
    inOrder(async () => {
      retry();
      await refreshStudy();
      await refreshCodings();
      if (state.suggesting === "failed") await refreshSuggestions();
    });
  }
}

/** Own decisions come back as news, too; while some are on their way their own answers tell more. */
async function codingsIfNewer(message) {
  if (unsaved() > 0) {
    setTimeout(() => inOrder(() => codingsIfNewer(message)), 300);
    return;
  }
  if (message.document !== state.doc?.id || message.version === state.doc.version) return;
  await refreshCodings();
  if (message.suggestions) await refreshSuggestions();
}

/** One after the other, so that an older answer never overwrites a newer one. */
function inOrder(fn) {
  reading = reading.then(fn).catch(() => null);
  return reading;
}

function studyLater() {
  clearTimeout(studySoon);
  studySoon = setTimeout(() => inOrder(refreshStudy), 400);
}
