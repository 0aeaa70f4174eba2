import { splitIdentifier } from "../index/split-identifier.ts";
import { hashTerm } from "../index/split-terms.ts";
import { stopWords } from "../index/stem-word.ts";
import type { RequestWord } from "./find-request-words.ts";

const quoted = /`([^`\n]+)`|"([^"\n]{2,40})"|'([^'\n]{2,40})'/g;
const name = /[A-Za-z_$][\w$]*/g;
const flag = /--([a-z][\w-]+)/g;
/** A word that is spelled as no prose is: camelCase, snake_case, CAPITALS. */
const spelled = /[a-z][A-Z]|_[A-Za-z]|^[A-Z]{3,}/;
const most = 64;

/** Names of code in a request: what is quoted, and what is spelled like a name. Each as the index has it. */
export function findIdentifiers(request: string): RequestWord[] {
  const names = new Set<string>();
  for (const [, ticks, double, single] of request.matchAll(quoted))
    for (const [word] of (ticks ?? double ?? single ?? "").matchAll(name))
      if (word.length > 2) names.add(word);
  for (const [word] of request.matchAll(name)) if (spelled.test(word)) names.add(word);
  for (const [, word = ""] of request.matchAll(flag)) names.add(word);
  const words = new Map<number, RequestWord>();
  for (const written of names) {
    if (stopWords.has(written.toLowerCase())) continue;
    const terms = splitIdentifier(written.replaceAll("-", "_"));
    const term = terms.find((one) => one.startsWith("=")) ?? (terms.length === 1 ? terms[0] : null);
    if (term === undefined || term === null) continue;
    words.set(hashTerm(term), { hash: hashTerm(term), weight: 1, written });
  }
  return [...words.values()].slice(0, most);
}
