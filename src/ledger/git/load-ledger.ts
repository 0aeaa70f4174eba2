import { type Result, succeed } from "../../shared/result.ts";
import type { LedgerSnapshot } from "../port.ts";
import { checkIssue } from "../prepare-append.ts";
import { contains, issueRef, pause, type Repository, readRef, unavailable } from "./ledger-refs.ts";
import { faultOf, readWhole } from "./read-ledger.ts";

/**
 * The ledger of an issue, at its head or at commit `at`, with its chain checked. `at` and `contains` must be
 * contained in the head that is read: an older answer is asked for again a few times, then `ledger-unavailable`.
 */
export async function loadLedger(
  repository: Repository,
  issue: number,
  options: { at?: string; contains?: string } = {},
): Promise<Result<LedgerSnapshot>> {
  checkIssue(issue);
  const head = await findHead(repository, issue, options);
  if (!head.ok) return head;
  if (head.value === null) return succeed({ issue, head: null, records: [], documents: {} });
  const commit = options.at ?? head.value;
  const stored = await readWhole(repository, issue, commit);
  if (!stored.ok) return stored;
  const fault = faultOf(issue, stored.value);
  if (fault !== null) return fault;
  const { events, lines, files } = stored.value;
  repository.bases.keep({ commit, events, end: lines.end, files });
  const documents = Object.fromEntries(stored.value.documents);
  return succeed({ issue, head: commit, records: lines.records, documents });
}

/** Local git answers with what was last written; only a repository on a shared disk may lag a little. */
const pinTries = 5;

async function findHead(
  repository: Repository,
  issue: number,
  { at, contains: pinned }: { at?: string; contains?: string },
): Promise<Result<string | null>> {
  const missing = [at, pinned].find((id) => id !== undefined && !isCommitId(id));
  if (missing !== undefined) return unavailable(`${JSON.stringify(missing)} is not a commit id`);
  for (let attempt = 0; attempt < pinTries; attempt += 1) {
    const head = await readRef(repository, issueRef(issue));
    if (!head.ok) return head;
    if (await holds(repository, head.value, at, pinned)) return head;
    await pause(attempt);
  }
  return unavailable(`the ledger of issue ${issue} does not contain ${pinned ?? at}`);
}

async function holds(
  { git }: Repository,
  head: string | null,
  at: string | undefined,
  pinned: string | undefined,
): Promise<boolean> {
  if (at === undefined && pinned === undefined) return true;
  if (head === null) return false;
  const read = at ?? head;
  if (!(await contains(git, head, read))) return false;
  return pinned === undefined || contains(git, read, pinned);
}

/** A full id only: anything else could be read as a name or an option. */
export const isCommitId = (id: string): boolean => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(id);
