// The nine codes on the digits. A code keeps its digit as long as it is on one, so that fingers can learn them; a new
// one takes the digit that was used longest ago.

import { codeOf, on, state } from "./state.js";

const slots = [];
const used = new Map();
let clock = 0;

export function mountRecent() {
  on("study", () => {
    // The server knows what was used last before this page was opened.
    if (slots.length === 0) for (const id of [...state.study.recent].reverse()) useCode(id);
    for (let k = slots.length - 1; k >= 0; k -= 1) if (!codeOf(slots[k])?.codable) slots.splice(k, 1);
  });
}

/** Note that a code was applied. */
export function useCode(id) {
  used.set(id, ++clock);
  if (slots.includes(id)) return;
  if (slots.length < 9) {
    slots.push(id);
    return;
  }
  const oldest = slots.reduce((a, b) => ((used.get(a) ?? 0) <= (used.get(b) ?? 0) ? a : b));
  slots[slots.indexOf(oldest)] = id;
}

/** Ids of the codes on 1 to 9, in order. */
export const recentCodes = () => [...slots];

/** The digit of a code, or null. */
export function digitOf(id) {
  const k = slots.indexOf(id);
  return k < 0 ? null : k + 1;
}
