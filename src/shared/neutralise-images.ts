import { codeRanges } from "./code-ranges.ts";
import { JOINER } from "./restore-text.ts";

/** What a reader's browser, or GitHub for it, would fetch without a click: its address can carry away what the model has read. */
const fetched =
  /!(?=\[)|<(?=(?:img|image|picture|source|video|audio|svg|iframe|embed|object)(?![a-z0-9-]))/gi;

/**
 * Shows images and their like as links and text: an address in words of a model or a person is followed by people alone. Nothing in
 * code that is certainly shown as code is touched; `restoreText` gives the text back.
 */
export function neutraliseImages(markdown: string): string {
  const ranges = codeRanges(markdown);
  return markdown.replace(fetched, (found, index: number) =>
    ranges.endAt(index) === null ? `${found}${JOINER}` : found,
  );
}
