import type { Fault, Parsed } from "../documents/fault.ts";
import { documentNames } from "../documents/name-document.ts";
import { parseBuildSpec } from "../documents/parse-build-spec.ts";
import { parseDesign } from "../documents/parse-design.ts";
import { writePlan } from "../phases/write-plan.ts";
import type { Plan } from "../workflow/phase.ts";
import { readDocument } from "./gather-common.ts";
import type { Feature } from "./load-feature.ts";
import { documentsOf } from "./name-in-ledger.ts";

export type Edited =
  | { kind: "edited"; plan: Plan; documents: Record<string, string> }
  /** The text does not parse: where, and how it is right. */
  | { kind: "faulty"; faults: readonly Fault[] }
  /** There is no such document in the plan in force. */
  | { kind: "unknown"; known: readonly string[] };

const faulty = (parsed: Parsed<unknown>): Edited =>
  parsed.ok ? { kind: "unknown", known: [] } : { kind: "faulty", faults: parsed.faults };

/**
 * The plan that follows when a person edits a document of the current one: the next revision, with its hash. Documents that were not
 * edited are read from the ledger. Throws a `Stop` when one of those no longer parses.
 */
export function editDocument(
  feature: Feature,
  name: string,
  text: string,
  policyVersion: string,
): Edited {
  const { plan, selected } = feature.state;
  const known = plan ? [documentNames.design, ...plan.specs.map(({ document }) => document)] : [];
  if (!plan || !known.includes(name)) return { kind: "unknown", known };
  const own = documentsOf(feature.documents, selected);
  const isDesign = name === documentNames.design;
  const parsed = isDesign ? parseDesign(text) : parseBuildSpec(text);
  if (!parsed.ok) return faulty(parsed);
  const now: Readonly<Record<string, string>> = { ...own, [name]: text };
  const design = readDocument(now, documentNames.design, parseDesign);
  const specs = plan.specs.map(({ document }) => readDocument(now, document, parseBuildSpec));
  const renamed = specs.findIndex(({ id }, index) => id !== plan.specs[index]?.id);
  if (renamed >= 0) {
    const id = plan.specs[renamed]?.id ?? "";
    const message = `the title names ${specs[renamed]?.id}, and this is ${id}`;
    return { kind: "faulty", faults: [{ line: 1, column: 1, message, example: `# ${id}: …` }] };
  }
  const { base } = plan;
  const written = writePlan({ design, specs, revision: plan.revision + 1, base, policyVersion });
  return { kind: "edited", ...written };
}
