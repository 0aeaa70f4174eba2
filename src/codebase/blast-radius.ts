import type { RankedFile } from "./ranked-file.ts";

/** What a change of one file or symbol reaches. Lists are in the order of importance and are cut, with the whole number beside. */
export type BlastRadius = {
  /** `src/a.ts`, or `src/a.ts#name` for a symbol. */
  target: string;
  path: string;
  symbol: string | null;
  /** Direct importers, and those at the second step. */
  importers: readonly { path: string; line: number; names: readonly string[]; distance: 1 | 2 }[];
  importersInAll: number;
  /** How many of these are at the first step. */
  importersDirectly: number;
  /** Files that changed with it, in how many of its commits; `imports` says whether an import joins them. */
  changesWith: readonly { path: string; together: number; of: number; imports: boolean }[];
  /** Co-change without an import either way. */
  hidden: readonly string[];
  /** Tests that reach it: by import, by name, by co-change. */
  tests: readonly { path: string; why: "imports" | "named" | "changes-with" }[];
  /** Exported symbols of it, and whether an entry of a package hands them on. */
  publicApi: readonly { name: string; line: number; through: string | null }[];
  owners: readonly string[];
  /** Everything that may have to change with it, ranked. */
  ranked: readonly RankedFile[];
  /** Why co-change is missing, where it is: a shallow clone, no commits. */
  notes: readonly string[];
};
