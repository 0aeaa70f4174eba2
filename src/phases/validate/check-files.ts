import { findPathProblem } from "../../documents/find-path-problem.ts";
import { documentNames } from "../../documents/name-document.ts";
import type { BuildSpec, FileChange } from "../../documents/schema-build-spec.ts";
import type { Design } from "../../documents/schema-design.ts";
import type { BaseFiles } from "./base-files.ts";
import { type Finding, firstLine } from "./claim.ts";

/** Paths that exist only once a spec has been built. */
export const pathsToCome = (specs: readonly BuildSpec[]): Set<string> =>
  new Set(
    specs.flatMap((spec) =>
      spec.files.flatMap(({ path, action, to }) =>
        action === "create" ? [path] : to === null ? [] : [to],
      ),
    ),
  );

/** Whether the files of a spec are there, or are new, as it says; and whether some step touches each. */
export async function checkFiles(
  spec: BuildSpec,
  specs: readonly BuildSpec[],
  base: BaseFiles,
): Promise<Finding[]> {
  const source = documentNames.spec(spec.id);
  const earlier = pathsToCome(specs.filter((other) => other.id !== spec.id));
  const claims: Finding[] = [];
  for (const change of spec.files) {
    if (change.action === "create") claims.push(checkNew(change.path, source, base));
    else claims.push(await checkThere(change, source, earlier, base));
    if (change.to !== null) claims.push(checkNew(change.to, source, base));
    const step = checkStep(change, spec, source);
    if (step !== null) claims.push(step);
  }
  return claims;
}

async function checkThere(
  { path, action }: FileChange,
  source: string,
  earlier: ReadonlySet<string>,
  base: BaseFiles,
): Promise<Finding> {
  const claim = { kind: "file-exists", text: `\`${path}\` is there to ${action}`, source } as const;
  if (base.hasFile(path)) {
    const evidence = firstLine(path, await base.text(path));
    return { ...claim, verdict: "true", evidence, note: "" };
  }
  if (earlier.has(path))
    return { ...claim, verdict: "true", evidence: null, note: "another spec creates it" };
  return { ...claim, verdict: "false", evidence: null, note: explainAbsence(path, base) };
}

function checkNew(path: string, source: string, base: BaseFiles): Finding {
  const claim = { kind: "file-new", text: `\`${path}\` is new`, source, evidence: null } as const;
  const problem = findPathProblem(path);
  if (problem !== null) return { ...claim, verdict: "false", note: problem };
  if (/(?:^|\/)\.git(?:\/|$)/i.test(path))
    return { ...claim, verdict: "false", note: "the folder is git's own" };
  if (base.hasFile(path)) return { ...claim, verdict: "false", note: "it exists already" };
  if (base.hasFolder(path))
    return { ...claim, verdict: "false", note: "a folder of that name exists" };
  const parent = parentsOf(path).find((folder) => base.hasFile(folder));
  if (parent !== undefined)
    return { ...claim, verdict: "false", note: `\`${parent}\` is a file, not a folder` };
  const twin = base.paths.find((other) => other.toLowerCase() === path.toLowerCase());
  if (twin !== undefined)
    return { ...claim, verdict: "false", note: `\`${twin}\` differs only in upper and lower case` };
  return { ...claim, verdict: "true", note: "" };
}

function parentsOf(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join("/"));
}

/** What a person would look for next: a file of the same name elsewhere. */
export function explainAbsence(path: string, base: BaseFiles): string {
  const problem = findPathProblem(path);
  if (problem !== null) return problem;
  const name = path.slice(path.lastIndexOf("/") + 1);
  const twins = base.paths.filter((other) => other === name || other.endsWith(`/${name}`));
  if (twins.length === 0) return "there is no such file";
  return `there is no such file; there is ${twins
    .slice(0, 3)
    .map((twin) => `\`${twin}\``)
    .join(", ")}`;
}

/** The builder works step by step: a file that no step names is never touched. */
function checkStep({ path, to }: FileChange, spec: BuildSpec, source: string): Finding | null {
  const named = spec.steps.some((step) => step.files.some((file) => file === path || file === to));
  if (named) return null;
  return {
    kind: "other",
    text: `a step changes \`${path}\``,
    source,
    verdict: "false",
    evidence: null,
    note: "no step names it, so it would not be touched",
  };
}

/** Whether the paths of the design's components are there, or come with a spec. */
export async function checkComponents(
  design: Design,
  specs: readonly BuildSpec[],
  base: BaseFiles,
): Promise<Finding[]> {
  const coming = [...pathsToCome(specs)];
  const claims: Finding[] = [];
  for (const path of new Set(design.components.flatMap((component) => component.paths))) {
    const claim = {
      kind: "file-exists",
      text: `\`${path}\` exists or comes with a spec`,
      source: documentNames.design,
    } as const;
    const plain = path.replace(/\/$/, "");
    const comes = coming.some((file) => file === plain || file.startsWith(`${plain}/`));
    if (base.hasFile(path))
      claims.push({
        ...claim,
        verdict: "true",
        evidence: firstLine(path, await base.text(path)),
        note: "",
      });
    else if (comes || base.hasFolder(path) || matchesGlob(path, base, coming))
      claims.push({
        ...claim,
        verdict: "true",
        evidence: null,
        note: comes ? "a spec creates it" : "",
      });
    else
      claims.push({ ...claim, verdict: "false", evidence: null, note: explainAbsence(path, base) });
  }
  return claims;
}

/** `src/export/*.ts`: a component may name its files by a star. */
function matchesGlob(path: string, base: BaseFiles, coming: readonly string[]): boolean {
  const star = path.indexOf("*");
  if (star < 0) return false;
  const start = path.slice(0, star);
  return [...base.paths, ...coming].some((file) => file.startsWith(start));
}
