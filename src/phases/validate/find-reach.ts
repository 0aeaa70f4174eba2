import { findReferrers } from "../../codebase/find-referrers.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { ValidateFacts } from "./facts.ts";

/** Paths that a plan changes and that are there to be changed. */
export const listTouched = (specs: readonly BuildSpec[]): string[] => [
  ...new Set(
    specs.flatMap((spec) =>
      spec.files.filter((file) => file.action !== "create").map((file) => file.path),
    ),
  ),
];

/** What a change of the specs' files reaches, as Markdown: for the report, and for a model. */
export async function findReach(
  specs: readonly BuildSpec[],
  facts: Pick<ValidateFacts, "snapshot">,
): Promise<string> {
  const referrers = await findReferrers(facts.snapshot, listTouched(specs));
  return referrers
    .slice(0, 120)
    .map(({ path, line, text }) => `- \`${path}:${line}\`: ${text}`)
    .join("\n");
}
