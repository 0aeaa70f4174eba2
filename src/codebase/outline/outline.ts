import type { CodeSymbol, ImportStatement, Language } from "../codebase.ts";

/** A declaration of a file whose path the caller knows. */
export type OutlineSymbol = Omit<CodeSymbol, "path">;

/** What a file declares, in the order of lines, and what it imports, in the order of lines. */
export type Outline = { symbols: OutlineSymbol[]; imports: ImportStatement[] };

export type OutlineRequest = {
  path: string;
  /** Null for languages without a grammar. */
  language: Language | null;
  text: string;
};

/** Reads outlines, by a grammar where one was prepared, else by the look of lines. */
export interface Outliner {
  /** Loads the grammar of a language, once. Never rejects: a language that cannot be loaded is read by the look of its lines. */
  prepare(language: Language): Promise<void>;
  /** Never throws, whatever the text holds; of broken code it gives what can be read. */
  outline(request: OutlineRequest): Outline;
}
