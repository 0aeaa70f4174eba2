import type { Codebase } from "../codebase/codebase.ts";
import { findPathProblem } from "../documents/find-path-problem.ts";
import { documentNames } from "../documents/name-document.ts";
import type { ClaimRule, PlanDocuments, Statement } from "./claim-rule.ts";
import { isFalse, isTrue } from "./finding.ts";
import { classifySpan } from "./read-statements/classify-span.ts";
import { leadOf } from "./read-statements/judge-tone.ts";
import { readPlanProse } from "./read-statements/list-texts.ts";
import { span } from "./write-text.ts";

type NewStatement = Statement & { path: string };

/** Files that a spec creates or moves to, and files that prose calls new, are not there yet and can be made. */
export const fileNewRule: ClaimRule<NewStatement> = {
  kind: "file-new",
  find: (plan) => [...listStructured(plan), ...listSaid(plan)],
  check: async ({ path }, { codebase }) => {
    const problem = findObstacle(path, codebase);
    return problem === null ? isTrue(null) : isFalse(problem);
  },
};

const state = (source: string, path: string): NewStatement => ({
  source,
  text: `${span(path)} is new`,
  path,
});

const listStructured = ({ specs }: PlanDocuments): NewStatement[] =>
  specs.flatMap((spec) =>
    spec.files.flatMap(({ path, action, to }) => {
      const source = documentNames.spec(spec.id);
      const created = action === "create" ? [state(source, path)] : [];
      return to === null ? created : [...created, state(source, to)];
    }),
  );

const creating =
  /\b(?:create|creates|new (?:file|module|script|page|test file|test)s?|introduces? (?:a |the )?(?:file|module))\b[^⟦]{0,40}$/i;

function listSaid(plan: PlanDocuments): NewStatement[] {
  return readPlanProse(plan).sentences.flatMap((sentence) =>
    sentence.spans.flatMap((content, index) => {
      const found = classifySpan(content);
      if (found.kind !== "path" || found.path.endsWith("/") || !found.path.includes("/")) return [];
      return creating.test(leadOf(sentence, index)) ? [state(sentence.source, found.path)] : [];
    }),
  );
}

function findObstacle(path: string, codebase: Codebase): string | null {
  const problem = findPathProblem(path);
  if (problem !== null) return problem;
  if (/(?:^|\/)\.git(?:\/|$)/i.test(path)) return "the folder is git's own";
  if (codebase.file(path) !== null) return "it exists already";
  if (codebase.hasFolder(path)) return "a folder of that name exists";
  const parent = parentsOf(path).find((folder) => codebase.file(folder) !== null);
  if (parent !== undefined) return `${span(parent)} is a file, not a folder`;
  const twin = codebase.files.find((other) => other.path.toLowerCase() === path.toLowerCase());
  return twin === undefined ? null : `${span(twin.path)} differs only in upper and lower case`;
}

function parentsOf(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join("/"));
}
