import type { Codebase, ImportStatement, SourceFile } from "../codebase/codebase.ts";
import type { Rule } from "./constraint.ts";
import { isPlace, matchPlace, matchScope } from "./match-scope.ts";
import { isStandard } from "./standard-modules.ts";

export type Hit = { path: string; line: number; why: string };

/** Whether an import of a module is one of `target`: the module itself or something below it. */
export function importsModule(specifier: string, target: string): boolean {
  const plain = target.replace(/\(\)$/, "").replace(/^node:/, "");
  const said = specifier.replace(/^node:/, "");
  if (said === plain) return true;
  return ["/", ".", "::", "\\"].some((sign) => said.startsWith(`${plain}${sign}`));
}

/** Imports that a rule forbids, in these files. */
export function findForbiddenImports(
  rule: Extract<Rule, { kind: "forbidden-import" }>,
  codebase: Codebase,
  files: readonly SourceFile[],
): Hit[] {
  const isIn = matchScope(rule.scope);
  return files
    .filter(({ path }) => isIn(path))
    .flatMap((file) => rule.targets.flatMap((target) => findImportsOf(codebase, file, target)));
}

function findImportsOf(codebase: Codebase, file: SourceFile, target: string): Hit[] {
  const why = `imports \`${target}\``;
  const isTarget = matchPlace(target);
  const traced = codebase.graph
    .importsOf(file.path)
    .filter(({ to }) => (isPlace(target) || to === target) && isTarget(to) && !isTarget(file.path))
    .map(({ line }) => line);
  const named = isPlace(target)
    ? []
    : file.imports.filter((statement) => names(statement, target)).map(({ line }) => line);
  return [...new Set([...traced, ...named])]
    .sort((left, right) => left - right)
    .map((line) => ({ path: file.path, line, why }));
}

/** `from app import state_io` imports `app.state_io` too. */
const names = ({ specifier, names: brought }: ImportStatement, target: string): boolean =>
  importsModule(specifier, target) ||
  brought.some((name) => [".", "::", "\\"].some((sign) => `${specifier}${sign}${name}` === target));

/** What a file imports that neither the language nor the repository brings. */
export function findForeignImports(codebase: Codebase, files: readonly SourceFile[]): Hit[] {
  return files.flatMap((file) => {
    const traced = new Set(codebase.graph.importsOf(file.path).map(({ line }) => line));
    return file.imports
      .filter(
        ({ specifier, line }) =>
          !traced.has(line) &&
          !/^[.#~]|^@\/|^(?:crate|self|super)\b/.test(specifier) &&
          isStandard(file.language, specifier) === false &&
          !isOwnModule(codebase, specifier),
      )
      .map(({ specifier, line }) => ({
        path: file.path,
        line,
        why: `imports \`${specifier}\`, which is not of the standard library`,
      }));
  });
}

/** A module that could not be traced to a file may still be one of ours by its name. */
const isOwnModule = (codebase: Codebase, specifier: string): boolean => {
  const first = specifier.split(/[./:\\]/)[0] ?? specifier;
  return (
    codebase.hasFolder(first) ||
    codebase.hasFolder(`src/${first}`) ||
    codebase.file(`${first}.py`) !== null ||
    codebase.packages.some(({ name }) => specifier === name || specifier.startsWith(`${name}/`))
  );
};
