// What the page shows of the open document. text.js writes it, others read it.

const ROWS_IN_CHUNK = 24;

export const view = {
  article: null,
  scroller: null,
  doc: null,
  /** Elements of the rows, and of their words, by row. */
  rows: [],
  words: [],
  chunks: [],
  /** Chunks near the window: only these are laid out, painted and given their margin. */
  near: new Set(),
  /** Row that reading stands at. */
  at: 0,
  suggestionsShown: true,
};

export const chunkOfRow = (row) => Math.floor(row / ROWS_IN_CHUNK);

/** `[from, to)` in rows. */
export function rowsOfChunk(n) {
  return [n * ROWS_IN_CHUNK, Math.min((n + 1) * ROWS_IN_CHUNK, view.doc?.rows.length ?? 0)];
}

export const chunkCount = () => Math.ceil((view.doc?.rows.length ?? 0) / ROWS_IN_CHUNK);
