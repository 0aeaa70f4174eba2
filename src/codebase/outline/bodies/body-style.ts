/** Where a block begins, as far as it takes to tell whether it is the body of a function. */
export type Opening = {
  /** What stands before it in the same statement: comments are in it where they stand between words. */
  head: string;
  /** The sign right before it, white space and comments apart. */
  before: string;
  /** Brackets `(` and `[` that are open. */
  brackets: number;
  /** Whether a `(` was closed in this statement. */
  closed: boolean;
  /** The word before the bracket that was closed last. */
  called(): string;
  /** What stands between that bracket and the block. */
  result: string;
};

/** How to tell, in a language with braces, what is the body of a function that nobody looks into. */
export type BodyStyle = {
  /** `'` begins a text of any length, a character, or a character or a lifetime. */
  single: "text" | "character" | "lifetime";
  /** `` ` `` begins a text as it stands, or one with code in it. */
  backtick: "raw" | "template" | null;
  /** Three `"` begin a text of many lines. */
  triple: boolean;
  /** `/…/` may be a pattern; comments may hold comments; `r#"…"#` is a text as it stands. */
  patterns: boolean;
  nestedComments: boolean;
  rawStrings: boolean;
  /** A statement may end with its line. */
  endsWithLine: boolean;
  isBody(opening: Opening): boolean;
  /** What makes a body worth reading: what is said there is said for the whole file. */
  telling: RegExp | null;
  /** What cannot be told apart by looking at signs alone: then nothing is left out. */
  unclear: RegExp | null;
};

const plain = {
  single: "character",
  backtick: null,
  triple: false,
  patterns: false,
  nestedComments: false,
  rawStrings: false,
  endsWithLine: false,
  telling: null,
  unclear: null,
} as const;

export const javaBodies: BodyStyle = {
  ...plain,
  triple: true,
  // By the escapes of Unicode even a quote can be written; templates have code in their texts.
  unclear: /\\u+00(?:22|27|2[fF]|7[bBdD])|\\\{/,
  isBody: ({ head, brackets, closed }) =>
    brackets === 0 && closed && !/\b(?:class|interface|enum|record)\b/.test(head),
};

export const goBodies: BodyStyle = {
  ...plain,
  backtick: "raw",
  endsWithLine: true,
  isBody: ({ head, brackets }) =>
    brackets === 0 && /\bfunc\b/.test(head) && !/\b(?:struct|interface)\s*$/.test(head),
};

export const rustBodies: BodyStyle = {
  ...plain,
  single: "lifetime",
  nestedComments: true,
  rawStrings: true,
  telling: /\buse\b/,
  isBody: ({ head, brackets }) => brackets === 0 && /\bfn\b/.test(head),
};

const CONTROLS = new Set(["if", "for", "while", "switch", "catch", "with", "await", "match"]);
const OWNERS = /\b(?:class|interface|enum|namespace|module|extends|implements|type)\b/;
const RESULT = /^\s*:[\w$.<>[\]|&,"'\s]*[\w$>\]"']\s*$/;

export const ecmascriptBodies: BodyStyle = {
  ...plain,
  single: "text",
  backtick: "template",
  patterns: true,
  telling: /\b(?:require|import)\b/,
  // Text between tags is no code, and may hold any sign.
  unclear: /<\/[\w$>]|\/>|<!--/,
  isBody: ({ head, before, closed, called, result }) => {
    if (OWNERS.test(head)) return false;
    if (before === ">" && /=>\s*$/.test(head)) return true;
    if (!closed || CONTROLS.has(called())) return false;
    // On a line of its own it may be a block after a statement that no semicolon ends.
    if (result.includes("\n") && !/\bfunction\b/.test(head)) return false;
    return before === ")" || RESULT.test(result);
  },
};
