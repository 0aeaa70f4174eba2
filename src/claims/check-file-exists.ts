import type { Codebase } from "../codebase/codebase.ts";
import { documentNames } from "../documents/name-document.ts";
import type { OpenRule } from "./bind-rule.ts";
import type { Judgement, PlanDocuments, Statement } from "./claim-rule.ts";
import { explainAbsence } from "./explain-absence.ts";
import { nearestPaths } from "./find-nearest.ts";
import { firstLine, isFalse, isOpen, isTrue } from "./finding.ts";
import { judgeSaidPath, listSaidPaths, type SaidPath } from "./judge-said-path.ts";
import { listIntroduced, pathsToCome } from "./read-statements/list-introduced.ts";
import { span } from "./write-text.ts";

type FileStatement = Statement &
  ({ by: "spec"; path: string } | { by: "component"; path: string } | ({ by: "prose" } & SaidPath));

/** Files that a spec changes, paths of the design's components, and paths in prose. */
export const fileExistsRule: OpenRule<FileStatement> = {
  kind: "file-exists",
  find: (plan) => [...listChanged(plan), ...listComponents(plan), ...listProse(plan)],
  check: async (statement, { codebase }, plan) => {
    if (statement.by === "prose")
      return await judgeSaidPath(statement, codebase, listIntroduced(plan));
    const coming = pathsToCome(plan);
    if (statement.by === "component")
      return await judgeComponent(statement.path, codebase, [
        ...coming,
        ...listIntroduced(plan).paths,
      ]);
    const { path } = statement;
    if (codebase.file(path) !== null) return isTrue(firstLine(path, await codebase.text(path)));
    if (coming.includes(path)) return isTrue(null, "another spec creates it");
    return isFalse(explainAbsence(path, codebase));
  },
};

const listChanged = ({ specs }: PlanDocuments): FileStatement[] =>
  specs.flatMap((spec) =>
    spec.files
      .filter(({ action }) => action !== "create")
      .map(({ path, action }) => ({
        by: "spec" as const,
        source: documentNames.spec(spec.id),
        text: `${span(path)} is there to ${action}`,
        path,
      })),
  );

const listComponents = ({ design }: PlanDocuments): FileStatement[] =>
  (design?.components ?? []).flatMap(({ paths }) =>
    paths.map((path) => ({
      by: "component" as const,
      source: documentNames.design,
      text: `${span(path)} exists or comes with a spec`,
      path,
    })),
  );

const listProse = (plan: PlanDocuments): FileStatement[] =>
  listSaidPaths(plan).map((said) => ({ by: "prose" as const, ...said }));

/** A component may name a folder, or its files by a star. Without specs nothing can say what is to come. */
async function judgeComponent(
  path: string,
  codebase: Codebase,
  coming: readonly string[],
): Promise<Judgement> {
  if (codebase.file(path) !== null) return isTrue(firstLine(path, await codebase.text(path)));
  const plain = path.replace(/\/$/, "");
  if (coming.some((file) => file === plain || file.startsWith(`${plain}/`)))
    return isTrue(null, "a spec creates it");
  if (codebase.hasFolder(plain)) return isTrue(null);
  const star = path.indexOf("*");
  const start = path.slice(0, Math.max(star, 0));
  const isGlob = [...codebase.files.map((file) => file.path), ...coming].some((file) =>
    file.startsWith(start),
  );
  if (star >= 0 && isGlob) return isTrue(null);
  const absence = explainAbsence(path, codebase);
  if (coming.length === 0 && nearestPaths(path, codebase).length === 0)
    return isOpen(`${absence}, and no spec says what is to come`);
  return isFalse(absence);
}
