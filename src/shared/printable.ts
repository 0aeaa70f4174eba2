import { stripVTControlCharacters } from "node:util";

/**
 * Text of others as a terminal may show it: no escape sequence and no control character but line ends and tabs, so that
 * a document, a failure or a command's output cannot move the cursor, change colours or write over what stands there.
 */
export const toPrintable = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(/\r\n?/g, "\n")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, "");
