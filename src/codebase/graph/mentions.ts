import type { CodeSymbol, SourceFile } from "../codebase.ts";
import { hashTerm } from "../index/hash-term.ts";
import { splitIdentifier, WHOLE } from "../index/split-identifier.ts";
import { remember } from "./path-index.ts";

/** What the words of the index tell of names: certain for names of several parts, likely for one word. */
export type Mentions = {
  /** Whether a file's text has a name. */
  has(file: SourceFile, name: string): boolean;
  /** The number that stands for a name in the windows of a file; null where none does. */
  hashOf(name: string): number | null;
  /** Whether a name has several parts, so that words of prose do not meet it. */
  isWhole(name: string): boolean;
  /** Whether a declaration has a name that says enough to be recognised so: several parts, or a type of one long word. */
  isTelling(symbol: CodeSymbol): boolean;
};

const types: ReadonlySet<CodeSymbol["kind"]> = new Set(["class", "interface", "type", "enum"]);

export function openMentions(): Mentions {
  const termOf = remember((name: string) => {
    const term = splitIdentifier(name).at(-1);
    return term === undefined ? null : { hash: hashTerm(term), whole: term.startsWith(WHOLE) };
  });
  return {
    hashOf: (name) => termOf(name)?.hash ?? null,
    has: (file, name) => {
      const hash = termOf(name)?.hash;
      return hash !== undefined && file.windows.some(({ terms }) => isIn(terms, hash));
    },
    isWhole: (name) => termOf(name)?.whole === true,
    isTelling: ({ name, kind }) =>
      name.length >= 4 && (termOf(name)?.whole === true || (types.has(kind) && name.length >= 5)),
  };
}

/** Terms of a window are sorted. */
function isIn(terms: Uint32Array, hash: number): boolean {
  let low = 0;
  let high = terms.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = terms[middle] ?? 0;
    if (found === hash) return true;
    if (found < hash) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
