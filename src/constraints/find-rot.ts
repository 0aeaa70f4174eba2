import { distance } from "fastest-levenshtein";
import type { Codebase } from "../codebase/codebase.ts";
import { patternOf } from "./check-lines.ts";
import type { Constraint } from "./constraint.ts";
import { matchAnywhere } from "./match-scope.ts";
import { readSentences } from "./read-sentence.ts";
import { recogniseRules } from "./recognise-rule.ts";

export type NameKind = "path" | "symbol" | "command" | "environment" | "dependency";

/** A name in a constraint that the repository no longer has. `nearest` is what may be meant now. */
export type Rot = { constraint: Constraint; name: string; kind: NameKind; nearest: string | null };

/**
 * Constraints that name a path, symbol, command, environment variable or dependency that is not there. What a constraint forbids may well be
 * absent, so that says nothing; nor does a name with a placeholder, if anything fits it.
 */
export async function findRot(
  constraints: readonly Constraint[],
  codebase: Codebase,
): Promise<Rot[]> {
  const found: Rot[] = [];
  for (const constraint of constraints) {
    for (const name of namesWanted(constraint)) {
      const kind = kindOf(name);
      if (kind === null || (await isThere(name, kind, codebase, constraint.path))) continue;
      found.push({ constraint, name, kind, nearest: findNearest(name, kind, codebase) });
    }
  }
  return found;
}

function namesWanted(constraint: Constraint): string[] {
  const forbidden = new Set(
    recogniseRules(constraint).flatMap((rule) => {
      if (rule.kind === "forbidden-text") return [...rule.targets];
      if (rule.kind === "forbidden-file") return [...rule.globs];
      return rule.kind === "forbidden-import"
        ? rule.targets.filter((name) => kindOf(name) !== "path")
        : [];
    }),
  );
  const names = readSentences(constraint.text).flatMap(({ words, spans }) =>
    [...words.matchAll(/⟦(\d+)⟧/g)].flatMap(({ 1: index = "", index: place }) => {
      const before = words.slice(Math.max(0, place - 40), place);
      const isDenied =
        /\b(?:never|no|not|instead of|rather than|without|removed|former)\b[^,.;:]*$/.test(before);
      const name = spans[Number(index)];
      return name === undefined || isDenied ? [] : [name];
    }),
  );
  return [...new Set(names)].filter((name) => !forbidden.has(name));
}

