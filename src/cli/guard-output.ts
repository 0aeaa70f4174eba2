import { toPrintable } from "../shared/printable.ts";

/** The styles that we use ourselves: bold, dim, plain colours, and their ends. Nothing that hides, moves or blinks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins a style
const OWN_STYLE = /(\u001b\[(?:0|1|2|22|39|3[0-7]|9[0-7])m)/;

/**
 * The last gate before a terminal: commands, paths, titles and branches are texts of others too, wherever they are printed.
 * Every control sequence goes but, where colours are wanted, the plain styles.
 */
export function guardOutput(text: string, colours: boolean): string {
  if (!colours) return toPrintable(text);
  const parts = text.split(OWN_STYLE);
  return parts.map((part, index) => (index % 2 === 1 ? part : toPrintable(part))).join("");
}
