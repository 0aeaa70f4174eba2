import type { Package } from "../codebase.ts";
import { type Manifest, makePackage, type Need } from "./manifest.ts";

/** go.mod: its module, what it requires directly, and replacements where they name a version. */
export function readGo(manifest: Manifest): Package | null {
  const lines = manifest.text.split("\n");
  const name = lines
    .map((line) => /^module\s+"?([^\s"]+)/.exec(line)?.[1])
    .find((found) => found !== undefined);
  if (name === undefined) return null;
  const statements = readStatements(lines);
  const replaced = new Map(
    statements.flatMap(({ verb, text }) => {
      const match = /^(\S+)(?:\s+v\S+)?\s+=>\s+(.+)$/.exec(text);
      return verb === "replace" && match?.[1] ? [[match[1], (match[2] ?? "").trim()] as const] : [];
    }),
  );
  const needs = statements.flatMap(({ verb, text, line }): Need[] => {
    const match = /^(\S+)\s+(v\S+)/.exec(text);
    if (verb !== "require" || !match?.[1]) return [];
    const range = replaced.get(match[1]) ?? match[2] ?? "";
    return [
      { name: match[1], range, use: text.endsWith("// indirect") ? "optional" : "run", line },
    ];
  });
  return makePackage(manifest, "go", { name, needs: needs.filter((need) => need.use === "run") });
}

type Statement = { verb: string; text: string; line: number };

/** `require x v1` and the lines of `require ( … )` alike. */
function readStatements(lines: readonly string[]): Statement[] {
  const found: Statement[] = [];
  let block = "";
  for (const [index, whole] of lines.entries()) {
    const text = whole.trim();
    const opening = /^(\w+)\s*\($/.exec(text)?.[1];
    const single = /^(require|replace|exclude)\s+([^(].*)$/.exec(text);
    if (opening !== undefined) block = opening;
    else if (text === ")") block = "";
    else if (block !== "") found.push({ verb: block, text, line: index + 1 });
    else if (single) found.push({ verb: single[1] ?? "", text: single[2] ?? "", line: index + 1 });
  }
  return found;
}
