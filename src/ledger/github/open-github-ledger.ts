import type { LedgerStore } from "../port.ts";
import { appendToLedger } from "./append-to-ledger.ts";
import { loadLedger } from "./load-ledger.ts";
import { listIssues } from "./read-refs.ts";
import { recordSpend } from "./record-spend.ts";
import { openRemote, type RemoteOptions } from "./remote.ts";

/**
 * The ledgers of a GitHub repository, over its Git Data API: the same commits as a local git ledger holds, so that `git fetch origin
 * 'refs/archwright/*:refs/archwright/*'` gives them to every tool. Besides the port's promises: what is loaded was written by `authors`,
 * sealed where there is a `secret`, and signed where that is asked for; else it is `ledger-corrupt`.
 */
export function openGitHubLedger(options: RemoteOptions): LedgerStore {
  const remote = openRemote(options);
  return {
    load: (issue, pins) => loadLedger(remote, issue, pins),
    append: (append) => appendToLedger(remote, append),
    list: () => listIssues(remote),
    recordSpend: (...spend) => recordSpend(remote, ...spend),
  };
}
