/** A word of a command line. A quoted word is never an option; `quotedFrom` is where its quotes began in the text. */
export type Word = { text: string; quoted: boolean };

const closing: Readonly<Record<string, string>> = { '"': '"', "'": "'", "“": "”", "‘": "’" };
const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  '"': '"',
  "'": "'",
  "\\": "\\",
};
const isSpace = (char: string | undefined): boolean => char === undefined || /\s/.test(char);

/** Reads quoted text from behind its opening mark; null when it is never closed. */
function readQuoted(
  line: string,
  from: number,
  close: string,
): { text: string; end: number } | null {
  let text = "";
  for (let at = from; at < line.length; at++) {
    const char = line[at] ?? "";
    if (char === close) return { text, end: at + 1 };
    const escaped = char === "\\" ? escapes[line[at + 1] ?? ""] : undefined;
    if (escaped !== undefined) at += 1;
    text += escaped ?? char;
  }
  return null;
}

/** A quote opens at the start of a word or of an option's value; within a word it is a letter like any other. */
const opensQuote = (word: string): boolean => word === "" || /^(?:--|—)[\w-]+=$/.test(word);

function readWord(line: string, from: number): { word: Word; end: number } | null {
  let text = "";
  let quoted = false;
  let at = from;
  while (at < line.length && !isSpace(line[at])) {
    const char = line[at] ?? "";
    const close = Object.hasOwn(closing, char) ? closing[char] : undefined;
    if (close === undefined || quoted || !opensQuote(text)) {
      text += char;
      at += 1;
      continue;
    }
    const inner = readQuoted(line, at + 1, close);
    if (!inner) return null;
    quoted = text === "";
    text += inner.text;
    at = inner.end;
  }
  return { word: { text, quoted }, end: at };
}

/**
 * Splits one line into words, with single and double quotes (typographic ones too, which telephones put in) and
 * the escapes \" \' \\ \n \r inside them. Null when a quote is never closed. Linear.
 */
export function splitArguments(line: string): Word[] | null {
  const words: Word[] = [];
  let at = 0;
  while (at < line.length) {
    if (isSpace(line[at])) {
      at += 1;
      continue;
    }
    const read = readWord(line, at);
    if (!read) return null;
    words.push(read.word);
    at = read.end;
  }
  return words;
}

/** Words of free text: nothing is quoted, nothing can be wrong. */
export const splitPlainly = (line: string): Word[] =>
  line
    .split(/\s+/)
    .filter((text) => text !== "")
    .map((text) => ({ text, quoted: false }));
