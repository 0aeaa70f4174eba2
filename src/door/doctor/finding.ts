import type { Config } from "../../config/schema.ts";
import type { GitHubApi } from "../../forge/github/api.ts";
import type { ModelRole, Models } from "../../model/port.ts";
import type { Price } from "../../model/price-usage.ts";
import type { Snapshot } from "../../workspace/port.ts";

/**
 * One line of the doctor. `wrong` stops the workflow, `weak` takes something from it, `unknown` is what this token may not see.
 * `fix` is the exact thing to do.
 */
export type Finding = {
  state: "ok" | "wrong" | "weak" | "unknown";
  about: string;
  what: string;
  fix: string | null;
};

export const ok = (about: string, what: string): Finding => ({
  state: "ok",
  about,
  what,
  fix: null,
});
export const wrong = (about: string, what: string, fix: string): Finding => ({
  state: "wrong",
  about,
  what,
  fix,
});
export const weak = (about: string, what: string, fix: string): Finding => ({
  state: "weak",
  about,
  what,
  fix,
});
export const unknown = (about: string, what: string, fix: string | null = null): Finding => ({
  state: "unknown",
  about,
  what,
  fix,
});

/** What the doctor may look at. What is null is not at hand where it is asked, and said as unknown. */
export type Patient = {
  api: GitHubApi;
  builder: GitHubApi | null;
  reviewer: GitHubApi | null;
  /** Address of the repository's pages. */
  web: string;
  defaultBranch: string;
  /** Whether an organisation owns the repository; its settings bind too. */
  organisation: boolean;
  config: Config;
  /** The default branch's files. */
  snapshot: Snapshot | null;
  models: { open: Models; roles: readonly ModelRole[]; price: Price } | null;
  /** Names of environment variables that hold a model key here. */
  keys: readonly string[];
  /** Asks a model one word, which costs a fraction of a cent. */
  mayCallModels: boolean;
  /** Whether commands can be isolated on this machine, in words of the system; null where none are ever run. */
  isolation: (() => Promise<{ available: boolean; detail: string }>) | null;
  signal: AbortSignal;
};

export type Check = (patient: Patient) => Promise<Finding[]>;
