import type { RankedFile } from "./ranked-file.ts";

/** Commands that compile and test a repository, by checkpoint or by the name given in configuration. */
export type Commands = Readonly<Record<string, string>>;

/** What a checkout tells without a model. */
export type RepositoryFacts = {
  commit: string;
  /** Paths of the tree, cut at a limit; `omitted` says how many are not shown. */
  tree: readonly string[];
  omitted: number;
  manifests: readonly { path: string; text: string }[];
  readme: { path: string; text: string } | null;
  conventions: readonly string[];
  commands: Commands;
  /** Command that installs dependencies in a fresh checkout, or null. */
  setup: string | null;
  ranked: readonly RankedFile[];
  /** Stretches of the ranked files that are worth reading, within a token budget: whole lines, from `startLine` to `endLine`. */
  excerpts: readonly Excerpt[];
};

/** `lines` is how many the whole file has. */
export type Excerpt = {
  path: string;
  startLine: number;
  endLine: number;
  lines: number;
  text: string;
};
