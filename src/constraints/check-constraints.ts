import type { Codebase, SourceFile } from "../codebase/codebase.ts";
import {
  findForbiddenFiles,
  findSilent,
  findStrayTests,
  findTooLong,
  findWrongNames,
} from "./check-files.ts";
import { findForbiddenImports, findForeignImports, type Hit } from "./check-imports.ts";
import { findForbiddenText, findRawCallsIn } from "./check-lines.ts";
import type { Breach, Constraint, Rule } from "./constraint.ts";
import { namesTests } from "./match-scope.ts";
import { findCheckable } from "./recognise-rule.ts";

export type CheckOptions = {
  /** Only these files; all of them unless said. */
  paths?: readonly string[];
  /** Rules about what is added or changed say nothing of a codebase as it stands. */
  changed?: boolean;
};

/**
 * Where a codebase breaks its constraints, as far as a program can tell: in the order of the constraints, paths and lines. Product code
 * only, unless a constraint names a folder of tests.
 */
export async function checkConstraints(
  constraints: readonly Constraint[],
  codebase: Codebase,
  { paths, changed = false }: CheckOptions = {},
): Promise<Breach[]> {
  const chosen = paths === undefined ? null : new Set(paths);
  const files = codebase.files.filter(({ path }) => chosen === null || chosen.has(path));
  const breaches: Breach[] = [];
  for (const { constraint, rules } of findCheckable(constraints)) {
    for (const rule of rules) {
      const hits = await findHits(rule, codebase, { files, changed });
      const own = hits.filter(({ path }) => chosen === null || chosen.has(path));
      breaches.push(...(await describeHits(codebase, constraint, rule, own)));
    }
  }
  return breaches;
}

type Chosen = { files: readonly SourceFile[]; changed: boolean };

async function findHits(
  rule: Rule,
  codebase: Codebase,
  { files, changed }: Chosen,
): Promise<Hit[]> {
  switch (rule.kind) {
    case "forbidden-import":
      return findForbiddenImports(rule, codebase, files.filter(isCode(rule.scope.within)));
    case "forbidden-text":
      return await findForbiddenText(rule, codebase);
    case "raw-calls":
      return await findRawCallsIn(rule, codebase);
    case "standard-library":
      return [
        ...findDependencies(codebase),
        ...findForeignImports(codebase, files.filter(isCode([]))),
      ].filter((hit) => !isAside(hit));
    case "no-new-dependency":
      return changed ? findDependencies(codebase) : [];
    case "longest":
      return findTooLong(rule, files);
    case "mention":
      return await findSilent(rule, codebase, files);
    case "file-names":
      return findWrongNames(rule, files);
    case "forbidden-file":
      return changed ? findForbiddenFiles(rule, files) : [];
    case "tests-within":
      return findStrayTests(rule, files);
  }
}

const isCode =
  (within: readonly string[]) =>
  ({ role }: SourceFile): boolean =>
    role === "source" || (role === "test" && namesTests(within));

/** Examples, documents and measurements may need what the product may not. */
const isAside = ({ path }: { path: string }): boolean =>
  /^(?:.*\/)?(?:examples?|docs?|bench(?:mark)?s?|samples?|demos?)\//i.test(path);

const findDependencies = (codebase: Codebase): Hit[] =>
  codebase.packages.flatMap(({ dependencies }) =>
    dependencies
      .filter(({ use }) => use === "run")
      .map(({ name, manifest, line }) => ({
        path: manifest,
        line,
        why: `depends on \`${name}\``,
      })),
  );

const mostQuoted = 160;

async function describeHits(
  codebase: Codebase,
  constraint: Constraint,
  rule: Rule,
  hits: readonly Hit[],
): Promise<Breach[]> {
  const texts = new Map<string, string[]>();
  const breaches: Breach[] = [];
  for (const { path, line, why } of sortHits(hits)) {
    const lines = texts.get(path) ?? ((await codebase.text(path)) ?? "").split("\n");
    texts.set(path, lines);
    const isWhole = line === 1 && !/^(?:imports|says|has raw|depends)/.test(why);
    const quote = isWhole ? "" : (lines[line - 1] ?? "").trim().slice(0, mostQuoted);
    breaches.push({ constraint, rule: rule.kind, path, line, quote, why });
  }
  return breaches;
}

const sortHits = (hits: readonly Hit[]): Hit[] =>
  [...hits].sort(
    (left, right) =>
      (left.path < right.path ? -1 : left.path > right.path ? 1 : 0) || left.line - right.line,
  );
