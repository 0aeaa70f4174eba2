import { createNameTable, type NameTable } from "./name-table.ts";

/** Terms of a stretch of text, as `Window` has them. */
export type CountedTerms = { terms: Uint32Array; counts: Uint8Array; length: number };

/** Counts the terms of `text` from `start` to `end`. */
export type TermCounter = (text: string, start: number, end: number) => CountedTerms;

const LETTER = 1;
const DIGIT = 2;
const classes = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const letter = String.fromCharCode(code);
  if (/[A-Za-z_$]/.test(letter)) classes[code] = LETTER;
  else if (/[0-9]/.test(letter)) classes[code] = DIGIT;
}

const foreign = /[\p{L}\p{M}_$][\p{L}\p{M}\p{N}_$]*/uy;
// Names that a scanner remembers at most: a repository of encoded data has new ones without end.
const MOST_TERMS = 1_000_000;

type Tally = {
  add(terms: readonly number[]): void;
  /** What was added since the last time. */
  take(names: NameTable): CountedTerms;
};

function createTally(): Tally {
  let counts = new Int32Array(1 << 14);
  let touched = new Int32Array(1 << 10);
  let both = new Float64Array(1 << 10);
  let size = 0;
  let length = 0;
  const touch = (term: number): void => {
    if (size === touched.length) {
      touched = enlarge(touched, size + 1);
      both = new Float64Array(touched.length);
    }
    touched[size++] = term;
  };
  return {
    add: (terms) => {
      for (let index = 0; index < terms.length; index++) {
        const term = terms[index] ?? 0;
        if (term >= counts.length) counts = enlarge(counts, term + 1);
        const before = counts[term] ?? 0;
        counts[term] = before + 1;
        if (before === 0) touch(term);
      }
      length += terms.length;
    },
    take: (names) => {
      // Hash and count in one number, so that both are put in order by one native sort.
      for (let index = 0; index < size; index++) {
        const term = touched[index] ?? 0;
        both[index] = names.hashOf(term) * 256 + Math.min(counts[term] ?? 0, 255);
        counts[term] = 0;
      }
      const taken = split(both.subarray(0, size).sort(), length);
      size = 0;
      length = 0;
      return taken;
    },
  };
}

function enlarge(numbers: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(numbers.length * 2, least));
  larger.set(numbers);
  return larger;
}

function split(both: Float64Array, length: number): CountedTerms {
  const terms = new Uint32Array(both.length);
  const counts = new Uint8Array(both.length);
  for (let index = 0; index < both.length; index++) {
    const value = both[index] ?? 0;
    const term = Math.floor(value / 256);
    terms[index] = term;
    counts[index] = value - term * 256;
  }
  return { terms, counts, length };
}

/** A counter that remembers the names it has split. What it counts does not depend on what it counted before. */
export function createTermCounter(): TermCounter {
  let names = createNameTable();
  let tally = createTally();
  return (text, start, end) => {
    if (names.terms() > MOST_TERMS) {
      names = createNameTable();
      tally = createTally();
    }
    scan(text, start, end, names, tally.add);
    return tally.take(names);
  };
}

/** Finds every name: a run of letters, digits, `_` and `$` that does not begin with a digit. */
function scan(
  text: string,
  start: number,
  end: number,
  names: NameTable,
  add: (terms: readonly number[]) => void,
): void {
  let began = -1;
  let first = 0;
  let second = 0;
  for (let at = start; at <= end; at++) {
    const code = at < end ? text.charCodeAt(at) : 0;
    const kind = code < 128 ? (classes[code] ?? 0) : 0;
    if (kind !== 0 && (began !== -1 || kind === LETTER)) {
      if (began === -1) {
        began = at;
        first = 0x811c9dc5 | 0;
        second = 0x12345;
      }
      first = Math.imul(first ^ code, 0x01000193);
      second = (Math.imul(second, 0x2c1b3c6d) + code) | 0;
      continue;
    }
    if (code >= 128) {
      at = scanForeign(text, began === -1 ? at : began, end, names, add) - 1;
      began = -1;
    } else if (began !== -1) {
      add(names.find(first, second, text, began, at));
      began = -1;
    }
  }
}

/** A name with letters beyond ASCII, found and split the slow way. Returns where the scan goes on. */
function scanForeign(
  text: string,
  start: number,
  end: number,
  names: NameTable,
  add: (terms: readonly number[]) => void,
): number {
  foreign.lastIndex = start;
  const word = foreign.exec(text)?.[0] ?? "";
  const stop = Math.min(start + word.length, end);
  if (stop === start) return start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
  let first = 0x811c9dc5 | 0;
  let second = 0x54321;
  for (let at = start; at < stop; at++) {
    first = Math.imul(first ^ text.charCodeAt(at), 0x01000193);
    second = (Math.imul(second, 0x2c1b3c6d) + text.charCodeAt(at)) | 0;
  }
  add(names.find(first, second, text, start, stop));
  return stop;
}
