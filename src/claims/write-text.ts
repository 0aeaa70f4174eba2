import { renderCodeSpan } from "../documents/code-span.ts";

/** Any words as a code span on one line. */
export const span = (words: string): string => renderCodeSpan(words.replace(/\s+/g, " ").trim());

/** A quote as a report shows it: one line, at most 80 characters. */
export function shorten(quote: string): string {
  const line = quote.replace(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}

export const listSpans = (words: readonly string[]): string => words.map(span).join(", ");
