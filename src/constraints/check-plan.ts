import type { Codebase } from "../codebase/codebase.ts";
import { styleOf } from "../codebase/conventions/find-name-conventions.ts";
import { nameTest } from "../codebase/conventions/name-test.ts";
import { nameOf } from "../codebase/conventions/split-path.ts";
import { documentNames } from "../documents/name-document.ts";
import type { BuildSpec } from "../documents/schema-build-spec.ts";
import { importsModule } from "./check-imports.ts";
import { homesOf, maskStrings, patternOf } from "./check-lines.ts";
import type { Constraint, Rule, Scope } from "./constraint.ts";
import { isPlace, matchAnywhere, matchPlace, matchScope } from "./match-scope.ts";
import { callsOf } from "./raw-calls.ts";
import { importOf, type PlannedCode, pathsOf, readPlannedCode } from "./read-planned-code.ts";
import { findCheckable } from "./recognise-rule.ts";

/** Something in a plan that would break a constraint. */
export type PlanBreach = {
  constraint: Constraint;
  rule: Rule["kind"];
  /** Document of the plan. */
  source: string;
  /** File that it is planned for; null where the plan does not say. */
  path: string | null;
  why: string;
};

type Draft = Omit<PlanBreach, "constraint" | "rule">;

/**
 * What the specs of a plan would break before a line is written: dependencies that they list, files that they add, and code that their edits
 * and steps show. Code of which the plan does not say where it goes is held only against what holds everywhere.
 */
export function checkPlanAgainstConstraints(
  constraints: readonly Constraint[],
  specs: readonly BuildSpec[],
  codebase: Codebase,
): PlanBreach[] {
  const code = readPlannedCode(specs);
  return findCheckable(constraints).flatMap(({ constraint, rules }) =>
    rules.flatMap((rule) =>
      distinct(checkRule(rule, { specs, code, codebase })).map((draft) => ({
        constraint,
        rule: rule.kind,
        ...draft,
      })),
    ),
  );
}

const distinct = (drafts: readonly Draft[]): Draft[] => [
  ...new Map(drafts.map((draft) => [JSON.stringify(draft), draft])).values(),
];

type Planned = { specs: readonly BuildSpec[]; code: readonly PlannedCode[]; codebase: Codebase };

function checkRule(rule: Rule, planned: Planned): Draft[] {
  switch (rule.kind) {
    case "forbidden-import":
      return [...findImports(rule, planned), ...findNamedDependencies(rule, planned)];
    case "forbidden-text":
      return rule.targets.flatMap((target) =>
        findLines(planned, rule, patternOf(target), `says \`${target}\``),
      );
    case "raw-calls":
      return findLines(planned, rule, callsOf(rule.of), `has raw ${rule.of}`);
    case "standard-library":
    case "no-new-dependency":
      return findNewDependencies(planned);
    case "file-names":
      return findFiles(planned, rule.scope, (path) => {
        const style = styleOf(nameOf(path).split(".")[0] ?? "");
        return style === null || style.toLowerCase() === rule.style
          ? null
          : `is named in ${style}, not in ${rule.style}`;
      });
    case "tests-within":
      return findFiles(planned, { within: [], except: [] }, (path) => {
        const isThere = rule.globs.some((glob) => matchAnywhere(glob)(path));
        return nameTest(path) === null || isThere ? null : "is a test that lies elsewhere";
      });
    case "forbidden-file":
      return findTouched(planned, { within: rule.globs, except: [] });
    case "longest":
    case "mention":
      // What a file will hold in the end no plan says.
      return [];
  }
}

const isIn = ({ within, except }: Scope, path: string | null): boolean =>
  path === null ? within.length + except.length === 0 : matchScope({ within, except })(path);

function findImports(
  { targets, scope }: Extract<Rule, { kind: "forbidden-import" }>,
  { code }: Planned,
): Draft[] {
  return code
    .filter(({ path }) => isIn(scope, path))
    .flatMap(({ source, path, lines }) =>
      lines.flatMap((line) => {
        const specifier = importOf(line);
        if (specifier === null) return [];
        return targets
          .filter((target) => isImportOf(specifier, target, path ?? ""))
          .map((target): Draft => ({ source, path, why: `imports \`${target}\`` }));
      }),
    );
}

function isImportOf(specifier: string, target: string, from: string): boolean {
  if (!isPlace(target)) return importsModule(specifier, target);
  const isTarget = matchPlace(target);
  return !isTarget(from) && pathsOf(specifier, from).some(isTarget);
}

const listed = ({ specs }: Planned): { source: string; name: string }[] =>
  specs.flatMap(({ id, dependencies }) =>
    dependencies.map(({ name }) => ({ source: documentNames.spec(id), name })),
  );

const findNamedDependencies = (
  { targets, scope }: Extract<Rule, { kind: "forbidden-import" }>,
  planned: Planned,
): Draft[] =>
  scope.within.length + scope.except.length > 0
    ? []
    : listed(planned)
        .filter(({ name }) => targets.includes(name))
        .map(({ source, name }) => ({ source, path: null, why: `depends on \`${name}\`` }));

function findNewDependencies(planned: Planned): Draft[] {
  const known = new Set(
    planned.codebase.packages.flatMap(({ name, dependencies }) => [
      name.toLowerCase(),
      ...dependencies.map((each) => each.name.toLowerCase()),
    ]),
  );
  return listed(planned)
    .filter(({ name }) => !known.has(name.toLowerCase()))
    .map(({ source, name }) => ({ source, path: null, why: `adds the dependency \`${name}\`` }));
}

function findLines(
  { code, codebase }: Planned,
  { scope, instead }: Extract<Rule, { kind: "forbidden-text" | "raw-calls" }>,
  pattern: string,
  why: string,
): Draft[] {
  const look = new RegExp(pattern);
  const hasQuotes = /["'`]/.test(pattern);
  const homes = new Set(instead.flatMap((name) => homesOf(codebase, name)));
  return code
    .filter(({ path }) => isIn(scope, path) && !homes.has(path ?? ""))
    .filter(({ lines }) => lines.some((line) => look.test(hasQuotes ? line : maskStrings(line))))
    .map(({ source, path }) => ({ source, path, why }));
}

const findFiles = (
  { specs }: Planned,
  scope: Scope,
  judge: (path: string) => string | null,
): Draft[] =>
  specs.flatMap(({ id, files }) =>
    files
      .flatMap(({ path, action, to }) => (action === "create" ? [path] : to === null ? [] : [to]))
      .filter((path) => isIn(scope, path))
      .flatMap((path) => {
        const why = judge(path);
        return why === null ? [] : [{ source: documentNames.spec(id), path, why }];
      }),
  );

const findTouched = ({ specs }: Planned, scope: Scope): Draft[] =>
  specs.flatMap(({ id, files }) =>
    files
      .flatMap(({ path, to }) => (to === null ? [path] : [path, to]))
      .filter((path) => isIn(scope, path))
      .map((path) => ({
        source: documentNames.spec(id),
        path,
        why: "is planned to change, and nothing there may",
      })),
  );
