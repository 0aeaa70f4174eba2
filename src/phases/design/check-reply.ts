import { checkBuildSpec } from "../../documents/check-build-spec.ts";
import { checkDesign } from "../../documents/check-design.ts";
import { documentNames } from "../../documents/name-document.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Design } from "../../documents/schema-design.ts";
import type { DesignFacts } from "./facts.ts";
import { checkQuestions, mayAsk } from "./questions.ts";
import type { DesignReply } from "./reply.ts";

/** What a schema cannot say about a reply: everything that would keep its documents from being written, read back or built. */
export function checkReply(reply: DesignReply, facts: DesignFacts): string[] {
  if (reply.needsAnswers)
    return mayAsk(facts)
      ? checkQuestions(reply.questions)
      : ["Questions are closed: deliver the design, and list what you assume."];
  if (reply.design === null) return ["needsAnswers is false, but design is null"];
  if (reply.specs.length === 0) return ["there is no spec: a design needs at least BUILD_01"];
  return [
    ...checkDesign(reply.design).map((fault) => `design.${fault}`),
    ...reply.specs.flatMap((spec) => checkSpec(spec, facts)),
    ...checkTogether(reply.design, reply.specs),
  ];
}

function checkSpec(spec: BuildSpec, facts: DesignFacts): string[] {
  const faults = [...checkBuildSpec(spec), ...checkFiles(spec), ...checkVerify(spec, facts)];
  if (spec.files.length === 0) faults.push("files: no file is named");
  if (spec.steps.length === 0) faults.push("steps: there is no step");
  return faults.map((fault) => `${spec.id}.${fault}`);
}

function checkFiles(spec: BuildSpec): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const { path, to } of spec.files) {
    if (seen.has(path)) faults.push(`files: "${path}" appears twice; put its changes together`);
    seen.add(path);
    for (const one of to === null ? [path] : [path, to])
      if (/(?:^|\/)\.git(?:\/|$)/i.test(one)) faults.push(`files: "${one}" is git's own`);
  }
  return faults;
}

function checkVerify(spec: BuildSpec, facts: DesignFacts): string[] {
  const names = Object.keys(facts.repository.commands);
  return spec.acceptance.flatMap(({ id, verify }) =>
    verify === null || verify.trim() === "" || names.includes(verify.trim())
      ? []
      : [
          `${id}: verify names "${verify}", which is not a command (${names.join(", ") || "there are none"}); use one of these or null`,
        ],
  );
}

function checkTogether(design: Design, specs: readonly BuildSpec[]): string[] {
  const ids = specs.map((spec) => spec.id);
  const known = new Set(ids);
  const faults = ids.length === known.size ? [] : ["two specs have the same id"];
  for (const { id, dependsOn } of specs)
    for (const other of dependsOn)
      if (!known.has(other)) faults.push(`${id}.dependsOn: there is no spec "${other}"`);
  for (const { id, spec } of design.roadmap)
    if (!known.has(spec)) faults.push(`design.roadmap ${id}: there is no spec "${spec}"`);
  const names = design.adrs.map((adr) => documentNames.adr(adr));
  if (new Set(names).size !== names.length)
    faults.push("design.adrs: two have the same number and title");
  if (hasCycle(specs)) faults.push("the specs depend on each other in a circle");
  return faults;
}

/** Takes away specs whose dependencies are gone until none is left; what stays depends on itself. */
function hasCycle(specs: readonly BuildSpec[]): boolean {
  let rest = [...specs];
  for (;;) {
    const ids = new Set(rest.map((spec) => spec.id));
    const next = rest.filter((spec) => spec.dependsOn.some((other) => ids.has(other)));
    if (next.length === rest.length) return rest.length > 0;
    rest = next;
  }
}
