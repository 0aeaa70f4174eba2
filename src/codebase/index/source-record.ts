import type { ImportStatement, Language, Window } from "../codebase.ts";
import type { OutlineSymbol } from "../outline/outline.ts";

/** How a file is read: all of it that its path decides. The same content read the same way gives the same record. */
export type Reading = {
  /** Name of the file without its folder. */
  name: string;
  language: Language | null;
  /** Who reads declarations and imports: nobody in what is no program; `script` is a pattern where the first line says that it is one. */
  outline: "grammar" | "pattern" | "script" | "none";
  /** Whether it is cut into windows for search. */
  search: boolean;
  /** Whether the text itself is kept: what packages, aliases and owners are read from. */
  keep: boolean;
};

/** What is kept of a file's content. */
export type SourceRecord = {
  kind: "text" | "binary" | "unreadable";
  lines: number;
  language: Language | null;
  /** A program wrote it, by its first lines or the length of its lines. */
  generated: boolean;
  /** Its first line names the program that runs it. */
  script: boolean;
  symbols: readonly OutlineSymbol[];
  imports: readonly ImportStatement[];
  windows: readonly Window[];
  /** Null unless the reading keeps it. */
  text: string | null;
};

/** The record of a file of which nothing can be read. */
export const emptyRecord = (
  kind: SourceRecord["kind"],
  language: Language | null,
): SourceRecord => ({
  ...{ kind, lines: 0, language, generated: false, script: false, text: null },
  ...{ symbols: [], imports: [], windows: [] },
});

export const unreadable = (language: Language | null): SourceRecord =>
  emptyRecord("unreadable", language);
