import { stemWord, stopWords } from "./stem-word.ts";

/** A term that stands for a whole identifier begins with this, so that it never meets a word. */
export const WHOLE = "=";

/** Longer runs are encoded data, not names. */
const LONGEST_NAME = 80;

const unspacedLetter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** Whether a name is of a script that puts no spaces between words. */
export const isUnspaced = (name: string): boolean => unspacedLetter.test(name);

/**
 * The terms of one run of letters, digits, `_` and `$`: its parts in lower case with plain endings cut, stop words left out, and
 * the whole of it when it has several parts (`parseSpecs` → pars, spec, =parsespecs). Scripts without spaces come in pairs.
 */
export function splitIdentifier(name: string): string[] {
  if (plain.test(name)) return name.length > LONGEST_NAME ? [] : termsOfParts(splitPlain(name));
  if (isUnspaced(name)) return splitUnspaced(name);
  if (name.length > LONGEST_NAME) return [];
  const parts = name
    .normalize("NFC")
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[ _$]+/)
    .filter((part) => part !== "");
  return termsOfParts(parts);
}

function termsOfParts(parts: readonly string[]): string[] {
  const terms: string[] = [];
  for (const part of parts) {
    const word = part.toLowerCase();
    if (word.length > 1 && !stopWords.has(word)) terms.push(stemWord(word));
  }
  if (parts.length > 1) terms.push(WHOLE + parts.join("").toLowerCase());
  return terms;
}

const plain = /^[A-Za-z0-9_$]*$/;
const part = /[A-Z]+(?![a-z])[a-z0-9]*|[A-Z]?[a-z0-9]+/g;

/** The same for ASCII alone, which nearly all names are: one expression and no tables of Unicode. */
const splitPlain = (name: string): readonly string[] => name.match(part) ?? [];

function splitUnspaced(name: string): string[] {
  const letters = [...name.normalize("NFC").toLowerCase()];
  if (letters.length === 1) return letters;
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}
