// Words and sentences of a row, by the rules of the document's language.

import { keepsLines } from "./offsets.js";

const makers = new Map();

function maker(language, granularity) {
  const key = `${language}/${granularity}`;
  if (!makers.has(key)) {
    let made = null;
    if (typeof Intl.Segmenter === "function") {
      try {
        made = new Intl.Segmenter(language, { granularity });
      } catch {
        made = new Intl.Segmenter(undefined, { granularity });
      }
    }
    makers.set(key, made);
  }
  return makers.get(key);
}

/** `[start, end]` of each word in `text`. */
export function wordsOf(text, language) {
  const segmenter = maker(language, "word");
  if (segmenter) {
    const found = [];
    for (const one of segmenter.segment(text)) if (one.isWordLike) found.push([one.index, one.index + one.segment.length]);
    return found;
  }
  return [...text.matchAll(/[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}'’·-]*/gu)].map((m) => [m.index, m.index + m[0].length]);
}

// After these, a full stop ends no sentence.
const ABBREVIATION = /(?:^|[\s(«“"’'])(?:MM?|Mme|Mmes|Mlle|Mr|Mrs|Ms|Dr|Pr|St|Ste|cf|ex|env|art|fig|vol|pp?|n|al|\p{Lu})\.\s*$/u;
// What cannot begin a sentence: it still belongs to the one before.
const CONTINUES = /^[\s»”")\]’…,;:]*(?:[\p{Ll}]|$)/u;

/** `[start, end]` of each sentence in `text`, without white space at its edges. */
export function sentencesOf(text, language) {
  // A line break inside a sentence is the editor's, unless the lines mean something.
  const flat = keepsLines(text) ? text : text.replaceAll("\n", " ");
  const pieces = split(flat, language);
  const sentences = [];
  for (const [start, end] of pieces) {
    const before = sentences.at(-1);
    const joined = before && !flat.slice(before[0], before[1]).endsWith("\n")
      && (ABBREVIATION.test(flat.slice(before[0], before[1])) || CONTINUES.test(flat.slice(start, end)));
    if (joined) before[1] = end;
    else sentences.push([start, end]);
  }
  return sentences.map(([start, end]) => bare(flat, start, end)).filter(([start, end]) => end > start);
}

function split(text, language) {
  const segmenter = maker(language, "sentence");
  if (segmenter) return [...segmenter.segment(text)].map((one) => [one.index, one.index + one.segment.length]);
  const found = [...text.matchAll(/[^.!?…\n]+[.!?…]*[»”")\]]*\s*|[.!?…\n]+\s*/g)];
  return found.map((m) => [m.index, m.index + m[0].length]);
}

function bare(text, start, end) {
  const piece = text.slice(start, end);
  return [start + piece.length - piece.trimStart().length, start + piece.trimEnd().length];
}

/** Where a passage may begin: at words and at sentences (with their opening marks). */
export function beginnings(text, language) {
  return sortedOnce([...wordsOf(text, language), ...sentencesOf(text, language)].map(([start]) => start));
}

/** Where a passage may end: after words and after sentences (with their closing marks). */
export function endings(text, language) {
  return sortedOnce([...wordsOf(text, language), ...sentencesOf(text, language)].map(([, end]) => end));
}

const sortedOnce = (numbers) => [...new Set(numbers)].sort((a, b) => a - b);
