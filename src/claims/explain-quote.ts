import { distance } from "fastest-levenshtein";
import type { Codebase } from "../codebase/codebase.ts";
import { escapePattern } from "../shared/escape-pattern.ts";
import { shorten, span } from "./write-text.ts";

const absent = "the file does not say that";

/** Where a quote stands that is not in its file, or which line of the file is most like it. */
export async function explainQuote(
  quote: string,
  path: string,
  content: string,
  codebase: Codebase,
): Promise<string> {
  const line = tellingLine(quote);
  if (line.length < 8 || line.length > 300) return absent;
  if (!quote.trim().includes("\n")) {
    const literal = escapePattern(line);
    const hit = (await codebase.grep(literal, [], 1))[0];
    if (hit !== undefined) return `${absent}; ${span(`${hit.path}:${hit.line}`)} does`;
  }
  const near = nearestLine(line, content);
  if (near === null) return absent;
  return `${absent}; ${span(`${path}:${near.line}`)} says ${span(shorten(near.text))}`;
}

const tellingLine = (quote: string): string =>
  quote
    .split("\n")
    .map((line) => line.trim())
    .reduce((longest, line) => (line.length > longest.length ? line : longest), "");

function nearestLine(wanted: string, content: string): { line: number; text: string } | null {
  let best: { line: number; text: string } | null = null;
  let least = 0.5;
  for (const [index, raw] of content.split("\n").slice(0, 20_000).entries()) {
    const text = raw.trim();
    // A line of another length cannot be near enough, and need not be measured.
    if (Math.abs(text.length - wanted.length) > wanted.length / 2) continue;
    const far = distance(text, wanted) / Math.max(text.length, wanted.length, 1);
    if (far < least) {
      least = far;
      best = { line: index + 1, text };
    }
  }
  return best;
}
