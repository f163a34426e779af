// Where bars and labels go, so that none hides another. Pure numbers, no page.

/**
 * Lane of each passage: sorted by start, the longest first, each takes the lowest lane that is free.
 * `passages`: objects with `id`, `start`, `end`. Returns a Map id → lane.
 */
export function lanesOf(passages) {
  const sorted = [...passages].sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
  const ends = [];
  const lanes = new Map();
  for (const { id, start, end } of sorted) {
    let lane = ends.findIndex((taken) => taken <= start);
    if (lane < 0) lane = ends.length;
    ends[lane] = end;
    lanes.set(id, lane);
  }
  return lanes;
}

/**
 * Lanes of bars as they stand on the page, {from, to, lane} in pixels: each keeps its lane where that is free at its
 * height, else takes the lowest that is.
 */
export function apart(bars) {
  const taken = [];
  return bars.map(({ from, to, lane }) => {
    const free = (one) => (taken[one] ?? []).every((other) => other.to <= from + 2 || other.from >= to - 2);
    let found = lane;
    if (!free(found)) for (found = 0; !free(found);) found += 1;
    (taken[found] ??= []).push({ from, to });
    return found;
  });
}

/**
 * Tops of labels in one column: each at the line it wants or, where that is taken, just below.
 * `labels`: {wanted, height} in reading order; `taken`: [top, bottom] of what stands there already, in order.
 */
export function stacked(labels, taken = [], gap = 2) {
  const tops = [];
  let free = -Infinity;
  for (const { wanted, height } of labels) {
    let top = Math.max(wanted, free);
    for (const [from, to] of taken) if (top < to && top + height > from) top = to + gap;
    tops.push(top);
    free = top + height + gap;
  }
  return tops;
}
