import { findIdProblems } from "./find-id-problems.ts";
import { findPathProblem } from "./find-path-problem.ts";
import { findUnreadableProblems } from "./find-unreadable-problems.ts";
import type { Problem } from "./problem.ts";
import type { Path } from "./reading.ts";
import type { BuildSpec } from "./schema-build-spec.ts";
import { suggestWord } from "./suggest-word.ts";

/** What the schema cannot say: ids, references between sections, paths, and what a spec may not lack. */
export const findBuildSpecProblems = (spec: BuildSpec): Problem[] => [
  ...findSpecIds(spec),
  ...findIdProblems(spec.steps, ["steps"], "S-1"),
  ...findIdProblems(spec.acceptance, ["acceptance"], "AC-1"),
  ...findIdProblems(spec.tests, ["tests"], "T-1"),
  ...findPaths(spec),
  ...findMoves(spec),
  ...findStepFiles(spec),
  ...findTestCriteria(spec),
  ...findNoCriteria(spec),
  ...findUnreadableProblems(spec),
];

const specId = /^BUILD_\d{2,6}$/;

function findSpecIds({ id, dependsOn }: BuildSpec): Problem[] {
  const problems: Problem[] = [];
  const example = "BUILD_01";
  if (!specId.test(id)) problems.push({ path: ["id"], message: `"${id}" is not an id`, example });
  dependsOn.forEach((other, index) => {
    const path: Path = ["dependsOn", index];
    if (!specId.test(other)) problems.push({ path, message: `"${other}" is not an id`, example });
    else if (other === id) problems.push({ path, message: `${id} depends on itself`, example });
    else if (dependsOn.indexOf(other) !== index)
      problems.push({ path, message: `"${other}" appears twice`, example });
  });
  return problems;
}

function findPaths(spec: BuildSpec): Problem[] {
  const all: [Path, string][] = [
    ...spec.context.map(({ path }, index): [Path, string] => [["context", index, "path"], path]),
    ...spec.files.map(({ path }, index): [Path, string] => [["files", index, "path"], path]),
    ...spec.files.flatMap(({ to }, index): [Path, string][] =>
      to === null ? [] : [[["files", index, "to"], to]],
    ),
  ];
  return all.flatMap(([at, path]) => {
    const message = findPathProblem(path);
    return message === null ? [] : [{ path: at, message, example: "`src/report.ts`" }];
  });
}

function findMoves({ files }: BuildSpec): Problem[] {
  return files.flatMap(({ action, to, path: from }, index): Problem[] => {
    const path: Path = ["files", index];
    if (action === "move" && to === null)
      return [
        {
          path,
          message: `move of "${from}" has no target`,
          example: "- move `a.ts` to `b.ts`: why",
        },
      ];
    if (action !== "move" && to !== null)
      return [{ path, message: `only a move has a target`, example: `- ${action} \`a.ts\`: why` }];
    return [];
  });
}

function findStepFiles({ files, steps }: BuildSpec): Problem[] {
  const known = new Set(files.flatMap(({ path, to }) => (to === null ? [path] : [path, to])));
  return steps.flatMap((step, index) =>
    step.files
      .filter((file) => !known.has(file))
      .map((file) => ({
        path: ["steps", index, "files"],
        message: `"${file}" is not among the Files${hint(file, known)}`,
        example: "name the file under ## Files, or take it from the step",
      })),
  );
}

function findTestCriteria({ acceptance, tests }: BuildSpec): Problem[] {
  const known = new Set(acceptance.map(({ id }) => id));
  return tests.flatMap((test, index) =>
    test.criteria
      .filter((id) => !known.has(id))
      .map((id) => ({
        path: ["tests", index, "criteria"],
        message: `there is no criterion "${id}"${hint(id, known)}`,
        example: "- criteria: AC-1",
      })),
  );
}

function findNoCriteria({ acceptance }: BuildSpec): Problem[] {
  if (acceptance.length > 0) return [];
  const message = "no acceptance criterion";
  return [{ path: ["acceptance"], message, example: "- [ ] AC-1 (must, unit): what must be true" }];
}

function hint(found: string, known: ReadonlySet<string>): string {
  const nearest = suggestWord(found, [...known]);
  return nearest === null ? "" : `; did you mean "${nearest}"?`;
}
