import type { Language } from "../codebase/codebase.ts";
import { splitTopLevel } from "../codebase/outline/read-bases.ts";
import { escapePattern } from "../shared/escape-pattern.ts";
import { parseParameter } from "./parse-parameter.ts";
import { skipString } from "./skip-string.ts";

export type Parameter = {
  /** null where the form has none: a pattern, or a type alone. */
  name: string | null;
  type: string | null;
  optional: boolean;
  rest: boolean;
};

/** The shape of a function's declaration. What is not written is null. */
export type Signature = {
  isAsync: boolean;
  /** Whether a keyword or types show that all of the declaration is written. */
  isWhole: boolean;
  parameters: readonly Parameter[];
  result: string | null;
};

const declaring = /\b(?:function\*?|fn|func|def|fun|public|private|protected|static|export)\s/;

/** Reads the parameters and result of the function `name` in the text of its declaration; null where no list of parameters follows the name. */
export function parseSignature(
  text: string,
  name: string,
  language: Language | null,
): Signature | null {
  // A lifetime begins with what is a quotation mark elsewhere.
  const written = language === "rust" ? text.replace(/'([a-z_]\w*)(?!')/g, "$1") : text;
  const plain = written.replace(/\/\*[\s\S]*?\*\//g, " ").replace(/(?<!:)\/\/[^\n]*/g, " ");
  const source =
    language === "python" || language === "ruby"
      ? text.replace(/(?<!["'])#[^\n"']*$/gm, " ")
      : plain;
  if (language === "ruby") return parseRuby(source, name);
  const open = findOpening(source, name);
  if (open === null) return null;
  const close = findClosing(source, open);
  if (close === null) return null;
  const head = source.slice(0, open);
  const inside = source.slice(open + 1, close);
  const parts = splitTopLevel(inside).filter((one) => !/^(?:\/|\*)$/.test(one));
  const parameters = nameTogether(
    parts.map((one) => parseParameter(one, language)),
    parts,
    language,
  );
  return {
    isAsync: /\basync\b/.test(head.slice(Math.max(0, head.length - 400))),
    isWhole: declaring.test(head),
    parameters: parameters.filter((one): one is Parameter => one !== null),
    result: readResult(source.slice(close + 1), head, name, language),
  };
}

/** Where the list of parameters opens: after the name, its type parameters, or `= async (`. */
function findOpening(source: string, name: string): number | null {
  const word = new RegExp(
    `(?<![\\p{L}\\p{N}_$])${escapePattern(name)}[!?]?(?![\\p{L}\\p{N}_$])`,
    "gu",
  );
  for (const match of source.matchAll(word)) {
    let at = match.index + match[0].length;
    at = skipTypes(source, skipSpace(source, at));
    if (source[at] === "(") return at;
    const value =
      /^\s*(?::[^=]*(?:=>[^=]*)?)?=\s*(?:\w+(?:\.\w+)*\(\s*)?(?:async\s+)?(?:function\b\s*\*?\s*\w*\s*)?/.exec(
        source.slice(at, at + 600),
      );
    if (value !== null) {
      const next = skipTypes(source, at + value[0].length);
      if (source[next] === "(") return next;
    }
  }
  return null;
}

const skipSpace = (source: string, at: number): number =>
  at + (/^\s*/.exec(source.slice(at, at + 200))?.[0].length ?? 0);

/** Past `<T extends A>` or Go's `[T any]`. */
function skipTypes(source: string, at: number): number {
  if (source[at] !== "<" && source[at] !== "[") return at;
  const close = findClosing(source, at);
  return close === null ? at : skipSpace(source, close + 1);
}

/** The bracket that closes the one at `open`. */
function findClosing(source: string, open: number): number | null {
  let depth = 0;
  for (let at = open; at < Math.min(source.length, open + 8000); at++) {
    const sign = source[at] ?? "";
    if (`"'\``.includes(sign)) at = skipString(source, at);
    else if ("([{".includes(sign) || (sign === "<" && source[open] === "<")) depth += 1;
    else if (
      ")]}".includes(sign) ||
      (sign === ">" && source[open] === "<" && source[at - 1] !== "=")
    )
      depth -= 1;
    if (depth === 0) return at;
  }
  return null;
}

/** Ruby's `def name(a, b)` and `def name a, b`. */
function parseRuby(source: string, name: string): Signature | null {
  const called = escapePattern(name.replace(/[!?=]$/, ""));
  const word = new RegExp(`(?:\\bdef\\s+(?:\\w+\\.)?|^\\s*)${called}[!?=]?(?![\\w!?=])`);
  const match = word.exec(source);
  if (match === null) return null;
  const after = match.index + match[0].length;
  const isListed = source[after] === "(";
  const close = isListed ? findClosing(source, after) : null;
  const inside = isListed
    ? source.slice(after + 1, close ?? after)
    : (/^[^\n;]*/.exec(source.slice(after))?.[0] ?? "");
  const parameters = splitTopLevel(inside).map((one) => parseParameter(one, "ruby"));
  const found = parameters.filter((one): one is Parameter => one !== null);
  return { isAsync: false, isWhole: true, parameters: found, result: null };
}

/** Go's `a, b int`: a name alone has the type of the next that has one. Types alone have no names. */
function nameTogether(
  parameters: readonly (Parameter | null)[],
  parts: readonly string[],
  language: Language | null,
): (Parameter | null)[] {
  if (language !== "go") return [...parameters];
  const isNamed = parts.some((part) => /^\w+\s+\S/.test(part));
  if (!isNamed)
    return parts.map((part) => ({
      name: null,
      type: part.replace(/^\.{3}/, ""),
      optional: false,
      rest: part.startsWith("..."),
    }));
  let type: string | null = null;
  return [...parameters]
    .toReversed()
    .map((one) => {
      if (one === null) return one;
      type = one.type ?? type;
      return { ...one, type };
    })
    .toReversed();
}

/** What follows the list, or stands before the name where types come first. */
function readResult(
  rest: string,
  head: string,
  name: string,
  language: Language | null,
): string | null {
  if (language === "go") {
    const type = /^\s*([^{\n]*?)\s*(?:\{|\n|$)/.exec(rest)?.[1] ?? "";
    return type === "" ? null : type;
  }
  // Macros and templates stand where C++ has its types.
  if (language === "cpp") return null;
  const isTypeFirst = language === "java" || language === "c-sharp";
  const after = isTypeFirst ? undefined : /^\s*(?:->|:)\s*([\s\S]*)$/.exec(rest)?.[1];
  if (after !== undefined) return cutType(after, language);
  if (!isTypeFirst) return null;
  const before = head.slice(0, head.lastIndexOf(name)).trim().split("\n").at(-1) ?? "";
  const type = before
    .replace(/@\w+(?:\([^)]*\))?/g, "")
    .replace(
      /\b(?:public|private|protected|internal|static|final|abstract|async|virtual|override|synchronized|default|inline|const|sealed|extern)\b/g,
      "",
    )
    .replace(/^\s*<[^>]*>\s*/, "")
    .replace(/[\w:]*::\s*$/, "")
    .trim();
  return type === "" || type === "new" ? null : type;
}

/** A type up to where the body begins. */
function cutType(text: string, language: Language | null): string | null {
  let depth = 0;
  for (let at = 0; at < Math.min(text.length, 2000); at++) {
    const sign = text[at] ?? "";
    const isBody =
      depth === 0 &&
      at > 0 &&
      text.slice(0, at).trim() !== "" &&
      !/[|&,:=]\s*$/.test(text.slice(0, at));
    if (
      isBody &&
      (sign === "{" || sign === ";" || (sign === "\n" && !/^\s*[|&]/.test(text.slice(at))))
    )
      return tidy(text.slice(0, at));
    if (isBody && sign === "=" && text[at + 1] !== ">") return tidy(text.slice(0, at));
    if (isBody && sign === "=" && text[at + 1] === ">" && !/\)\s*$/.test(text.slice(0, at)))
      return tidy(text.slice(0, at));
    if (isBody && sign === ":" && language === "python") return tidy(text.slice(0, at));
    if (isBody && /^where\b/.test(text.slice(at)) && language === "rust")
      return tidy(text.slice(0, at));
    if ("([{<".includes(sign)) depth += 1;
    else if (")]}>".includes(sign) && text[at - 1] !== "=" && text[at - 1] !== "-") depth -= 1;
    if (depth < 0) return tidy(text.slice(0, at));
  }
  return tidy(text);
}

const tidy = (type: string): string | null => {
  const found = type.trim();
  return found === "" || found === "…" || found === "..." ? null : found;
};
