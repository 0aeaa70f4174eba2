import { splitIdentifier, WHOLE } from "../index/split-identifier.ts";
import { hashTerm } from "../index/split-terms.ts";
import { stopWords } from "../index/stem-word.ts";

/** A word of a request as the index has it, how much it counts, and how it was written. */
export type RequestWord = { hash: number; weight: number; written: string };

/** What follows the first line explains; a word of it counts for half, more where it comes often. */
const bodyShare = 0.5;
/** A longer request says the same again, or quotes logs. */
const longestBody = 20_000;

/**
 * The words of a request: those of its first line in full, those of the rest for less. Words that stand side by side or are joined by a
 * hyphen, slash or dot are also one name (`request id`, `v-model`, `HTTP/2` → requestId, vModel, http2).
 */
export function findRequestWords(request: string): RequestWord[] {
  const { title, body } = splitRequest(request);
  const words = new Map<number, RequestWord>();
  for (const { term, written } of listTerms(title).values())
    words.set(hashTerm(term), { hash: hashTerm(term), written, weight: 1 });
  for (const { term, written, count } of listTerms(body).values()) {
    const hash = hashTerm(term);
    const before = words.get(hash) ?? { hash, written, weight: 0 };
    const weight = before.weight + bodyShare * (1 + Math.log(count));
    words.set(hash, { ...before, weight });
  }
  for (const [text, share] of [
    [title, 1],
    [body, bodyShare],
  ] as const)
    for (const written of findJoined(text)) addJoined(words, written, share);
  return [...words.values()];
}

type Term = { term: string; written: string; count: number };

const run = /[\p{L}\p{M}_$][\p{L}\p{M}\p{N}_$]*/gu;

/** The terms of a text as the index has them. A part of a longer name is shown as the part. */
function listTerms(text: string): ReadonlyMap<string, Term> {
  const terms = new Map<string, Term>();
  for (const [name] of text.matchAll(run)) {
    const own = splitIdentifier(name);
    for (const term of own) {
      const written = term.startsWith(WHOLE) || own.length === 1 ? name : term;
      const count = (terms.get(term)?.count ?? 0) + 1;
      terms.set(term, { term, written: terms.get(term)?.written ?? written, count });
    }
  }
  return terms;
}

function splitRequest(request: string): { title: string; body: string } {
  const text = request.trim();
  const end = text.indexOf("\n");
  if (end === -1) return { title: text, body: "" };
  return { title: text.slice(0, end), body: text.slice(end, longestBody) };
}

const chain = /[A-Za-z][\w$]*(?:[-/.][\w$]+)+/g;
const piece = /[A-Za-z_$][\w$]*|[^\sA-Za-z]/g;
const isTelling = (word: string): boolean =>
  /^[A-Za-z]{2}/.test(word) && !stopWords.has(word.toLowerCase());

/** Pieces that may be one name in the code, as they stand in the text. */
function findJoined(text: string): string[] {
  const joined: string[] = [];
  for (const [written] of text.matchAll(chain)) {
    const parts = written.split(/[-/.]/);
    if (parts.length > 2) joined.push(written);
    for (let at = 0; at + 1 < parts.length; at++) joined.push(`${parts[at]}-${parts[at + 1]}`);
  }
  for (const line of text.split("\n")) {
    const pieces = line.match(piece) ?? [];
    for (const [at, word] of pieces.entries()) {
      const next = pieces[at + 1] ?? "";
      if (isTelling(word) && isTelling(next)) joined.push(`${word} ${next}`);
    }
  }
  return joined;
}

function addJoined(words: Map<number, RequestWord>, written: string, weight: number): void {
  const name = written.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
  const forms = [WHOLE + name];
  if (/\d/.test(name)) forms.push(name);
  if (name.endsWith("s")) forms.push(WHOLE + name.slice(0, -1));
  for (const hash of forms.map(hashTerm)) {
    const before = words.get(hash);
    if (before === undefined || before.weight < weight) words.set(hash, { hash, weight, written });
  }
}
