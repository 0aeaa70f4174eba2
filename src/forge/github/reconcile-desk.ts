import { explainFailure } from "../../shared/explain-failure.ts";
import { Stop } from "../../shared/stop.ts";
import type { Answer, GitHubApi, Identity } from "./api.ts";
import type { OwnComment } from "./list-own-comments.ts";
import type { StatusMemory } from "./status-comment-memory.ts";

/** Where the forge and its record can be looked at in a browser. */
export type Links = {
  /** Root of the repository's web pages, e.g. `https://github.com/acme/shop`. */
  web: string;
  /** Page of a document in an issue's ledger, or of the whole ledger for null; null where the ledger cannot be linked. */
  ledger: (issue: number, document: string | null) => Promise<string | null>;
};

/** What one reconcile works with, and what it did. */
export type Desk = {
  issue: number;
  /** Speaks in the issue. */
  api: GitHubApi;
  /** Opens pull requests. */
  builder: GitHubApi;
  /** Reviews them. */
  reviewer: GitHubApi;
  identities: { api: Identity; builder: Identity; reviewer: Identity };
  /** Account ids that are us, in this mode and in others. */
  own: ReadonlySet<string>;
  links: Links;
  diff: (base: string, head: string) => Promise<string>;
  /** Comments of ours in the issue, as they were and as they have become. */
  comments: OwnComment[];
  /** What the status comment remembers of the last time, and what it is to remember of this one. */
  before: StatusMemory;
  after: { notices: Set<string>; hidden: Set<string>; checks: Set<string> };
  /** Called once at most: the default branch. */
  defaultBranch: () => Promise<string>;
  /** Pull requests by spec, as far as they were found, with the keys of the reviews that stand there; null for all of them. */
  pulls: Map<string, { number: number; branch: string; reviews: ReadonlySet<string> | null }>;
  /** The issue takes no more comments. */
  locked: boolean;
  writes: number;
  notes: string[];
};

export type Refused = Extract<Answer<never>, { ok: false }>;

/** Nothing of ours gets through with these: going on would only add refusals. */
const general = new Set(["bad-credentials", "rate-limit", "secondary-rate-limit", "suspended"]);

/** GitHub was there and said no to this one thing. */
export const isRefusal = (answer: Refused): boolean =>
  answer.failure.reason === "forge-refused" && !general.has(answer.failure.rule);

export const hasRule = (answer: Refused, ...rules: readonly string[]): boolean =>
  answer.failure.reason === "forge-refused" && rules.includes(answer.failure.rule);

/** The answer may have been lost after GitHub did it. */
export const isInDoubt = (answer: Refused): boolean =>
  answer.failure.reason === "forge-unavailable";

/** The data of an answer; anything else ends the run, which the next one takes up. */
export function take<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.data;
  throw new Stop(answer.failure);
}

/** Counts what was written. A refusal of this one thing becomes a note, and null. */
export function tryWrite<T>(desk: Desk, what: string, answer: Answer<T>): T | null {
  if (answer.ok) {
    desk.writes += 1;
    return answer.data;
  }
  if (!isRefusal(answer)) throw new Stop(answer.failure);
  note(desk, what, answer);
  return null;
}

export function note(desk: Desk, what: string, answer: Refused): void {
  const said = explainFailure(answer.failure);
  desk.notes.push(`${what}: ${said.what} ${said.remedy}`);
}

/**
 * Makes a thing once also when an answer is lost: looks whether it is there, and only then asks again.
 */
export async function createOnce<T>(
  create: () => Promise<Answer<T>>,
  find: () => Promise<T | null>,
): Promise<Answer<T>> {
  const first = await create();
  if (first.ok || !isInDoubt(first)) return first;
  const found = await find();
  if (found !== null) return { ok: true, status: 200, data: found };
  const second = await create();
  if (second.ok || !isInDoubt(second)) return second;
  const late = await find();
  return late === null ? second : { ok: true, status: 200, data: late };
}
