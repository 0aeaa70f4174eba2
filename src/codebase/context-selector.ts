import type { Snapshot } from "../workspace/port.ts";

/** A file chosen for a model to read, and why. */
export type SelectedFile = { path: string; score: number; reasons: readonly string[] };

/** Chooses what of a repository a request is about. Same input, same output. Better selectors replace the first one behind this. */
export interface ContextSelector {
  select(snapshot: Snapshot, query: string, options: { top: number }): Promise<SelectedFile[]>;
}

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
  ranked: readonly SelectedFile[];
  /** Text of the top-ranked files, cut at a token budget. */
  excerpts: readonly { path: string; text: string; truncated: boolean }[];
};
