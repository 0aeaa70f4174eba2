import type { IsCode } from "../grammar.ts";
import type { ImportSource } from "../walk.ts";

const IMPORT = /(?<=^|[:;])[ \t]*(?:from[ \t.]|import[ \t])/gm;
const LONGEST = 10_000;

/** All imports of a Python file, also those in functions, conditions and fallbacks. */
export function pythonImports(walk: ImportSource, isCode: IsCode): void {
  for (const found of walk.text.matchAll(IMPORT)) {
    const place = found.index + found[0].search(/\S/);
    if (!isCode(place, ['"from"', '"import"'])) continue;
    const statement = statementAt(walk.text, place);
    const line = walk.lines.lineAt(place);
    for (const { specifier, names } of readImport(statement)) {
      walk.imports.push({ line, specifier, names, handsOn: false });
    }
  }
}

/** To the end of the line, of the bracket, or of the lines joined by a backslash; without comments. */
function statementAt(text: string, place: number): string {
  const rest = text.slice(place, place + LONGEST);
  const listed = /^from[^\n(]*\(([^)]*)\)?/.exec(rest)?.[0];
  const line = /^(?:[^\\\n;#]|\\\r?\n)*/.exec(rest)?.[0] ?? "";
  return (listed ?? line).replace(/#[^\n]*/g, "").replace(/\\\r?\n/g, " ");
}

function readImport(statement: string): { specifier: string; names: string[] }[] {
  const from = /^from\s*(\.*)\s*([\w.]*)\s*import\b([\s\S]*)$/.exec(statement);
  if (from !== null) {
    const [, dots = "", module = "", list = ""] = from;
    const specifier = dots + module;
    return specifier === "" ? [] : [{ specifier, names: namesOf(list.replace(/[()]/g, " ")) }];
  }
  return namesOf(statement.replace(/^import\s/, "")).map((specifier) => ({
    specifier,
    names: ["*"],
  }));
}

/** `a as b, c` → a, c. */
function namesOf(list: string): string[] {
  return list
    .split(",")
    .map(
      (item) =>
        item
          .trim()
          .split(/\s+as\s+/)[0]
          ?.trim() ?? "",
    )
    .filter((name) => /^(?:[\p{L}\p{N}_.]+|\*)$/u.test(name));
}
