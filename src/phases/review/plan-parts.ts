import { estimateTokenCount } from "tokenx";
import type { ReviewedFile } from "./read-changes.ts";
import { renderFile } from "./render-review-prompt.ts";

/** Files in groups that one call can carry each; a file that is too large for any call is unread. Keeps the order. */
export function planParts(
  files: readonly ReviewedFile[],
  budget: number,
): { parts: ReviewedFile[][]; tooLarge: string[] } {
  const parts: ReviewedFile[][] = [];
  const tooLarge: string[] = [];
  let room = 0;
  for (const file of files) {
    const tokens = estimateTokenCount(renderFile(file));
    if (tokens > budget) {
      tooLarge.push(file.path);
      continue;
    }
    if (tokens > room || parts.length === 0) {
      parts.push([]);
      room = budget;
    }
    parts.at(-1)?.push(file);
    room -= tokens;
  }
  return { parts: parts.length === 0 ? [[]] : parts, tooLarge };
}