/** What a name is the name of, by its look; null for code that is no name. */
export function kindOf(name: string): NameKind | null {
  if (/^(?:npm|pnpm|yarn|bun|npx|make|just|composer|tox|nox|cargo|go|uv|poetry)\s+\S/.test(name))
    return "command";
  if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name)) return "environment";
  if (/^node:/.test(name) || /:\/\//.test(name)) return null;
  if (/^@[\w.-]+\/[\w.-]+$/.test(name)) return "dependency";
  if (
    /^[^\s(]*\/[^\s(]*$/.test(name) ||
    /^[\w.<>*-]+\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|rb|php|cs|sql|json|ya?ml|toml|md|sh|cfg|ini)$/.test(
      name,
    )
  )
    return "path";
  if (
    /^[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|->|#)[\p{L}_$][\p{L}\p{N}_$]*)*(?:\(.*\))?$/u.test(name)
  )
    return "symbol";
  return /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(name) ? "dependency" : null;
}

const lastPart = (name: string): string =>
  name
    .replace(/\(.*$/, "")
    .split(/\.|::|->|#/)
    .at(-1) ?? name;

async function isThere(
  name: string,
  kind: NameKind,
  codebase: Codebase,
  own: string,
): Promise<boolean> {
  const isSaid = async (words: string): Promise<boolean> => {
    const lines = await codebase.grep(patternOf(words), [], 200);
    return lines.some(({ path }) => path !== own && codebase.file(path)?.role !== "document");
  };
  switch (kind) {
    case "path":
      return isPathThere(name, codebase);
    case "command":
      return await isCommandThere(name, codebase);
    case "symbol":
      return codebase.symbolsNamed(lastPart(name)).length > 0 || (await isSaid(lastPart(name)));
    case "environment":
      return await isSaid(name);
    case "dependency":
      return (
        codebase.packages.some(
          (each) => each.name === name || each.dependencies.some((one) => one.name === name),
        ) || (await isSaid(name))
      );
  }
}

function isPathThere(name: string, codebase: Codebase): boolean {
  const place = name
    .replace(/^\.\//, "")
    .replace(/<[^>]*>|\{[^},]*\}/g, "*")
    .replace(/:\d+(?:-\d+)?$/, "");
  const isBare = !place.includes("/");
  const fits = matchAnywhere(place);
  return codebase.files.some(
    ({ path }) => fits(path) || (isBare && fits(path.slice(path.lastIndexOf("/") + 1))),
  );
}

/** A script of a manifest or a target of a file of rules; of other tools there is nothing to look up. */
async function isCommandThere(name: string, codebase: Codebase): Promise<boolean> {
  const script = /^(?:npm|pnpm|yarn|bun) (?:run )?([\w:.-]+)/.exec(name)?.[1];
  const own = new Set(["install", "ci", "exec", "add", "test", "start", "x", "run"]);
  if (script !== undefined && !(own.has(script) && !/ run /.test(name)))
    return new RegExp(`"${script.replace(/[.]/g, "\\.")}"\\s*:`).test(
      (await codebase.text("package.json")) ?? "",
    );
  const target = /^(make|just) ([\w.-]+)/.exec(name);
  if (!target) return true;
  const files =
    target[1] === "make"
      ? ["Makefile", "makefile", "GNUmakefile"]
      : ["justfile", "Justfile", ".justfile"];
  const texts = await Promise.all(files.map((path) => codebase.text(path)));
  const look = new RegExp(
    `^@?(?:[\\w.-]+ +)*${(target[2] ?? "").replace(/[.]/g, "\\.")}\\b[^=]*:`,
    "m",
  );
  return texts.some((text) => text !== null && look.test(text));
}

/** Share of letters that may differ in a name that is still meant. */
const farthest = 0.4;

function findNearest(name: string, kind: NameKind, codebase: Codebase): string | null {
  if (kind === "command" || kind === "environment") return null;
  if (kind === "symbol")
    return nearest(
      lastPart(name),
      codebase.files.flatMap(({ symbols }) => symbols.map((each) => each.name)),
    );
  if (kind === "dependency")
    return nearest(
      name,
      codebase.packages.flatMap(({ dependencies }) => dependencies.map((each) => each.name)),
    );
  const plain = name.replace(/\/?\*.*$/, "").replace(/\/$/, "");
  const file = plain.slice(plain.lastIndexOf("/") + 1);
  const paths = codebase.files.map(({ path }) => path);
  const moved = paths.find((path) => file !== "" && path.endsWith(`/${file}`));
  const isFolder = /[*/]$/.test(name);
  return moved ?? nearest(plain, isFolder ? foldersOf(paths) : [...paths, ...foldersOf(paths)]);
}

const foldersOf = (paths: readonly string[]): string[] => [
  ...new Set(
    paths.map((path) => path.slice(0, Math.max(0, path.lastIndexOf("/")))).filter(Boolean),
  ),
];

/** Letters that a slip of the pen may change, in a name of any length. */
const slips = 2;

function nearest(name: string, names: Iterable<string>): string | null {
  let [best, least]: [string | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const other of new Set(names)) {
    const letters = distance(name.toLowerCase(), other.toLowerCase());
    const share = letters / Math.max(name.length, other.length, 1);
    const isNear = share < farthest || (letters <= slips && share <= 0.5);
    if (isNear && letters < least) [best, least] = [other, letters];
  }
  return best;
}
