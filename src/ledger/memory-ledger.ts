import { createHash } from "node:crypto";
import { fail, type Result, succeed } from "../shared/result.ts";
import { parseEventLines, renderEventLines } from "./event-lines.ts";
import type { Append, Appended, LedgerSnapshot, LedgerStore } from "./port.ts";
import { checkIssue, checkSpend, prepareAppend, refuseClash } from "./prepare-append.ts";
import { addSpend } from "./spend.ts";

type Commit = { id: string; text: string; documents: Map<string, string> };

/** The plain model of a ledger store: all in memory, nothing can fail on the way. For tests and dry runs. */
export function openMemoryLedger(): LedgerStore {
  const ledgers = new Map<number, Commit[]>();
  const days = new Map<string, Map<string, number>>();
  let count = 0;

  const historyOf = (issue: number): Commit[] => ledgers.get(issue) ?? [];

  async function load(
    issue: number,
    options: { at?: string; contains?: string } = {},
  ): Promise<Result<LedgerSnapshot>> {
    checkIssue(issue);
    const history = historyOf(issue);
    const at = options.at ?? history.at(-1)?.id ?? null;
    const position = history.findIndex(({ id }) => id === at);
    const contained = history.findIndex(({ id }) => id === options.contains);
    if (options.at !== undefined && position < 0) return unknownCommit(options.at);
    if (options.contains !== undefined && (contained < 0 || contained > position)) {
      return unknownCommit(options.contains);
    }
    return succeed(snapshotOf(issue, history[position] ?? null));
  }

  async function append(request: Append): Promise<Result<Appended>> {
    const history = historyOf(request.issue);
    const head = history.at(-1) ?? null;
    const parent = history.find(({ id }) => id === request.parent);
    const prepared = prepareAppend(request);
    if (!prepared.ok) return prepared;
    const names = prepared.value.documents.keys();
    const clash = refuseClash(parent?.documents.keys() ?? [], names);
    if (!clash.ok) return clash;
    if ((head?.id ?? null) !== request.parent) {
      return succeed({ kind: "conflict", head: head?.id ?? null });
    }
    const { end } = parseEventLines(Buffer.from(head?.text ?? ""));
    const text = (head?.text ?? "") + renderEventLines(end, prepared.value.events).text;
    const documents = new Map([...(head?.documents ?? []), ...prepared.value.documents]);
    count += 1;
    const id = createHash("sha1").update(`${request.issue} ${count}`).digest("hex");
    ledgers.set(request.issue, [...history, { id, text, documents }]);
    return succeed({ kind: "appended", head: id });
  }

  return {
    load,
    append,
    list: async () => succeed([...ledgers.keys()].sort((left, right) => left - right)),
    async recordSpend(day, key, micros, cap) {
      checkSpend(day, key, micros);
      const outcome = addSpend(days.get(day) ?? new Map(), key, micros, cap);
      days.set(day, outcome.entries);
      return succeed({ fitted: outcome.fitted, total: outcome.total });
    },
  };
}

function snapshotOf(issue: number, commit: Commit | null): LedgerSnapshot {
  const { records } = parseEventLines(Buffer.from(commit?.text ?? ""));
  const documents = Object.fromEntries(commit?.documents ?? []);
  return { issue, head: commit?.id ?? null, records, documents };
}

function unknownCommit(commit: string): Result<never> {
  return fail({ reason: "ledger-unavailable", detail: `the ledger does not contain ${commit}` });
}
