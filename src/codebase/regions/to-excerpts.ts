import type { Codebase } from "../codebase.ts";
import type { Region } from "../ranked-file.ts";
import type { Excerpt } from "../repository-facts.ts";

/** Stretches as prompts show them: with the number of lines that the whole file has. */
export const toExcerpts = (codebase: Codebase, regions: readonly Region[]): Excerpt[] =>
  regions.map(({ path, startLine, endLine, text }) => ({
    path,
    startLine,
    endLine,
    lines: codebase.file(path)?.lines ?? endLine,
    text,
  }));
