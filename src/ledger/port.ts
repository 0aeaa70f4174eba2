import type { Result } from "../shared/result.ts";

/** A JSON object as the ledger stores it. The ledger does not know the workflow's events; unknown ones are kept. */
export type JsonObject = { [key: string]: unknown };

/** One line of `events.jsonl`. `prev` is the SHA-256 of the line before (64 zeros for the first). */
export type LedgerRecord = { seq: number; prev: string; event: JsonObject };

/** The ledger of one issue at one commit. */
export type LedgerSnapshot = {
  issue: number;
  /** Commit that was read; null when the issue has no ledger yet. */
  head: string | null;
  records: LedgerRecord[];
  /** Document names (e.g. `design.md`, `review-01-1.md`) to their text. */
  documents: Record<string, string>;
};

export type Append = {
  issue: number;
  /** Head the decision was made on; null creates the ledger. */
  parent: string | null;
  events: JsonObject[];
  /** Documents to add or replace. Names are plain file names or `folder/name`, checked by the store. */
  documents: Record<string, string>;
};

/** `conflict`: somebody else appended first; reload and decide again. Nothing was written. */
export type Appended =
  | { kind: "appended"; head: string }
  | { kind: "conflict"; head: string | null };

/** Amounts in micro-dollars by key, as they turned out. */
export type Settled = Readonly<Record<string, number>>;

/**
 * Compare-and-swap store: one ref an issue (`refs/archwright/issues/<n>`), one commit an append.
 * After any doubt the store judges by ancestry, so `appended` and `conflict` are always true.
 */
export interface LedgerStore {
  /** Loads the newest state, or that of commit `at`. `contains`: a commit that the answer must descend from (stale reads). */
  load(
    issue: number,
    options?: { at?: string; contains?: string },
  ): Promise<Result<LedgerSnapshot>>;
  append(append: Append): Promise<Result<Appended>>;
  /** Issue numbers that have a ledger, ascending. */
  list(): Promise<Result<number[]>>;
  /**
   * Reserves or settles money of a day (`refs/archwright/spend/<yyyy-mm-dd>`) by `key` (a lease's nonce).
   * Returns whether it fitted below `cap`; a key that was recorded before is replaced, never added twice. `settled`: amounts of other
   * keys that are known by now; they are recorded at once with it, and whether it fits or not.
   */
  recordSpend(
    day: string,
    key: string,
    micros: number,
    cap: number,
    settled?: Settled,
  ): Promise<Result<{ fitted: boolean; total: number }>>;
}
