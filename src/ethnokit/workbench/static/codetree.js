// The codebook as a tree, in the order of its file.

import { el } from "./dom.js";
import { codeOf, state } from "./state.js";

/** The codes right below `parent`; null: those at the top, with those whose parent the codebook does not know. */
export function childrenOf(parent) {
  return codes().filter((code) => (codeOf(code.parent) ? code.parent : null) === parent);
}

const codes = () => state.study?.codebook.codes ?? [];

/** Every code with its depth, as the tree is read from top to bottom. */
export function inTreeOrder(parent = null, depth = 0) {
  if (depth > codes().length) return [];
  return childrenOf(parent).flatMap((code) => [{ code, depth }, ...inTreeOrder(code.id, depth + 1)]);
}

/** The codes above a code, the topmost first, without itself. */
export function aboveOf(id) {
  const above = [];
  for (let code = codeOf(codeOf(id)?.parent); code && !above.includes(code); code = codeOf(code.parent)) above.unshift(code);
  return above;
}

/** The code with those below it. */
export const branchOf = (id) => [codeOf(id), ...inTreeOrder(id).map(({ code }) => code)].filter(Boolean);

/** Codings of the corpus that carry a code, or one below it. */
export const usedIn = (id) => branchOf(id).reduce((sum, code) => sum + (code.used ?? 0), 0);

/** A choice among all codes, set in by depth with spaces that a list shows; `none` is the words of the empty choice. */
export function codeSelect(attrs, { value = "", none }) {
  const options = inTreeOrder().map(({ code, depth }) => option(code.id, "\u2003".repeat(depth) + code.label, value));
  return el("select", attrs, option("", none, value), options);
}

export const option = (value, label, chosen) => el("option", { value, selected: value === chosen }, label);
