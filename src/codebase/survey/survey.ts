import type { Convention } from "../conventions/convention.ts";
import type { FolderRole } from "../conventions/find-folder-roles.ts";

/** A part of the product: a package, or below it a folder whose files import one another more than others. */
export type Component = {
  /** Folder without its package's, or the package's own name. */
  name: string;
  folder: string;
  kind: "package" | "folder" | "rest";
  /** Source files; tests are counted by what they import. */
  files: number;
  lines: number;
  language: string | null;
  /** Test files that import it. */
  tests: number;
  owners: readonly string[];
  /** What a package needs from outside to run; null for folders. */
  dependencies: number | null;
};

/** Imports from one component to another; `place` is the first of them. */
export type Direction = {
  from: string;
  to: string;
  imports: number;
  place: { path: string; line: number };
};

export type HotSpot = { path: string; commits: number; lines: number; score: number };
export type Hub = { path: string; importers: number };
export type HiddenPair = { left: string; right: string; together: number; of: number };
export type EntryPoint = { path: string; line: number; why: string };

/** The architecture of a repository at one commit as its files, imports and past show it. Lists are cut; counts are of everything. */
export type Survey = {
  commit: string;
  files: number;
  sourceFiles: number;
  testFiles: number;
  lines: number;
  languages: readonly { language: string; files: number; lines: number }[];
  packages: number;
  /** In the order of folders. Named by `folder`, and by `folder/` where it is the rest of a folder that was divided. */
  components: readonly Component[];
  /** The strongest first. */
  directions: readonly Direction[];
  /** Components that import nothing of a lower row come last: each row imports only rows below it, cycles apart. */
  layers: readonly (readonly string[])[];
  /** Components that import one another in a ring, with the direction that the fewest imports make. */
  cycles: readonly { members: readonly string[]; weakest: Direction | null }[];
  hotSpots: readonly HotSpot[];
  hubs: readonly Hub[];
  hiddenPairs: readonly HiddenPair[];
  entryPoints: readonly EntryPoint[];
  conventions: readonly Convention[];
  folders: readonly FolderRole[];
  owners: readonly { owner: string; files: number }[];
  /** What could not be known, and why. */
  notes: readonly string[];
};
