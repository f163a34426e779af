// The page is put together here: words first, then the study, then every part in its place.

import { Refused } from "./api.js";
import { byId, el } from "./dom.js";
import { mountHeader } from "./header.js";
import { mountKeys } from "./keys.js";
import { listen } from "./live.js";
import { mountNotices } from "./notices.js";
import { mountPanel } from "./panel.js";
import { mountPassage } from "./passage.js";
import { askAhead, emit, on, openDocument, refreshStudy, state } from "./state.js";
import { mountTabs } from "./tabs.js";
import { mountText } from "./text.js";
import { _, loadWords } from "./words.js";
import * as codebook from "./codebook.js";
import * as documents from "./documents.js";
import * as review from "./review.js";

const LAST = "ethnokit.document";

async function start() {
  const study = refreshStudy();
  study.catch(() => null);
  // Asked at once, so that the text is there when the rest is.
  const first = asked() ?? remembered();
  if (first) askAhead(first.id);
  // Without its words the page speaks English; it must not stay blank for that.
  await loadWords().catch(() => null);
  mountKeys();
  mountTabs();
  mountHeader();
  mountNotices();
  mountText(byId("document"));
  mountPassage();
  mountPanel(byId("panel"));
  on("document", remember);
  window.addEventListener("hashchange", () => follow(asked()));
  try {
    await study;
    emit("study");
  } catch (error) {
    fail(error);
    return;
  }
  listen();
  // The text comes first: it can be read while the lists beside it are drawn.
  await follow(asked() ?? remembered() ?? nextToDo());
  documents.mount(byId("documents"));
  codebook.mount(byId("codebook"));
  if (byId("queue")) review.mount(byId("queue"));
  emit("ready");
  performance.mark("ethnokit-ready");
  document.documentElement.dataset.ready = "true";
}

/** The document that the address names: `#/ent-bernache-01` or `#/ent-bernache-01/120` for a place in it. */
function asked() {
  const match = /^#\/([^/]+)(?:\/(\d+))?$/.exec(location.hash);
  return match ? { id: decodeURIComponent(match[1]), at: match[2] ? Number(match[2]) : null } : null;
}

function remembered() {
  try {
    const id = localStorage.getItem(LAST);
    return id ? { id } : null;
  } catch {
    return null;
  }
}

function nextToDo() {
  const all = state.study.documents;
  const next = all.find((one) => one.state === "in_progress") ?? all.find((one) => one.state === "to_code") ?? all[0];
  return next ? { id: next.id } : null;
}

async function follow(place) {
  if (!state.study) return;
  const known = place && state.study.documents.some((one) => one.id === place.id) ? place : nextToDo();
  if (!known) return;
  if (state.doc?.id === known.id && (known.at ?? null) === null) return;
  try {
    await openDocument(known.id, { at: known.at ?? null });
  } catch (error) {
    emit("refused", { error, act: "open" });
  }
}

function remember({ opened }) {
  if (!opened || !state.doc) return;
  history.replaceState(null, "", `#/${encodeURIComponent(state.doc.id)}`);
  try {
    localStorage.setItem(LAST, state.doc.id);
  } catch {
    // A place that cannot be remembered is no reason to stop.
  }
}

function fail(error) {
  const why = error instanceof Refused ? error.message : _("The server does not answer. Start “ethnokit serve” again, then reload this page.");
  byId("notices").append(el("p", { class: "notice trouble", role: "alert" }, why));
}

start();
