import type { Result } from "../shared/result.ts";

/** Something the thread should show, keyed so that showing it twice changes nothing. */
export type ViewComment = {
  /** Stable key, e.g. `plan-2`, `review-01-1`. */
  key: string;
  markdown: string;
};

/** What the forge should show for one issue; the output of the pure view, the input of reconcile. */
export type View = {
  issue: number;
  /** The one status comment, edited in place. */
  status: string;
  comments: readonly ViewComment[];
  /** Labels that we own, as display. */
  labels: readonly string[];
};

export type StandingAnswer = {
  role: "admin" | "maintain" | "write" | "triage" | "read" | "none";
  intact: boolean;
};

/** The way to where people are: GitHub, or a terminal over a local repository. */
export interface Forge {
  readonly name: string;
  /** Proves an approval again from the person's own comment and their permission now. Fails closed. */
  standing(
    issue: number,
    approval: { comment: string; actorId: string; planHash: string },
  ): Promise<StandingAnswer>;
  /** Whether the run that holds a lease is still there. `unknown` leaves the time limit to decide. */
  isRunAlive(runId: string): Promise<"alive" | "gone" | "unknown">;
  /** Makes the thread equal to the view. Running it again changes nothing. */
  reconcile(view: View): Promise<Result<{ writes: number }>>;
}
