import type { Codebase } from "../codebase.ts";
import type { Place } from "../found.ts";

export type ConventionKind =
  | "test-layout"
  | "test-tool"
  | "file-names"
  | "symbol-names"
  | "errors"
  | "logging"
  | "base-class"
  | "imports"
  | "folder"
  | "command";

/** How this repository does a thing: `agree` of `of` places do it so, and `place` is one of them. */
export type Convention = {
  kind: ConventionKind;
  /** Language it is about; null where it is about the whole. */
  language: string | null;
  /** The custom in a word or two: `kebab-case`, `throwing`, `tests/**`. */
  custom: string;
  agree: number;
  of: number;
  place: Place | null;
  /** One sentence of Markdown, with where it can be seen. */
  sentence: string;
};

/** `path:line` as a code span that names cannot break. */
export const showPlace = ({ path, line }: Pick<Place, "path" | "line">): string =>
  `\`${printableName(path)}:${line}\``;

/** A text of the repository that may stand within a code span: one line, no back quote, no longer than a sentence bears. */
export const printableName = (name: string): string =>
  name.replace(/[`\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").slice(0, 200);

/** A line of code within a sentence. */
export const showLine = (text: string): string => `\`${printableName(text.trim()).slice(0, 100)}\``;

export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** More lines than this are not needed to see a custom. */
const mostLines = 20_000;

/** Lines of the product's own files (tests apart, if asked) that match an extended regular expression. */
export async function grepSources(
  codebase: Codebase,
  pattern: string,
  roles: readonly ("source" | "test")[] = ["source"],
): Promise<Place[]> {
  const hits = await codebase.grep(pattern, [], mostLines);
  return hits.filter(({ path }) => {
    const role = codebase.file(path)?.role;
    return (role === "source" || role === "test") && roles.includes(role);
  });
}
