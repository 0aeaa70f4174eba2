import { styleText } from "node:util";
import { toPrintable } from "../shared/printable.ts";
import { restoreText } from "../shared/restore-text.ts";

const bold = (text: string, colours: boolean): string =>
  text.replace(/\*\*([^*\n]+)\*\*/g, (_all, words: string) =>
    colours ? styleText("bold", words) : words,
  );

/** Folded parts of a comment: a plan is read before it is approved, so it is unfolded; reports are named only. */
const unfold = (markdown: string, open: boolean): string =>
  markdown.replace(
    /<details><summary>([^<]*)<\/summary>\n\n([\s\S]*?)\n\n<\/details>/g,
    (_all, summary: string, body: string) =>
      open ? `── ${summary} ──\n\n${body}` : `▸ ${summary}: archwright ledger export --to FOLDER`,
  );

/** A comment of the thread as a terminal shows it: no markers, no HTML. */
export function renderTerminal(
  markdown: string,
  options: { open: boolean; colours: boolean },
): string {
  const plain = unfold(toPrintable(restoreText(markdown)), options.open)
    .replace(/<!--[\s\S]*?-->\n?/g, "")
    .replace(/<\/?sub>/g, "");
  return `\n${bold(plain, options.colours)}`;
}
