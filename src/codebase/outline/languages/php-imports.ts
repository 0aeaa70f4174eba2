import type { IsCode, Rule } from "../grammar.ts";
import type { ImportSource } from "../walk.ts";

const INCLUDE =
  /\b(?:require|include)(?:_once)?\b[\s(]{0,20}((?:__DIR__|dirname\s?\(\s?__FILE__\s?\))\s{0,5}\.\s{0,5})?(["'])([^"'\n$]{1,500})\2/g;
const KEYWORDS = ['"require"', '"require_once"', '"include"', '"include_once"'];
const LOOKED_AT = 10_000;

export const useRule: Rule = (walk) => {
  const { start, end } = walk;
  const line = walk.lines.lineAt(start);
  for (const found of readUse(walk.text.slice(start, Math.min(end, start + LOOKED_AT)))) {
    walk.imports.push({ line, ...found, handsOn: false });
  }
};

/** `use A\B;`, `use A\{B as C, function d};`: each class or function by its whole name. */
export function readUse(statement: string): { specifier: string; names: string[] }[] {
  const list = statement.replace(/^use\s+(?:function\s+|const\s+)?/, "").replace(/;\s*$/, "");
  const [, prefix = "", group] = /^\s*([\w\\\s]*\\)\s*\{([^}]*)\}/.exec(list) ?? [];
  return (group ?? list).split(",").flatMap((part) => {
    const bare = part.trim().replace(/^(?:function|const)\s+/, "");
    const name = bare.split(/\s+as\s+/i)[0] ?? "";
    const specifier = (prefix + name).replace(/\s+/g, "").replace(/^\\/, "");
    if (name === "" || !/^[\p{L}\p{N}_\\]+$/u.test(specifier)) return [];
    return [{ specifier, names: [specifier.split("\\").at(-1) ?? ""] }];
  });
}

/** Files that are required or included; one beside this file begins with a dot. */
export function phpIncludes(walk: ImportSource, isCode: IsCode): void {
  for (const found of walk.text.matchAll(INCLUDE)) {
    if (!isCode(found.index, KEYWORDS)) continue;
    const path = found[3] ?? "";
    const specifier = found[1] === undefined ? path : `.${path.startsWith("/") ? "" : "/"}${path}`;
    const line = walk.lines.lineAt(found.index);
    walk.imports.push({ line, specifier, names: ["*"], handsOn: false });
  }
}
