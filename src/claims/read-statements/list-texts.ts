import { documentNames } from "../../documents/name-document.ts";
import { type Fence, readCode, type Sentence } from "../../documents/read-code.ts";
import type { PlanDocuments } from "../claim-rule.ts";

/** A sentence of a plan and the document that says it. */
export type SaidSentence = Sentence & { source: string };
export type SaidFence = Fence & { source: string };

/** All prose of a plan, read for code. */
export type PlanProse = { sentences: readonly SaidSentence[]; fences: readonly SaidFence[] };

const known = new WeakMap<PlanDocuments, PlanProse>();

/**
 * The sentences and fences of a plan's texts: design first, then the specs in their order. Fields that have a form of their own
 * (paths, quotes, edits, signatures, versions, names of commands) are left out: the rules read those themselves.
 */
export function readPlanProse(plan: PlanDocuments): PlanProse {
  const before = known.get(plan);
  if (before !== undefined) return before;
  const sentences: SaidSentence[] = [];
  const fences: SaidFence[] = [];
  for (const { source, text } of listTexts(plan)) {
    const code = readCode(text);
    sentences.push(...code.sentences.map((one) => ({ ...one, source })));
    fences.push(...code.fences.map((one) => ({ ...one, source })));
  }
  const prose = { sentences, fences };
  known.set(plan, prose);
  return prose;
}

type Text = { source: string; text: string };

function listTexts({ design, specs }: PlanDocuments): Text[] {
  const texts: Text[] = [];
  if (design !== null) {
    const { interfaces, components, dataFlow: _drawing, roadmap, ...rest } = design;
    const said = {
      ...rest,
      interfaces: interfaces.map((one) => one.description),
      components: components.map((one) => one.responsibility),
      roadmap: roadmap.map((one) => one.task),
    };
    const source = documentNames.design;
    texts.push(...stringsIn(said).map((text) => ({ source, text })));
  }
  for (const spec of specs) {
    const { context, files, dependencies, steps, dependsOn: _others, ...rest } = spec;
    const said = {
      ...rest,
      context: context.map((one) => one.pattern),
      files: files.map((one) => one.purpose),
      dependencies: dependencies.map((one) => one.reason),
      steps: steps.map(({ title, details }) => [title, details]),
    };
    const source = documentNames.spec(spec.id);
    texts.push(...stringsIn(said).map((text) => ({ source, text })));
  }
  return texts;
}

/** Sections that this version does not know keep their heading: it may say that what follows is of today. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value !== "object" || value === null) return [];
  if ("heading" in value && "body" in value) return [`# ${value.heading}\n\n${value.body}`];
  return Object.values(value).flatMap(stringsIn);
}
