// What the page has to say besides the text: the server is gone, something was refused, codings wait or moved.

import { byId, button, el, redraw } from "./dom.js";
import { decide, giveUp, retry, unsaved } from "./gestures.js";
import { waitingOnes, walkWaiting } from "./places.js";
import { canCode, on, state } from "./state.js";
import { _, ngettext } from "./words.js";

const now = { server: true, obstacle: null, stuck: false, refusals: [], told: "", gone: null, edited: false };
let clearing = null;

export function mountNotices() {
  on("server", ({ up }) => { now.server = up; draw(); });
  on("saving", ({ stuck, obstacle }) => { now.stuck = stuck; now.obstacle = obstacle; draw(); status(); });
  on("refused", ({ error }) => { now.refusals = [error, ...now.refusals.filter((one) => one.message !== error.message)].slice(0, 3); draw(); });
  on("passage-gone", ({ quote }) => { now.gone = quote; draw(); });
  on("passage", () => { if (state.passage) now.gone = null; draw(); });
  on("document", ({ opened, before }) => {
    if (opened) Object.assign(now, { gone: null, edited: false, refusals: [] });
    else now.edited = before?.text !== state.doc.text || now.edited;
    draw();
  });
  on("codings", draw);
  on("tell", tell);
  on("study", progress);
  on("codings", progress);
  on("suggestions", progress);
  status();
}

function draw() {
  const afterEdit = [passageGone(), moved(), waiting()].filter(Boolean);
  // What an edit did to passage and codings says enough that there was one.
  const all = [serverGone(), ...now.refusals.map(refusal), ...(afterEdit.length > 0 ? afterEdit : [edited()])];
  redraw(byId("notices"), all.filter(Boolean));
}

function notice(kind, role, words, ...actions) {
  return el("div", { class: `notice ${kind}`, role }, el("p", {}, words), ...actions);
}

function serverGone() {
  const n = unsaved();
  if (now.server && !now.stuck) return null;
  const refused = now.obstacle && now.obstacle.name === "Refused";
  const words = [refused ? now.obstacle.message : _("The server does not answer."), " ",
    refused ? now.obstacle.hint ?? "" : _("Start “ethnokit serve” again if it was stopped; this page goes on by itself."), " ",
    n > 0 ? ngettext("{n} decision is not saved yet. It is kept here.", "{n} decisions are not saved yet. They are kept here.", n) : ""];
  return notice("trouble", "alert", words,
    button(_("Try again"), () => { retry(); }, { "data-key": "retry" }),
    refused && n > 0 ? button(_("Give up what waits"), giveUp, { "data-key": "give-up", class: "danger" }) : null);
}

function refusal(error) {
  const drop = () => { now.refusals = now.refusals.filter((one) => one !== error); draw(); };
  return notice("refused", "alert", [error.message, " ", error.hint ?? ""], button(_("Close"), drop, { "data-key": `drop-${error.message}` }));
}

function passageGone() {
  if (!now.gone) return null;
  return notice("told", "status", _("The text was edited in another program, and the passage you had selected is no more in it, or in several places: “{quote}”", { quote: now.gone }),
    button(_("Close"), () => { now.gone = null; draw(); }, { "data-key": "drop-gone" }));
}

function edited() {
  if (!now.edited) return null;
  return notice("told", "status", _("The text was edited in another program; this is how it reads now."),
    button(_("Close"), () => { now.edited = false; draw(); }, { "data-key": "drop-edited" }));
}

function moved() {
  const all = [...state.codings.values()].filter((one) => one.state === "moved");
  if (all.length === 0 || !canCode()) return null;
  return notice("told", "status", ngettext("{n} coding moved with the edited text; its place is sure.", "{n} codings moved with the edited text; their places are sure.", all.length),
    button(_("Write the new places"), () => decide("reanchor").catch(() => null), { "data-key": "reanchor" }));
}

function waiting() {
  const all = waitingOnes();
  if (all.length === 0) return null;
  return notice("waits", "status", ngettext("{n} coding waits: its words were edited, or are gone.", "{n} codings wait: their words were edited, or are gone.", all.length),
    button(canCode() ? _("Settle them one by one") : _("See them one by one"), walkWaiting, { "data-key": "walk-waiting" }));
}

/** A sentence that passes: in the footer, which screen readers read when it changes. */
function tell(words) {
  now.told = words;
  status();
  clearTimeout(clearing);
  clearing = setTimeout(() => { now.told = ""; status(); }, 6000);
}

function status() {
  const n = unsaved();
  const line = byId("status");
  const words = n > 0
    ? now.stuck ? ngettext("{n} decision not saved yet", "{n} decisions not saved yet", n) : _("Saving …")
    : state.readOnly ? _("Reading only: nothing is written.") : _("Everything is on disk.");
  const shown = now.told ? `${now.told} ${n > 0 ? words : ""}`.trim() : words;
  if (line.textContent !== shown) line.textContent = shown;
  line.classList.toggle("trouble", n > 0 && now.stuck);
}

function progress() {
  const { doc, codings, suggestions } = state;
  if (!doc) return;
  const parts = [ngettext("{n} coding", "{n} codings", codings.size)];
  if (canCode() && state.suggesting === "ready") parts.push(ngettext("{n} undecided suggestion", "{n} undecided suggestions", suggestions.length));
  const wait = waitingOnes().length;
  if (wait > 0) parts.push(ngettext("{n} waits", "{n} wait", wait));
  byId("progress").textContent = parts.join(" · ");
}
