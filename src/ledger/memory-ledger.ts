import { createHash, randomUUID } from "node:crypto";
import { fail, type Result, succeed } from "../shared/result.ts";
import { parseEventLines, renderEventLines } from "./event-lines.ts";
import type { Append, Appended, LedgerSnapshot, LedgerStore } from "./port.ts";
import {
  checkIssue,
  checkSettled,
  checkSpend,
  type Prepared,
  prepareAppend,
  refuseClash,
} from "./prepare-append.ts";
import { addSpend, type SpendEntries } from "./spend.ts";

type Commit = { id: string; text: string; documents: Map<string, string> };

/** The commits of each issue, oldest first, and the money of each day. */
type Memory = { ledgers: Map<number, Commit[]>; days: Map<string, SpendEntries> };

/** The plain model of a ledger store: all in memory, nothing can fail on the way. For tests and dry runs. */
export function openMemoryLedger(): LedgerStore {
  const memory: Memory = { ledgers: new Map(), days: new Map() };
  return {
    load: async (issue, pins) => load(memory, issue, pins),
    append: async (request) => append(memory, request),
    list: async () => succeed([...memory.ledgers.keys()].sort((left, right) => left - right)),
    async recordSpend(day, key, micros, cap, settled = {}) {
      checkSpend(day, key, micros);
      checkSettled(settled);
      const outcome = addSpend(memory.days.get(day) ?? new Map(), key, micros, cap, settled);
      memory.days.set(day, outcome.entries);
      return succeed({ fitted: outcome.fitted, total: outcome.total });
    },
  };
}

function load(
  { ledgers }: Memory,
  issue: number,
  pins: { at?: string; contains?: string } = {},
): Result<LedgerSnapshot> {
  checkIssue(issue);
  const history = ledgers.get(issue) ?? [];
  const at = pins.at ?? history.at(-1)?.id ?? null;
  const position = history.findIndex(({ id }) => id === at);
  const contained = history.findIndex(({ id }) => id === pins.contains);
  if (pins.at !== undefined && position < 0) return unknownCommit(pins.at);
  if (pins.contains !== undefined && (contained < 0 || contained > position)) {
    return unknownCommit(pins.contains);
  }
  return succeed(snapshotOf(issue, history[position] ?? null));
}

function append({ ledgers }: Memory, request: Append): Result<Appended> {
  const prepared = prepareAppend(request);
  if (!prepared.ok) return prepared;
  const history = ledgers.get(request.issue) ?? [];
  const parent = history.find(({ id }) => id === request.parent);
  const clash = refuseClash(parent?.documents.keys() ?? [], prepared.value.documents.keys());
  if (!clash.ok) return clash;
  const head = history.at(-1)?.id ?? null;
  if (head !== request.parent) return succeed({ kind: "conflict", head });
  const commit = makeCommit(parent, prepared.value);
  ledgers.set(request.issue, [...history, commit]);
  return succeed({ kind: "appended", head: commit.id });
}

function makeCommit(parent: Commit | undefined, { events, documents }: Prepared): Commit {
  const { end } = parseEventLines(Buffer.from(parent?.text ?? ""));
  const text = (parent?.text ?? "") + renderEventLines(end, events).text;
  const all = new Map([...(parent?.documents ?? []), ...documents]);
  return { id: createHash("sha1").update(randomUUID()).digest("hex"), text, documents: all };
}

function snapshotOf(issue: number, commit: Commit | null): LedgerSnapshot {
  const { records } = parseEventLines(Buffer.from(commit?.text ?? ""));
  const documents = Object.fromEntries(commit?.documents ?? []);
  return { issue, head: commit?.id ?? null, records, documents };
}

function unknownCommit(commit: string): Result<never> {
  return fail({ reason: "ledger-unavailable", detail: `the ledger does not contain ${commit}` });
}
