// The tabs beside the text (WAI-ARIA tabs), and the side as a drawer where the window is narrow.

import { byId } from "./dom.js";
import { on } from "./state.js";

export function mountTabs() {
  const tabs = [...document.querySelectorAll("#side [role=tab]")];
  for (const tab of tabs) {
    tab.addEventListener("click", () => choose(tab, tabs));
    tab.addEventListener("keydown", (event) => arrows(event, tab, tabs));
  }
  choose(tabs.find((tab) => tab.getAttribute("aria-selected") === "true") ?? tabs[0], tabs);
  on("show-tab", (name) => {
    const tab = byId(`tab-${name}`);
    if (!tab) return;
    choose(tab, tabs);
    openSide(true);
  });
  const opener = byId("open-side");
  opener.addEventListener("click", () => openSide(!document.body.classList.contains("side-open")));
  // A document or a coding was chosen: the text is what is wanted now.
  on("document", ({ opened }) => opened && openSide(false));
  on("current", ({ scroll }) => scroll && openSide(false));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]") || !document.body.classList.contains("side-open") || !drawn()) return;
    event.preventDefault();
    openSide(false);
    opener.focus();
  }, true);
}

/** True where the side is a drawer over the text. */
const drawn = () => byId("open-side").getClientRects().length > 0;

function openSide(open) {
  document.body.classList.toggle("side-open", open);
  byId("open-side").setAttribute("aria-expanded", String(open));
  if (open && drawn() && !byId("side").contains(document.activeElement)) byId("side").querySelector("[role=tab][aria-selected=true]")?.focus();
}

function choose(tab, tabs) {
  for (const one of tabs) {
    const chosen = one === tab;
    one.setAttribute("aria-selected", String(chosen));
    one.tabIndex = chosen ? 0 : -1;
    byId(one.getAttribute("aria-controls")).hidden = !chosen;
  }
}

function arrows(event, tab, tabs) {
  const moves = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };
  const at = tabs.indexOf(tab);
  let next = null;
  if (event.key in moves) next = tabs[(at + moves[event.key] + tabs.length) % tabs.length];
  else if (event.key === "Home") [next] = tabs;
  else if (event.key === "End") next = tabs.at(-1);
  if (!next) return;
  event.preventDefault();
  choose(next, tabs);
  next.focus();
}
