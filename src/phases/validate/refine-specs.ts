import { checkBuildSpec } from "../../documents/check-build-spec.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { RefineReply } from "./refine-prompt.ts";

/** Why a refined spec may not take the place of the one it refines; empty when it may. */
export function checkRefined(refined: readonly BuildSpec[], specs: readonly BuildSpec[]): string[] {
  const ids = refined.map((spec) => spec.id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  return [
    ...twice.map((id) => `${id} is given twice`),
    ...refined.flatMap((spec) => checkOne(spec, specs).map((fault) => `${spec.id}.${fault}`)),
  ];
}

function checkOne(spec: BuildSpec, specs: readonly BuildSpec[]): string[] {
  const original = specs.find((other) => other.id === spec.id);
  if (original === undefined) return [`id: the plan has no spec of this id`];
  const faults = checkBuildSpec(spec);
  if (spec.files.length === 0) faults.push("files: no file is named");
  if (spec.steps.length === 0) faults.push("steps: there is no step");
  // A validator that lowers the bar would make the review pass what the request does not get.
  for (const criterion of original.acceptance.filter(({ level }) => level === "must")) {
    const kept = spec.acceptance.find(({ id }) => id === criterion.id);
    if (kept?.level !== "must")
      faults.push(`acceptance: ${criterion.id} is a must and must stay one`);
  }
  const known = new Set(specs.map((other) => other.id));
  for (const other of spec.dependsOn)
    if (!known.has(other)) faults.push(`dependsOn: there is no spec "${other}"`);
  if (
    JSON.stringify(spec.dependsOn) !== JSON.stringify(original.dependsOn) &&
    spec.dependsOn.length > original.dependsOn.length
  )
    faults.push("dependsOn: a refinement adds no dependency between specs");
  return faults;
}

/** The specs with the acceptable refinements in place; one that is refused leaves its original. */
export function applyRefined(
  reply: Pick<RefineReply, "specs">,
  specs: readonly BuildSpec[],
): { specs: BuildSpec[]; refused: string[] } {
  const refused: string[] = [];
  const applied = specs.map((spec) => {
    const refined = reply.specs.find((other) => other.id === spec.id);
    if (refined === undefined) return spec;
    const faults = checkRefined([refined], specs);
    if (faults.length === 0) return refined;
    refused.push(`a refinement of ${spec.id} was refused: ${faults.slice(0, 3).join("; ")}`);
    return spec;
  });
  return { specs: applied, refused };
}
