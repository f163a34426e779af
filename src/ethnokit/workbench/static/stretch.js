// Making a coding longer or shorter by its own edges: the new place is shown at once, and written when the hand rests.

import { announce } from "./dom.js";
import { decide } from "./gestures.js";
import { showExtra } from "./highlight.js";
import { moved } from "./passage.js";
import { edges } from "./signs.js";
import { canCode, itemOf, on, stands, state } from "./state.js";
import { _ } from "./words.js";

const REST = 800;

let tried = null;
let timer = null;

export function mountStretch() {
  on("stretch", (detail) => { detail.done = stretch(detail.fn); });
  on("current", () => { if (tried && tried.id !== state.current?.id) write(); });
  on("document", () => drop());
  window.addEventListener("beforeunload", () => { if (tried) write(); });
}

/** Move one edge (`start` or `end`) of the coding in focus by a word. */
export const stretchBy = (which, direction) => stretch((place) => moved(place, which, direction));

function stretch(fn) {
  const coding = state.current?.kind === "coding" ? itemOf(state.current) : null;
  if (!coding || !coding.mine || !canCode() || !stands(coding) || coding.state === "changed") return false;
  const before = tried?.id === coding.id ? tried : { start: coding.start, end: coding.end };
  const { start, end } = fn({ start: before.start, end: before.end });
  tried = { id: coding.id, start, end };
  showExtra(tried);
  announce(edges(state.doc.body.slice(start, end)));
  clearTimeout(timer);
  timer = setTimeout(write, REST);
  return true;
}

async function write() {
  const place = tried;
  const coding = place && state.codings.get(place.id);
  drop();
  if (!coding || (coding.start === place.start && coding.end === place.end)) return;
  const quote = state.doc.body.slice(place.start, place.end);
  await decide("change", { coding: coding.id, revision: coding.revision, start: place.start, end: place.end, quote })
    .then(() => announce(_("The passage of the coding is changed."))).catch(() => null);
}

function drop() {
  clearTimeout(timer);
  if (tried) showExtra(null);
  tried = null;
}
