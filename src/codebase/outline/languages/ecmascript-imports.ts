import type { ImportStatement } from "../../codebase.ts";
import type { IsCode, Rule } from "../grammar.ts";
import type { ImportSource } from "../walk.ts";

const LOOKED_AT = 20_000;
const CALLED = /\b(?:require|import)\s{0,20}\(\s{0,200}(["'`])([^"'`\n\\$]{1,500})\1\s{0,200}[,)]/g;

/** `import … from "a"`, `import "a"`; `import a = require("b")` is found as a call. */
export const importRule: Rule = (walk) => {
  const { start, end } = walk;
  const statement = walk.text.slice(start, Math.min(end, start + LOOKED_AT));
  if (/=\s*require\s*\(/.test(statement)) return;
  const specifier = specifierOf(statement);
  if (specifier === null) return;
  const line = walk.lines.lineAt(start);
  walk.imports.push({ line, specifier, names: importedNames(statement), handsOn: false });
};

/** What stands in quotes after `from`, or after a bare `import`. */
export function specifierOf(statement: string): string | null {
  const found =
    /\bfrom\s*(["'])([^"'\n]*)\1/.exec(statement) ?? /^import\s*(["'])([^"'\n]*)\1/.exec(statement);
  return found?.[2] === undefined || found[2] === "" ? null : found[2];
}

export function importedNames(statement: string): string[] {
  const clause = statement
    .slice(0, statement.search(/\bfrom\s*["']|["']/))
    .replace(/^import\s*(?:(?:type|typeof|defer|source)\s+(?!,|from\b))?/, "");
  const names: string[] = [];
  if (/^[\p{L}_$]/u.test(clause)) names.push("default");
  if (clause.includes("*")) names.push("*");
  return [...names, ...namesOfList(clause)];
}

/** `{ a, b as c, type D }` → a, b, D: names as the other file declares them. */
export function namesOfList(statement: string): string[] {
  const list = /\{([^}]*)\}/.exec(statement)?.[1] ?? "";
  return list
    .replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, "")
    .split(",")
    .map((item) => item.trim().replace(/^(?:type|typeof)\s+(?=[\w$])/, ""))
    .map((item) => item.split(/\s+as\s+/)[0]?.trim() ?? "")
    .filter((name) => name !== "");
}

/** `require("a")` and `import("a")` with a literal, wherever they stand. */
export function calledImports(walk: ImportSource, isCode: IsCode): void {
  if (!walk.text.includes("require") && !/\bimport\s*\(/.test(walk.text)) return;
  for (const found of walk.text.matchAll(CALLED)) {
    const place = found.index;
    if (!isCode(place, ["identifier", "import", '"import"', '"require"'])) continue;
    const statement: ImportStatement = {
      line: walk.lines.lineAt(place),
      specifier: found[2] ?? "",
      names: namesAround(walk.text, place, place + found[0].length),
      handsOn: /(?:^|[\n;])\s*(?:module\s*\.\s*)?exports(?:\s*\.\s*[\w$]+)?\s*=\s*$/.test(
        walk.text.slice(Math.max(0, place - 80), place),
      ),
    };
    walk.imports.push(statement);
  }
}

/** What is taken of a required module: the parts taken apart on the left, the member on the right, else all of it. */
function namesAround(text: string, start: number, end: number): string[] {
  const member = /^\s*\)?\s*\.\s*([\w$]+)/.exec(text.slice(end, end + 80))?.[1];
  const before = text.slice(Math.max(0, start - 1_000), start);
  const list = /\{([^{}]*)\}\s*=\s*(?:await\s*)?$/.exec(before)?.[1];
  if (list !== undefined) {
    return list
      .split(",")
      .map((item) => item.trim().split(/\s*[:=]/)[0] ?? "")
      .filter((name) => /^[\w$]+$/.test(name));
  }
  return member === undefined || member === "then" ? ["*"] : [member];
}
