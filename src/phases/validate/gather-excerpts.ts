import type { Codebase } from "../../codebase/codebase.ts";
import type { Excerpt } from "../../codebase/repository-facts.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Claim } from "../../documents/schema-validation-report.ts";
import { quoteExcerpt } from "../describe-repository.ts";
import type { SourceQuoter } from "../quote-source.ts";

const total = 120_000;
const each = 24_000;
/** Lines shown around a place that a claim was decided by. */
const around = 30;

type Sources = {
  specs: readonly BuildSpec[];
  claims: readonly Pick<Claim, "evidence">[];
  /** Stretches that the request is about. */
  selected: readonly Excerpt[];
  codebase: Pick<Codebase, "text">;
};

/**
 * What of the code a check reads, with line numbers, up to 120,000 characters: the files that the plan names, then the places that
 * decided claims, then the stretches that were chosen for the request.
 */
export async function gatherExcerpts(sources: Sources, quoter: SourceQuoter): Promise<string> {
  const named = new Set(
    sources.specs.flatMap((spec) => [
      ...spec.files.map((file) => file.path),
      ...spec.context.map((pattern) => pattern.path),
    ]),
  );
  const parts: string[] = [];
  const left = new Set<string>();
  let room = total;
  const add = (excerpt: Excerpt): void => {
    const length = Math.min(excerpt.text.length, each);
    if (length > room) {
      left.add(excerpt.path);
      return;
    }
    room -= length;
    parts.push(quoteExcerpt(cut(excerpt), quoter));
  };
  for (const path of named) {
    const text = await sources.codebase.text(path);
    if (text !== null) add(wholeOf(path, text));
  }
  for (const excerpt of await placesOf(sources, named)) add(excerpt);
  for (const excerpt of sources.selected) if (!named.has(excerpt.path)) add(excerpt);
  const rest = left.size > 0 ? `\n\nNot shown for want of room: ${[...left].join(", ")}` : "";
  return parts.join("\n\n") + rest;
}

const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n");

function wholeOf(path: string, text: string): Excerpt {
  const lines = linesOf(text).length;
  return { path, startLine: 1, endLine: lines, lines, text };
}

/** Whole lines, as many as fit. */
function cut(excerpt: Excerpt): Excerpt {
  if (excerpt.text.length <= each) return excerpt;
  const text = excerpt.text.slice(0, excerpt.text.lastIndexOf("\n", each) + 1 || each);
  return { ...excerpt, text, endLine: excerpt.startLine + linesOf(text).length - 1 };
}

/** Around each place that decided a claim, one stretch a file. */
async function placesOf(
  { claims, codebase }: Sources,
  shown: ReadonlySet<string>,
): Promise<Excerpt[]> {
  const spans = new Map<string, { from: number; to: number }>();
  for (const { evidence } of claims) {
    if (evidence === null || shown.has(evidence.path)) continue;
    const known = spans.get(evidence.path) ?? { from: evidence.startLine, to: evidence.endLine };
    const from = Math.min(known.from, evidence.startLine);
    spans.set(evidence.path, { from, to: Math.max(known.to, evidence.endLine) });
  }
  const excerpts: Excerpt[] = [];
  for (const [path, { from, to }] of spans) {
    const text = await codebase.text(path);
    if (text === null) continue;
    const lines = linesOf(text);
    const startLine = Math.max(1, from - around);
    const endLine = Math.min(lines.length, to + around);
    const stretch = lines.slice(startLine - 1, endLine).join("\n");
    excerpts.push({ path, startLine, endLine, lines: lines.length, text: stretch });
  }
  return excerpts;
}
