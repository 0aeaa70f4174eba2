const stopWords = new Set(
  "a an and are as at be been but by can could do does for from had has have how if in into is it its may must no not of on or our shall should so than that the their them then there these they this to up use used using want was we were what when where which while who why will with would you your add also please new need needs const let var function return import export class def self null true false".split(
    " ",
  ),
);

const cjk =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/**
 * Words of prose, code or a path, for matching: lower case, identifiers both whole and in their parts
 * (`parseBuildSpec` → parsebuildspec, parse, build, spec), plain endings cut, scripts without spaces in pairs.
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}_$]+/gu)) addWord(match[0], words);
  return words;
}

const longest = 64;

function addWord(token: string, words: string[]): void {
  if (cjk.test(token)) {
    addPairs(token, words);
    return;
  }
  const parts = token
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[ _$]+/)
    .filter((part) => part !== "");
  if (parts.length > 1) keep(parts.join(""), words);
  for (const part of parts) keep(part, words);
}

function keep(part: string, words: string[]): void {
  const lower = part.toLowerCase();
  if (lower.length < 2 || lower.length > longest || /^\d+$/.test(lower) || stopWords.has(lower))
    return;
  words.push(cutEnding(lower));
}

function addPairs(token: string, words: string[]): void {
  const letters = [...token];
  if (letters.length === 1) words.push(token);
  for (let index = 0; index + 1 < letters.length; index++) {
    words.push(`${letters[index]}${letters[index + 1]}`);
  }
}

/** Plurals and the commonest endings, so that `collectors`, `collector` and `collecting` meet. */
function cutEnding(word: string): string {
  if (word.length < 5) return word.length === 4 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  const stem = word.replace(/(?:ing|ed|ers|er|ors|or|ions|ion|s)$/, "");
  return stem.length >= 4 ? stem.replace(/([^aeiou])\1$/, "$1").replace(/e$/, "") : word;
}
