import { estimateTokenCount } from "tokenx";
import type { ReviewedFile } from "./read-changes.ts";
import { renderFile } from "./render-review-prompt.ts";

/**
 * Files in groups that one call can carry each, in order. A file too large for a call together with its diff goes without the diff;
 * one that is too large even so is unread.
 */
export function planParts(
  files: readonly ReviewedFile[],
  budget: number,
): { parts: ReviewedFile[][]; tooLarge: string[] } {
  const parts: ReviewedFile[][] = [];
  const tooLarge: string[] = [];
  let room = 0;
  for (const file of files) {
    const fitting = fitFile(file, budget);
    if (fitting === null) {
      tooLarge.push(file.path);
      continue;
    }
    const tokens = countTokens(fitting);
    if (tokens > room || parts.length === 0) {
      parts.push([]);
      room = budget;
    }
    parts.at(-1)?.push(fitting);
    room -= tokens;
  }
  return { parts: parts.length === 0 ? [[]] : parts, tooLarge };
}

const countTokens = (file: ReviewedFile): number => estimateTokenCount(renderFile(file));

function fitFile(file: ReviewedFile, budget: number): ReviewedFile | null {
  if (countTokens(file) <= budget) return file;
  const whole = { ...file, diff: "" };
  return file.after !== null && countTokens(whole) <= budget ? whole : null;
}
