import type { Codebase, CodeSymbol } from "../codebase/codebase.ts";
import type { Evidence } from "../documents/schema-common.ts";
import { escapePattern } from "../shared/escape-pattern.ts";
import { mayContain } from "./may-contain.ts";

/** A declaration with its body, at most 2,000 lines of it. */
export async function readBody(symbol: CodeSymbol, codebase: Codebase): Promise<string> {
  const text = await codebase.text(symbol.path);
  const end = Math.min(symbol.endLine, symbol.line + 2000);
  return (text ?? "")
    .split("\n", end)
    .slice(symbol.line - 1)
    .join("\n");
}

/** Its first lines: enough for any list of parameters that people read. */
export async function readHead(symbol: CodeSymbol, codebase: Codebase): Promise<string> {
  const text = await codebase.text(symbol.path);
  const end = Math.min(symbol.endLine, symbol.line + 60);
  return (text ?? "")
    .split("\n", end)
    .slice(symbol.line - 1)
    .join("\n");
}

export async function evidenceAt(
  { path, line }: { path: string; line: number },
  codebase: Codebase,
): Promise<Evidence> {
  const text = await codebase.text(path);
  const quote = text?.split("\n", line)[line - 1]?.trim() ?? "";
  return { path, startLine: line, endLine: line, quote };
}

const wordPattern = (name: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_$])${escapePattern(name)}(?![\\p{L}\\p{N}_$])`, "u");

export const wordIn = (text: string, name: string): boolean => wordPattern(name).test(text);

/** Line of the first time that a word stands in a text, or null. */
export function lineOfWord(text: string, name: string): number | null {
  const match = wordPattern(name).exec(text);
  return match === null ? null : text.slice(0, match.index).split("\n").length;
}

/** Where code or configuration (not a document) has this word, or null. */
export async function findUse(
  words: string,
  codebase: Codebase,
): Promise<{ path: string; line: number } | null> {
  if (!mayContain(words, codebase)) return null;
  const literal = escapePattern(words);
  const hits = await codebase.grep(`(^|[^A-Za-z0-9_$])${literal}([^A-Za-z0-9_$]|$)`, [], 40);
  const found = hits.find(({ path, text }) => {
    const file = codebase.file(path);
    const isDocument = file?.role === "document" && file.language === null;
    return !isDocument && !/^\s*(?:\/\/|#(?!\[|include|define)|\*|\/\*|--)/.test(text);
  });
  return found === undefined ? null : { path: found.path, line: found.line };
}
