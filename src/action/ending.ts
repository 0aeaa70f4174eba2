import type { Failure } from "../shared/failure.ts";

/** Every way in which a run ends. The output `outcome` is one of these words, so that a workflow can tell them apart. */
export const outcomes = [
  // check
  "checked",
  // route
  "ignored",
  "refused",
  "answered",
  "decided",
  "started",
  "dispatched",
  "swept",
  "stopped",
  // checks
  "recorded",
  "not-needed",
  // phase
  "handed-over",
  "phase-failed",
  "no-isolation",
  // phase and publish
  "superseded",
  // publish
  "published",
  "published-before",
  "kept-late",
  "run-lost",
  "retried",
  // any
  "failed",
] as const;
export type Outcome = (typeof outcomes)[number];

/** How a run ended: said in the output, in the log, and on the page of the run. */
export type Ending = {
  outcome: Outcome;
  /** What happened, in one sentence. */
  what: string;
  /** What to do about it; null when nothing needs to be done. */
  remedy: string | null;
  /** Where it can be seen: a link or a ref; null when there is no better place than this page. */
  where: string | null;
  /** Whether the job fails. What a person was refused is no failure; what could not be done is. */
  red: boolean;
  /** The job has told it in the log in words of its own. */
  told: boolean;
  /** Sentences about what went otherwise than asked, without stopping anything. */
  notes: readonly string[];
  /** Further outputs of the step. */
  outputs: Readonly<Record<string, string>>;
};

/** An ending with nothing but what it says. */
export const endWith = (
  outcome: Outcome,
  what: string,
  more: Partial<Omit<Ending, "outcome" | "what">> = {},
): Ending => ({
  outcome,
  what,
  remedy: null,
  where: null,
  red: false,
  told: false,
  notes: [],
  outputs: {},
  ...more,
});

/** What a job gives back: an ending, or the failure that stopped it. */
export type JobEnd = { ok: true; value: Ending } | { ok: false; failure: Failure };
