import type { Codebase, SourceFile } from "../codebase/codebase.ts";
import { styleOf } from "../codebase/conventions/find-name-conventions.ts";
import { languageOf } from "../codebase/conventions/name-language.ts";
import { nameTest } from "../codebase/conventions/name-test.ts";
import { isProp, nameOf } from "../codebase/conventions/split-path.ts";
import type { Hit } from "./check-imports.ts";
import { patternOf } from "./check-lines.ts";
import type { Rule, Scope } from "./constraint.ts";
import { matchAnywhere, matchPlace, matchScope, namesTests } from "./match-scope.ts";

/** Files of code that a rule without a folder means: the product's. With a folder, whatever code is in it. */
export function filesIn(files: readonly SourceFile[], scope: Scope): SourceFile[] {
  const isIn = matchScope(scope);
  return files.filter(
    ({ path, role, language }) =>
      languageOf({ path, language }) !== null &&
      (role === "source" || (role === "test" && namesTests(scope.within))) &&
      isIn(path),
  );
}

export function findTooLong(
  rule: Extract<Rule, { kind: "longest" }>,
  files: readonly SourceFile[],
): Hit[] {
  return filesIn(files, rule.scope).flatMap((file): Hit[] => {
    if (rule.of === "file") {
      const why = `has ${file.lines} lines, above ${rule.lines}`;
      return file.lines > rule.lines ? [{ path: file.path, line: 1, why }] : [];
    }
    return file.symbols.flatMap(({ kind, name, line, endLine }): Hit[] => {
      const lines = endLine - line + 1;
      if (!/^(?:function|method)$/.test(kind) || lines <= rule.lines) return [];
      return [
        { path: file.path, line, why: `\`${name}\` has ${lines} lines, above ${rule.lines}` },
      ];
    });
  });
}

export function findWrongNames(
  { style, scope }: Extract<Rule, { kind: "file-names" }>,
  files: readonly SourceFile[],
): Hit[] {
  return filesIn(files, scope).flatMap(({ path }): Hit[] => {
    const found = styleOf(nameOf(path).split(".")[0] ?? "");
    const isRight = found === null || found.toLowerCase() === style;
    return isRight ? [] : [{ path, line: 1, why: `is named in ${found}, not in ${style}` }];
  });
}

export function findForbiddenFiles(
  { globs }: Extract<Rule, { kind: "forbidden-file" }>,
  files: readonly SourceFile[],
): Hit[] {
  const places = globs.map(matchPlace);
  return files
    .filter(({ path }) => places.some((is) => is(path)))
    .map(({ path }) => ({ path, line: 1, why: "lies where nothing may be added or changed" }));
}

export function findStrayTests(
  { globs }: Extract<Rule, { kind: "tests-within" }>,
  files: readonly SourceFile[],
): Hit[] {
  const places = globs.map(matchAnywhere);
  return files
    .filter(({ path, role }) => role === "test" && nameTest(path) !== null && !isProp(path))
    .filter(({ path }) => !places.some((is) => is(path)))
    .map(({ path }) => ({
      path,
      line: 1,
      why: `is a test outside of ${globs.map((glob) => `\`${glob}\``).join(", ")}`,
    }));
}

const mostLines = 20_000;

/** Files that should say a name and do not. */
export async function findSilent(
  rule: Extract<Rule, { kind: "mention" }>,
  codebase: Codebase,
  files: readonly SourceFile[],
): Promise<Hit[]> {
  const chosen = await chooseFiles(rule, codebase, files);
  const found: Hit[] = [];
  for (const name of rule.names) {
    const lines = await codebase.grep(patternOf(name), [], mostLines);
    const saying = new Set(lines.map(({ path }) => path));
    const why = `does not say \`${name}\``;
    for (const { path } of chosen) if (!saying.has(path)) found.push({ path, line: 1, why });
  }
  return found;
}

/** A script runs by itself: it says so in its first line, is called so, or lies in a folder of scripts. */
async function chooseFiles(
  rule: Extract<Rule, { kind: "mention" }>,
  codebase: Codebase,
  files: readonly SourceFile[],
): Promise<SourceFile[]> {
  if (rule.of === "test")
    return files.filter(
      ({ path, role }) =>
        role === "test" && nameTest(path) !== null && matchScope(rule.scope)(path),
    );
  const code = filesIn(files, rule.scope);
  if (rule.of !== "script" || rule.scope.within.length > 0) return code;
  const lines = await codebase.grep("^#!|^if __name__ == .__main__.", [], mostLines);
  const running = new Set(lines.map(({ path }) => path));
  return code.filter(({ path }) => running.has(path) || /(?:^|\/)(?:scripts?|bin)\//.test(path));
}
