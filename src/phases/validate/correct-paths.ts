import type { Ground } from "../../claims/claim-rule.ts";
import { fitsLayout, layoutsFor, pathBy } from "../../claims/fit-test-path.ts";
import { isTestPath } from "../../codebase/judge-path.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";

export type Corrected = { specs: BuildSpec[]; changes: string[] };

/** Fewer tests than this, or a smaller share of them, are no custom to go by without asking. */
const custom = { files: 2, share: 0.6 };
/** Names that many folders have: that another one has it too says nothing. */
const everywhere =
  /^(?:index|main|mod|lib|__init__|package|setup|config|types?|utils?|helpers?)\.\w+$/;

/**
 * Puts paths of the specs right where that needs no judgement: a new test goes where this repository puts such tests, and a file that is
 * to be modified or is quoted stands where the one file of its name is. Specs without such paths stay the same objects.
 */
export function correctPaths(specs: readonly BuildSpec[], ground: Ground): Corrected {
  const planned = new Set(
    specs.flatMap(({ files }) =>
      files.flatMap(({ path, to }) => (to === null ? [path] : [path, to])),
    ),
  );
  const changes: string[] = [];
  const corrected = specs.map((spec) => {
    const renamed = findRenames(spec, planned, ground);
    for (const [from, to] of renamed) changes.push(`${spec.id}: \`${from}\` is \`${to}\``);
    return renamed.size === 0 ? spec : (rename(spec, renamed) as BuildSpec);
  });
  return { specs: corrected, changes };
}

function findRenames(
  spec: BuildSpec,
  planned: ReadonlySet<string>,
  ground: Ground,
): Map<string, string> {
  const renamed = new Map<string, string>();
  const add = (from: string, to: string | null): void => {
    const isTaken = to === null || planned.has(to) || [...renamed.values()].includes(to);
    if (!isTaken) renamed.set(from, to);
  };
  for (const { path, action } of spec.files) {
    if (action === "create") add(path, findTestPlace(path, ground));
    if (action === "modify") add(path, findOnlyOne(path, planned, ground));
  }
  for (const { path } of spec.context)
    if (!planned.has(path)) add(path, findOnlyOne(path, planned, ground));
  return renamed;
}

/** Where such tests stand here; null where the path is right, or nobody can say, or a command knows the file by its name. */
function findTestPlace(path: string, ground: Ground): string | null {
  const { codebase, commands } = ground;
  const layout = ground.testLayout();
  if (layout.none || !isTestPath(path) || codebase.file(path) !== null) return null;
  const layouts = layoutsFor(path, layout);
  const [main] = layouts;
  if (main === undefined || main.files < custom.files || main.share < custom.share) return null;
  if (fitsLayout(path, layouts, codebase)) return null;
  if (Object.values(commands).some((command) => command.includes(path))) return null;
  const place = pathBy(main, path, codebase);
  return place === path || codebase.file(place) !== null ? null : place;
}

/** The one file of that name, where there is none at the path; another spec may yet create it there. */
function findOnlyOne(
  path: string,
  planned: ReadonlySet<string>,
  { codebase }: Ground,
): string | null {
  if (codebase.file(path) !== null) return null;
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (everywhere.test(name)) return null;
  const twins = codebase.files.filter((file) => file.path.split("/").at(-1) === name);
  const [only] = twins;
  return twins.length === 1 && only !== undefined && !planned.has(only.path) ? only.path : null;
}

/** What is copied from files stays as it is. */
const copied = new Set(["quote", "before", "after"]);

function rename(value: unknown, renamed: ReadonlyMap<string, string>, key = ""): unknown {
  if (copied.has(key)) return value;
  if (typeof value === "string") return renameIn(value, renamed);
  if (Array.isArray(value)) return value.map((each) => rename(each, renamed));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, rename(each, renamed, name)]);
  return Object.fromEntries(entries);
}

/** A path by itself, or in a code span of prose with a line or without. */
function renameIn(text: string, renamed: ReadonlyMap<string, string>): string {
  const whole = renamed.get(text);
  if (whole !== undefined) return whole;
  let changed = text;
  for (const [from, to] of renamed)
    changed = changed.replaceAll(`\`${from}\``, `\`${to}\``).replaceAll(`\`${from}:`, `\`${to}:`);
  return changed;
}
