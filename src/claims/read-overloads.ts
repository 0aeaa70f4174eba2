import type { Codebase, CodeSymbol } from "../codebase/codebase.ts";
import { escapePattern } from "../shared/escape-pattern.ts";
import { readBody, readHead } from "./read-lines.ts";

/** A declaration with its first lines: enough for any list of parameters that people read. */
export type Declared = { symbol: CodeSymbol; head: string };

const longest = 60;

/**
 * The declaration of a name, and each further one that the index has made one with it: overloads, a setter beside its getter. Those
 * stand at the same depth as the first one; what only calls the name stands deeper.
 */
export async function readDeclarations(
  symbol: CodeSymbol,
  codebase: Codebase,
): Promise<Declared[]> {
  const first = { symbol, head: await readHead(symbol, codebase) };
  const lines = (await readBody(symbol, codebase)).split("\n");
  const start = declaring(symbol.name);
  const depth = depthOf(lines.find((line) => start.test(line)) ?? lines[0] ?? "");
  const further = lines.flatMap((line, index): Declared[] => {
    if (index === 0 || depthOf(line) !== depth || !start.test(line)) return [];
    const head = lines.slice(index, index + longest).join("\n");
    return [{ symbol: { ...symbol, line: symbol.line + index, signature: line.trim() }, head }];
  });
  return [first, ...further];
}

const depthOf = (line: string): number => line.length - line.trimStart().length;

/** A line that declares the name: words of the language, then the name and its parameters. */
const declaring = (name: string): RegExp =>
  new RegExp(
    `^\\s*(?:(?:export|default|declare|public|private|protected|static|abstract|override|async|function\\*?|def|get|set|readonly|final)\\s+)*\\*?${escapePattern(name)}\\s*[?!]?\\s*[(<]`,
  );
