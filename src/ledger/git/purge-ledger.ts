import { type Result, succeed } from "../../shared/result.ts";
import { changeRefs } from "./change-refs.ts";
import { backupFolder, issueRef, listRefs, type Ref, type Repository } from "./ledger-refs.ts";
import { getHead } from "./verify-git-ledger.ts";

/** The refs that a purge of this issue would delete: its ledger and the backups that repairs made of it. */
export async function findPurge(repository: Repository, issue: number): Promise<Result<Ref[]>> {
  const head = await getHead(repository, issue);
  if (!head.ok) return head;
  const backups = await listRefs(repository, backupFolder);
  if (!backups.ok) return backups;
  const own = backups.value.filter(({ name }) => name.startsWith(`${backupFolder}${issue}-`));
  return succeed([{ name: issueRef(issue), id: head.value }, ...own]);
}

/** Deletes these refs, all or none, and only if they still hold what was shown. Money of the days stays. */
export function purgeLedger(repository: Repository, refs: readonly Ref[]): Promise<Result<null>> {
  return changeRefs(
    repository,
    refs.map(({ name, id }) => `delete ${name} ${id}`),
  );
}
