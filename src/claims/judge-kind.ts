import type { CodeSymbol, Language } from "../codebase/codebase.ts";
import type { KindWord } from "./read-statements/kind-word.ts";

/** Kinds that a word surely means, and kinds that it may be used for: of those nothing is proven. Others are wrong. */
type Meaning = { means: readonly CodeSymbol["kind"][]; mayMean: readonly CodeSymbol["kind"][] };

const meanings: Readonly<Record<KindWord, Meaning>> = {
  class: { means: ["class"], mayMean: [] },
  interface: { means: ["interface"], mayMean: [] },
  type: { means: ["type", "interface", "class", "enum"], mayMean: [] },
  enum: { means: ["enum"], mayMean: ["type", "constant", "class"] },
  struct: { means: ["class", "type"], mayMean: ["interface"] },
  trait: { means: ["interface", "class"], mayMean: ["type"] },
  function: { means: ["function", "method"], mayMean: [] },
  method: { means: ["method"], mayMean: [] },
  field: { means: ["field", "variable", "constant"], mayMean: ["method"] },
  constant: { means: ["constant", "variable", "field"], mayMean: [] },
  variable: { means: ["constant", "variable", "field"], mayMean: [] },
  module: { means: ["module"], mayMean: ["class", "constant"] },
};

/** A value that is a function: an arrow, or what a call gave back, of which the text does not tell. */
const isArrow = /=>|=\s*(?:async\s+)?function\b/;
const isPlain = /=\s*(?:-?\d|["'`]|\[|\{|new\b|true\b|false\b|null\b|None\b)/;

/** A constructor has the name of its class, and whoever says this name means the class. */
const isConstructor = ({ kind, name, owner }: CodeSymbol): boolean =>
  kind === "method" && owner?.split(/\.|::/).at(-1) === name;

/** Whether a declaration is what the words call it. `text` is its first lines. */
export function judgeKind(
  word: KindWord,
  symbol: CodeSymbol,
  text: string,
  language: Language | null,
): "yes" | "no" | "maybe" {
  const { means, mayMean } = meanings[word];
  if (isConstructor(symbol)) return word === "method" ? "maybe" : "no";
  if (means.includes(symbol.kind)) return "yes";
  const isValue = ["constant", "variable", "field"].includes(symbol.kind);
  if ((word === "function" || word === "method") && isValue) {
    if (isArrow.test(text)) return word === "function" || symbol.owner !== null ? "yes" : "no";
    return isPlain.test(text) || word === "method" ? "no" : "maybe";
  }
  if (["constant", "variable"].includes(word) && symbol.kind === "function")
    return /^\s*(?:export\s+)?(?:const|let|var)\b/.test(text) ? "yes" : "no";
  if (mayMean.includes(symbol.kind)) return "maybe";
  const hasClasses = [
    "typescript",
    "tsx",
    "javascript",
    "python",
    "java",
    "c-sharp",
    "php",
    "ruby",
  ];
  const isLoose = language === null || !hasClasses.includes(language);
  const isTypeLike = ["class", "type", "interface", "enum"].includes(symbol.kind);
  return isLoose && isTypeLike && ["class", "interface", "module"].includes(word) ? "maybe" : "no";
}
