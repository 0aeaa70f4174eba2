import type { IsCode } from "../grammar.ts";
import type { ImportSource } from "../walk.ts";

const REQUIRE =
  /^[ \t]*(require|require_relative|load|autoload)\b[ \t(]*(?::(\w+)[ \t]*,[ \t]*)?(["'])([^"'\n#]{1,500})\3/gm;

/** `require` and its relatives, wherever they stand; what is relative begins with a dot. */
export function rubyRequires(walk: ImportSource, isCode: IsCode): void {
  for (const found of walk.text.matchAll(REQUIRE)) {
    const [all, word = "", constant, , path = ""] = found;
    const place = found.index + all.search(/\S/);
    if (!isCode(place, ["identifier"])) continue;
    const relative = word === "require_relative" && !path.startsWith(".");
    walk.imports.push({
      line: walk.lines.lineAt(place),
      specifier: relative ? `./${path}` : path,
      names: [constant ?? "*"],
      handsOn: false,
    });
  }
}
