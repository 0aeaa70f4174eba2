import { hashBuildSpec } from "../documents/hash-build-spec.ts";
import { hashPlan } from "../documents/hash-plan.ts";
import { documentNames } from "../documents/name-document.ts";
import { normalizeBuildSpec } from "../documents/normalize-build-spec.ts";
import { normalizeDesign } from "../documents/normalize-design.ts";
import { renderAdr } from "../documents/render-adr.ts";
import { renderBuildSpec } from "../documents/render-build-spec.ts";
import { renderDesign } from "../documents/render-design.ts";
import { renderRisks } from "../documents/render-risks.ts";
import type { BuildSpec } from "../documents/schema-build-spec.ts";
import type { Design } from "../documents/schema-design.ts";
import type { Plan } from "../workflow/phase.ts";

/** A revision of a plan: its documents by their ledger names, and the plan whose hash is over their canonical form. */
export function writePlan(parts: {
  design: Design;
  specs: readonly BuildSpec[];
  revision: number;
  base: string;
  policyVersion: string;
}): { plan: Plan; documents: Record<string, string> } {
  const design = normalizeDesign(parts.design);
  const specs = parts.specs.map(normalizeBuildSpec);
  const { base, policyVersion, revision } = parts;
  const documents: Record<string, string> = {
    [documentNames.design]: renderDesign(design),
    [documentNames.risks]: renderRisks(design),
  };
  for (const spec of specs) documents[documentNames.spec(spec.id)] = renderBuildSpec(spec);
  for (const adr of design.adrs) documents[documentNames.adr(adr)] = renderAdr(adr);
  const plan: Plan = {
    hash: hashPlan({ design, specs, base, policyVersion }),
    revision,
    base,
    policyVersion,
    specs: specs.map((spec) => ({
      id: spec.id,
      title: spec.title,
      dependsOn: spec.dependsOn,
      document: documentNames.spec(spec.id),
      hash: hashBuildSpec(spec),
    })),
  };
  return { plan, documents };
}
