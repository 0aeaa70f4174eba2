import type { Codebase } from "../codebase/codebase.ts";
import { confirmQuote, type QuoteMatch } from "../codebase/confirm-quote.ts";
import type { BuildSpec } from "../documents/schema-build-spec.ts";
import { shorten, span } from "./write-text.ts";

type Pattern = BuildSpec["context"][number];
type Corrected = { pattern: Pattern; change: string | null };

/** Puts the quotes of a spec's context right that stand on another line of their file, or differ only in white space. */
export async function correctContext(
  spec: BuildSpec,
  codebase: Codebase,
): Promise<{ spec: BuildSpec; changes: string[] }> {
  const corrected = await Promise.all(
    spec.context.map((pattern) => correctPattern(spec.id, pattern, codebase)),
  );
  const changes = corrected.flatMap(({ change }) => (change === null ? [] : [change]));
  if (changes.length === 0) return { spec, changes };
  return { spec: { ...spec, context: corrected.map(({ pattern }) => pattern) }, changes };
}

async function correctPattern(
  id: string,
  pattern: Pattern,
  codebase: Codebase,
): Promise<Corrected> {
  const content = await codebase.text(pattern.path);
  const found = content === null ? null : confirmQuote(content, rangeOf(pattern));
  if (found === null || (found.exact && found.startLine === pattern.line))
    return { pattern, change: null };
  const quote = found.exact ? withoutEdges(pattern.quote) : found.text;
  const words = span(shorten(pattern.quote) || " ");
  return {
    pattern: { ...pattern, line: found.startLine, quote },
    change: `${id}: the quote ${words} of ${span(pattern.path)}: ${describe(pattern, found)}`,
  };
}

const rangeOf = ({
  line,
  quote,
}: Pattern): { startLine: number; endLine: number; quote: string } => ({
  startLine: line,
  endLine: line + withoutEdges(quote).split("\n").length - 1,
  quote,
});

const withoutEdges = (quote: string): string => quote.replace(/^\n+|\s+$/g, "");

function describe(pattern: Pattern, found: QuoteMatch): string {
  const parts: string[] = [];
  if (found.startLine !== pattern.line)
    parts.push(`line ${pattern.line} corrected to ${found.startLine}`);
  if (!found.exact) parts.push("white space corrected");
  return parts.join(", ");
}
