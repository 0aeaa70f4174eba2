import type { Codebase } from "../codebase/codebase.ts";
import { escapePattern } from "../shared/escape-pattern.ts";
import type { Named } from "./list-scripts.ts";

/** Targets of a Makefile or recipes of a justfile. `mayHave`: whether a pattern, or a file that could not be read, may give one of this name. */
export type Targets = { named: readonly Named[]; mayHave: (name: string) => boolean };

const names: Readonly<Record<string, readonly string[]>> = {
  make: ["GNUmakefile", "makefile", "Makefile"],
  just: ["justfile", "Justfile", ".justfile"],
};
/** Files that are read of one project, each up to so much, and no line that is longer: hostile ones include each other without end. */
const MOST_FILES = 50;
const LONGEST = 64 * 1024;
const LONGEST_LINE = 2_000;

const withoutLong = (text: string): string =>
  text
    .split("\n")
    .map((line) => (line.length > LONGEST_LINE ? "" : line))
    .join("\n");

/** What the file in the root declares, with what it includes; null where there is none. */
export async function listTargets(codebase: Codebase, tool: string): Promise<Targets | null> {
  const path = (names[tool] ?? []).find((name) => codebase.file(name) !== null);
  if (path === undefined) return null;
  return await readTargets(path, codebase, tool, new Set());
}

async function readTargets(
  path: string,
  codebase: Codebase,
  tool: string,
  seen: Set<string>,
): Promise<Targets | null> {
  if (seen.has(path)) return { named: [], mayHave: () => false };
  if (seen.size === MOST_FILES) return null;
  seen.add(path);
  const written = await codebase.text(path);
  if (written === null) return null;
  const short = withoutLong(written.slice(0, LONGEST));
  const text = tool === "make" ? withoutLong(spellOut(short)) : short;
  const rule =
    tool === "make" ? /^([A-Za-z0-9_./ \t-]+?)[ \t]*::?(?!=)/ : /^@?([A-Za-z0-9_-]+)[^:=]*:(?!=)/;
  const named = text.split("\n").flatMap((line, index) =>
    (rule.exec(line)?.[1] ?? "")
      .split(/[ \t]+/)
      .filter((name) => name !== "")
      .map((name) => ({ name, path, line: index + 1 })),
  );
  const patterns = tool === "make" ? readPatterns(text) : [];
  const included = await Promise.all(
    readIncludes(text, path).map((one) =>
      one === null ? null : readTargets(one, codebase, tool, seen),
    ),
  );
  const isOpen = included.includes(null) || (tool === "make" && /^\$[({]/m.test(text));
  return {
    named: [...named, ...included.flatMap((one) => one?.named ?? [])],
    mayHave: (name) =>
      isOpen ||
      patterns.some((pattern) => pattern.test(name)) ||
      included.some((one) => one?.mayHave(name) === true),
  };
}

/** Targets that are the values of the file's own variables (`$(README):`) by their values. Lines stay where they are. */
function spellOut(text: string): string {
  const values = new Map(
    [...text.matchAll(/^([A-Za-z_][\w-]*)[ \t]*[:?]?:?=[ \t]*([^\n#$]*)$/gm)].map((match) => [
      match[1] ?? "",
      (match[2] ?? "").trim(),
    ]),
  );
  return text.replace(/^\$[({][^\t\n]*?:(?!=)/gm, (target) =>
    target.replace(/\$[({]([\w-]+)[)}]/g, (all, name: string) => values.get(name) ?? all),
  );
}

/** Files that are included, null for one that cannot be told. A file of variables gives no target. */
function readIncludes(text: string, path: string): (string | null)[] {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : "";
  const lines = text.matchAll(/^(?:[-s]?include|import\??|mod\??)[ \t]+([^#\n]+)$/gm);
  return [...lines].flatMap((match) => {
    const written = (match[1] ?? "").trim();
    const isPlain = !/[$*?%]/.test(written) && !match[0].startsWith("mod");
    const files = isPlain ? written.split(/\s+/) : [];
    if (!isPlain) return [null];
    return files
      .map((one) => one.replace(/^["']|["']$/g, "").replace(/^\.\//, ""))
      .filter((one) => !/(?:^|\/)(?:\.env[\w.-]*|[\w.-]*\.env)$/.test(one))
      .map((one) => (match[0].startsWith("import") ? `${folder}${one}` : one));
  });
}

/** Rules of a pattern as expressions. One that fits everything and does nothing is there so that `make` does not complain. */
function readPatterns(text: string): RegExp[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const targets = /^([^\s#:=][^#:=]*)::?(?!=)/.exec(line)?.[1]?.split(/\s+/) ?? [];
    if (!targets.some((target) => target.includes("%"))) return [];
    const isIdle = recipeAt(lines, index + 1).every((one) => /^\t\s*@?(?::|true)?\s*$/.test(one));
    return targets
      .filter((target) => target.includes("%") && !(target === "%" && isIdle))
      .map((target) => new RegExp(`^${escapePattern(target).replace("%", ".+")}$`));
  });
}

function recipeAt(lines: readonly string[], from: number): string[] {
  let end = from;
  while (lines[end]?.startsWith("\t")) end += 1;
  return lines.slice(from, end);
}
