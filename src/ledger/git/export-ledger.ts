import { type Result, succeed } from "../../shared/result.ts";
import type { LedgerSnapshot } from "../port.ts";
import type { Repository } from "./ledger-refs.ts";
import { faultOf, readWhole } from "./read-ledger.ts";
import { getHead } from "./verify-git-ledger.ts";

/** A snapshot with the bytes of `events.jsonl`, so that an export keeps what this version does not know. */
export type ExportedLedger = LedgerSnapshot & { head: string; lines: Buffer };

export async function exportLedger(
  repository: Repository,
  issue: number,
): Promise<Result<ExportedLedger>> {
  const head = await getHead(repository, issue);
  if (!head.ok) return head;
  const stored = await readWhole(repository, issue, head.value);
  if (!stored.ok) return stored;
  const fault = faultOf(issue, stored.value);
  if (fault !== null) return fault;
  const { events: lines, lines: parsed, documents } = stored.value;
  return succeed({
    issue,
    head: head.value,
    records: parsed.records,
    documents: Object.fromEntries(documents),
    lines,
  });
}
