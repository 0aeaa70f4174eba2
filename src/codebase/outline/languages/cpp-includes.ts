import type { IsCode } from "../grammar.ts";
import type { ImportSource } from "../walk.ts";

export const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]/gm;

/** All includes, also those below conditions that the parser cannot read; one in quotes begins with a dot. */
export function cppIncludes(source: ImportSource, isCode: IsCode): void {
  for (const found of source.text.matchAll(INCLUDE)) {
    const place = found.index + found[0].indexOf("#");
    if (isCode(place, ["comment"])) continue;
    const specifier = found[1] === "<" ? (found[2] ?? "") : `./${found[2]}`;
    const line = source.lines.lineAt(place);
    source.imports.push({ line, specifier, names: ["*"], handsOn: false });
  }
}
