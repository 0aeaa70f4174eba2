import { type Result, succeed } from "../../shared/result.ts";
import type { LedgerStore } from "../port.ts";
import { parseIssueRefs } from "../ref-names.ts";
import { appendToLedger } from "./append-to-ledger.ts";
import { issuesFolder, listRefs, openBases, type Repository } from "./ledger-refs.ts";
import { loadLedger } from "./load-ledger.ts";
import { recordSpend } from "./record-spend.ts";
import { type Git, type GitPlace, openGit } from "./run-git.ts";

/** `wrap` stands between the ledger and git, for tests that make git stale or faulty. */
export type GitLedgerOptions = GitPlace & { wrap?: (git: Git) => Git };

/**
 * The ledgers of a local git repository, bare or not. Work tree, index, branches and configuration are never
 * touched. With `environment` git sees only that (and needs PATH in it), else the process's own.
 */
export function openGitLedger(options: GitLedgerOptions): LedgerStore {
  const repository = openRepository(options);
  return {
    load: (issue, pins) => loadLedger(repository, issue, pins),
    append: (append) => appendToLedger(repository, append),
    list: () => listIssues(repository),
    recordSpend: (...spend) => recordSpend(repository, ...spend),
  };
}

export function openRepository(options: GitLedgerOptions): Repository {
  const git = openGit({ directory: options.directory, environment: options.environment });
  return { git: options.wrap?.(git) ?? git, directory: options.directory, bases: openBases() };
}

export async function listIssues(repository: Repository): Promise<Result<number[]>> {
  const refs = await listRefs(repository, issuesFolder);
  if (!refs.ok) return refs;
  return succeed(parseIssueRefs(refs.value.map(({ name }) => name)));
}
