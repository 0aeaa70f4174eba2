import type { RepositoryFacts } from "../../codebase/repository-facts.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Claim } from "../../documents/schema-validation-report.ts";
import type { SourceQuoter } from "../quote-source.ts";
import type { BaseFiles } from "./base-files.ts";

const total = 160_000;
const each = 24_000;

/**
 * The files that the plan touches or leans on, with line numbers, up to 160,000 characters: named files first, then
 * where claims were confirmed, then the best-ranked of the survey.
 */
export async function gatherExcerpts(
  specs: readonly BuildSpec[],
  claims: readonly Pick<Claim, "evidence">[],
  ranked: RepositoryFacts["ranked"],
  base: BaseFiles,
  quoter: SourceQuoter,
): Promise<string> {
  const paths = new Set([
    ...specs.flatMap((spec) => spec.files.map((file) => file.path)),
    ...specs.flatMap((spec) => spec.context.map((pattern) => pattern.path)),
    ...claims.flatMap((claim) => (claim.evidence === null ? [] : [claim.evidence.path])),
    ...ranked.map((file) => file.path),
  ]);
  const excerpts: string[] = [];
  const left: string[] = [];
  let room = total;
  for (const path of paths) {
    const text = await base.text(path);
    if (text === null) continue;
    const limit = Math.min(each, room);
    if (limit < 500) {
      left.push(path);
      continue;
    }
    excerpts.push(quoter.quote(path, text, { numbered: true, limit }));
    room -= Math.min(text.length, limit);
  }
  const rest = left.length > 0 ? `\n\nNot shown for want of room: ${left.join(", ")}` : "";
  return excerpts.join("\n\n") + rest;
}
