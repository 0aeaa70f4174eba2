import { parseEventLines } from "./event-lines.ts";
import { githubCommitter, isLedgerAuthor } from "./ledger-author.ts";

/** One commit of a ledger as it was found. `events` null: it could not be read, `detail` says why. */
export type LedgerCommit = {
  id: string;
  parents: readonly string[];
  author: string;
  committer: string;
  events: Uint8Array | null;
  detail: string;
};

/**
 * - `chain`: a line of `events.jsonl` is not what its hash chain asks for.
 * - `history`: a commit changed or dropped lines that its parent had, or has several parents.
 * - `author`: a commit was not written by those who may.
 * - `binding`: the first event does not bind the ledger to a repository and this issue.
 * - `unreadable`: an object is missing or damaged.
 */
export type FaultKind = "chain" | "history" | "author" | "binding" | "unreadable";

/** `line` is a line of `events.jsonl`, 0 where no single line is meant. */
export type LedgerFault = { kind: FaultKind; commit: string; line: number; detail: string };

export type VerifyReport = {
  issue: number;
  head: string;
  commits: number;
  events: number;
  /** Oldest commit first; empty when the ledger is sound. */
  faults: LedgerFault[];
};

/** Takes a ledger's commits one by one, head first, so that a long history need not fit into memory. */
export type Verification = {
  visit(commit: LedgerCommit): void;
  finish(): VerifyReport;
};

/**
 * Checks what can be seen without knowing the workflow: that every commit only added lines to its parent's,
 * that `authors` wrote all of them, that the lines form one chain and the first one binds this issue.
 */
export function startVerification(issue: number, authors: readonly string[]): Verification {
  const faults: LedgerFault[] = [];
  let head: LedgerCommit | null = null;
  let child: LedgerCommit | null = null;
  let commits = 0;
  let events = 0;
  return {
    visit(commit) {
      if (head === null) {
        head = commit;
        const lines = parseEventLines(commit.events ?? new Uint8Array());
        events = lines.records.length;
        if (lines.fault) faults.push({ kind: "chain", commit: commit.id, ...lines.fault });
        if (commit.events) faults.push(...checkBinding(issue, commit.id, lines.records[0]?.event));
      }
      faults.push(...checkCommit(commit, authors));
      if (child) faults.push(...checkLink(child, commit));
      child = commit;
      commits += 1;
    },
    finish() {
      return { issue, head: head?.id ?? "", commits, events, faults: faults.reverse() };
    },
  };
}

function checkCommit(commit: LedgerCommit, authors: readonly string[]): LedgerFault[] {
  const found = (kind: FaultKind, detail: string): LedgerFault => ({
    kind,
    commit: commit.id,
    line: 0,
    detail,
  });
  // Of a commit that cannot be read, nothing else can be said.
  if (commit.events === null) return [found("unreadable", commit.detail)];
  const faults: LedgerFault[] = [];
  for (const person of new Set([commit.author, commit.committer])) {
    // GitHub commits for others; whether it signed, as it does then, only GitHub can say.
    const forOthers = person === githubCommitter && person !== commit.author;
    if (forOthers || isLedgerAuthor(person, authors)) continue;
    faults.push(found("author", `written by ${person}`));
  }
  if (commit.parents.length > 1) faults.push(found("history", "the commit is a merge"));
  return faults;
}

/** Whether the child still has all lines of its parent. Reported for the child, at the first line that differs. */
export function checkLink(child: LedgerCommit, parent: LedgerCommit): LedgerFault[] {
  if (child.events === null || parent.events === null) return [];
  const length = parent.events.length;
  const start = child.events.subarray(0, length);
  const whole = length === 0 || parent.events[length - 1] === 0x0a;
  if (whole && Buffer.compare(start, parent.events) === 0) return [];
  const line = findDifference(child.events, parent.events);
  const detail = `the lines of its parent ${parent.id.slice(0, 12)} were changed or dropped`;
  return [{ kind: "history", commit: child.id, line, detail }];
}

function findDifference(left: Uint8Array, right: Uint8Array): number {
  let line = 1;
  for (let index = 0; index < right.length && left[index] === right[index]; index += 1) {
    if (right[index] === 0x0a) line += 1;
  }
  return line;
}

type Binding = { type?: unknown; repository?: { id?: unknown }; issue?: { number?: unknown } };

function checkBinding(issue: number, commit: string, first: unknown): LedgerFault[] {
  const { type, repository, issue: bound } = (first ?? {}) as Binding;
  const found = (detail: string): LedgerFault[] => [{ kind: "binding", commit, line: 1, detail }];
  if (type !== "FeatureOpened") return found("the first event is not FeatureOpened");
  if (typeof repository?.id !== "string" || repository.id === "") {
    return found("the first event names no repository");
  }
  if (bound?.number === issue) return [];
  return found(`the first event binds issue ${JSON.stringify(bound?.number)}, not ${issue}`);
}
