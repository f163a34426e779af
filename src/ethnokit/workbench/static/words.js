// Sentences in the language of the page. English stands in the source; /api/words has the others.

import { get } from "./api.js";

let words = {};
let plurals = {};
let language = "en";
let numbers = null;

/** Ask for the sentences once, before anything is drawn. Without them the page speaks English. */
export async function loadWords() {
  const answer = await get("/api/words");
  ({ words, plurals, language } = answer);
  numbers = null;
}

/** The sentence in the page's language, its {placeholders} filled. */
export function _(sentence, values = {}) {
  return fill(words[sentence] || sentence, values);
}

/** The form that fits `n`; `{n}` is filled with it. French says "0 codage", English "0 codings". */
export function ngettext(one, many, n, values = {}) {
  const forms = plurals[one];
  const chosen = forms ? forms[language === "fr" ? Number(n > 1) : Number(n !== 1)] : n === 1 ? one : many;
  return fill(chosen || one, { n, ...values });
}

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? shown(values[name]) : whole));
}

/** Numbers as they are written in the page's language. */
function shown(value) {
  if (typeof value !== "number") return String(value);
  numbers ??= new Intl.NumberFormat(language);
  return numbers.format(value);
}


/** An ISO date or moment as people write it here, with the hour when `hour`. */
export function day(iso, { hour = false } = {}) {
  if (!iso) return "";
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", ...(hour ? { timeStyle: "short" } : {}) }).format(date);
}
