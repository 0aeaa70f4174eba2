import type { Parsed } from "../documents/fault.ts";
import { documentNames } from "../documents/name-document.ts";
import { parseBuildSpec } from "../documents/parse-build-spec.ts";
import { parseDesign } from "../documents/parse-design.ts";
import { writePlan } from "../phases/write-plan.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { Plan } from "../workflow/phase.ts";
import { type HandOverFacts, refuse } from "./hand-over-facts.ts";

function read<T>(
  documents: Readonly<Record<string, string>>,
  name: string,
  parse: (text: string) => Parsed<T>,
): Result<T> {
  const text = documents[name];
  if (text === undefined) return refuse("the document is missing", name);
  const parsed = parse(text);
  if (parsed.ok) return succeed(parsed.value);
  const [first] = parsed.faults;
  return refuse(`line ${first?.line ?? 1}: ${first?.message ?? "it does not parse"}`, name);
}

const sameText = (one: unknown, other: unknown): boolean =>
  JSON.stringify(sortKeys(one)) === JSON.stringify(sortKeys(other));

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sortKeys(each)]),
  );
}

/** A plan is made for a commit that is, or was, the default branch's. */
async function checkBase({ house }: HandOverFacts, base: string): Promise<Result<void>> {
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(base)) return refuse("the plan's base is no commit");
  const head = await house.workspace.resolve("HEAD");
  if (!head.ok) return head;
  const there = await house.workspace.resolve(base);
  if (!there.ok) return refuse("the plan's base is not in this repository");
  const outside = await house.workspace.commits(head.value, base);
  return outside.length === 0
    ? succeed(undefined)
    : refuse("the plan's base is not on the default branch");
}

/**
 * A plan is written again from its own design and specs: the same documents and the same hash must come of it, so that what people read
 * and approve is what is built.
 */
export async function checkPlanned(
  facts: HandOverFacts,
  plan: Plan,
  others: readonly string[] = [documentNames.context],
): Promise<Result<void>> {
  const { feature, lease, handOver } = facts;
  const { documents } = handOver;
  const revision = (feature.state.explorations[lease.exploration]?.revision ?? 0) + 1;
  if (plan.revision !== revision) return refuse(`the plan calls itself revision ${plan.revision}`);
  const design = read(documents, documentNames.design, parseDesign);
  if (!design.ok) return design;
  const specs = [];
  for (const { document } of plan.specs) {
    const spec = read(documents, document, parseBuildSpec);
    if (!spec.ok) return spec;
    specs.push(spec.value);
  }
  const { base, policyVersion } = plan;
  const written = writePlan({ design: design.value, specs, revision, base, policyVersion });
  if (!sameText(written.plan, plan)) return refuse("the plan is not what its documents say");
  const own = Object.entries(documents).filter(([name]) => !others.includes(name));
  if (!sameText(written.documents, Object.fromEntries(own))) {
    return refuse("the documents are not those of the plan");
  }
  return await checkBase(facts, base);
}
