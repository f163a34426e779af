// Finding by a few typed letters: case, accents, ligatures and apostrophes do not count; the best comes first.

const LIGATURES = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", "’": "'", "ʼ": "'", "‘": "'", "·": "", "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " " };

/** Text as it is compared: "Cœur d’été" and "coeur d'ete" are the same. */
export function folded(text) {
  return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[œæßøł’ʼ‘·‐‑\u00a0\u202f]/g, (sign) => LIGATURES[sign]);
}

/**
 * What may be looked through: each thing with its texts folded once. `texts(thing)` gives [text, weight] pairs;
 * the weight says how much a hit there is worth.
 */
export function indexed(things, texts) {
  return things.map((thing) => ({
    thing,
    texts: texts(thing).filter(([text]) => text).map(([text, weight]) => ({ text: folded(text), weight })),
  }));
}

/** Things that fit all the words of `query`, best first; all of them, in order, when it is empty. */
export function search(index, query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return index.map(({ thing }) => thing);
  const found = [];
  for (const [rank, { thing, texts }] of index.entries()) {
    let score = 0;
    for (const word of words) {
      const best = Math.max(0, ...texts.map(({ text, weight }) => weight * fit(text, word)));
      if (best === 0) { score = 0; break; }
      score += best;
    }
    const whole = words.join(" ");
    if (score > 0) found.push({ thing, rank, score: score + Math.max(...texts.map(({ text, weight }) => (text === whole ? 100 * weight : text.startsWith(whole) ? 20 * weight : 0))) });
  }
  return found.sort((a, b) => b.score - a.score || a.rank - b.rank).map(({ thing }) => thing);
}

/** How well one typed word fits a text: its beginning, the beginning of a word in it, anywhere, its letters in order. */
function fit(text, word) {
  if (text.startsWith(word)) return 10;
  const at = text.indexOf(word);
  if (at < 0) return word.length >= 3 && inOrder(text, word) ? 0.5 : 0;
  return /[\p{L}\p{N}]/u.test(text[at - 1]) ? 3 : 7;
}

/** True when the letters of `word` begin words of `text` in order, as "prde" for "prise de decision". */
function inOrder(text, word) {
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  let letter = 0;
  for (const one of words) {
    for (let k = 0; k < one.length && letter < word.length && one[k] === word[letter]; k += 1) letter += 1;
  }
  return letter === word.length;
}
