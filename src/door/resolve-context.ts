import type { Config } from "../config/schema.ts";
import type { People } from "../forge/github/people.ts";
import type { LedgerStore } from "../ledger/port.ts";
import type { Policy } from "../workflow/policy.ts";
import type { Trigger } from "../workflow/trigger.ts";

/** What an event means for us. `thread` and `comment`: where an answer and a reaction go. */
export type Resolved =
  | {
      kind: "trigger";
      issue: number;
      thread: number;
      comment: string | null;
      trigger: Trigger;
      documents: Readonly<Record<string, string>>;
    }
  /** Refused before there was a trigger, e.g. a command that is none, an edited document that does not parse. */
  | { kind: "refused"; thread: number; comment: string | null; key: string; markdown: string }
  | { kind: "ignored"; why: string };

export type ResolveContext = {
  people: People;
  ledger: LedgerStore;
  config: Config;
  policy: Policy;
  /** Account ids that are us: their events are dropped. */
  own: ReadonlySet<string>;
  now: () => Date;
  /** The default branch, which pull requests of ours go into unless a person sent them elsewhere; undefined where nobody knows. */
  branch?: string;
  /** Run that leases taken now are written to. */
  runId: string;
};

export const ignore = (why: string): Resolved => ({ kind: "ignored", why });
