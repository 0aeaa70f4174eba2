import { findIdProblems } from "./find-id-problems.ts";
import { findPathProblem } from "./find-path-problem.ts";
import { findUnreadableProblems } from "./find-unreadable-problems.ts";
import type { Problem } from "./problem.ts";
import type { Design } from "./schema-design.ts";

/** What the schema of a design cannot say: ids, references between tasks, paths. */
export const findDesignProblems = (design: Design): Problem[] => [
  ...findIdProblems(design.adrs, ["adrs"], "ADR-001"),
  ...findIdProblems(design.roadmap, ["roadmap"], "R-1"),
  ...findIdProblems(design.risks, ["risks"], "RISK-1"),
  ...findTasks(design),
  ...findPaths(design),
  ...findUnreadableProblems(design),
];

function findTasks({ roadmap }: Design): Problem[] {
  const known = new Set(roadmap.map(({ id }) => id));
  return roadmap.flatMap(({ id, dependsOn }, index) =>
    dependsOn.flatMap((other): Problem[] => {
      const path = ["roadmap", index, "dependsOn"];
      if (other === id) return [{ path, message: `${id} depends on itself`, example: "R-1" }];
      if (known.has(other)) return [];
      return [{ path, message: `there is no task "${other}"`, example: "R-1" }];
    }),
  );
}

function findPaths({ components }: Design): Problem[] {
  return components.flatMap(({ paths }, index) =>
    paths.flatMap((file): Problem[] => {
      const message = findPathProblem(file.replace(/\/$/, ""));
      if (message === null) return [];
      return [{ path: ["components", index, "paths"], message, example: "`src/report.ts`" }];
    }),
  );
}
