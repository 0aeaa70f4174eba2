import { type Result, succeed } from "../../shared/result.ts";
import { isObjectId } from "../objects.ts";
import type { LedgerSnapshot } from "../port.ts";
import { checkIssue } from "../prepare-append.ts";
import { issueRef } from "../ref-names.ts";
import { findHead } from "./find-head.ts";
import { contains } from "./read-refs.ts";
import { readStored } from "./read-stored.ts";
import { type Remote, unavailable } from "./remote.ts";

type Pins = { at?: string; contains?: string };

/** Reads may lag behind a write for some seconds. */
const pinTries = 6;

/**
 * The ledger of an issue at its head, or at commit `at`, proved to be ours. What is pinned must be contained in the head that is read: an
 * older answer is asked for again, growing pauses between, and is `ledger-unavailable` at the end.
 */
export async function loadLedger(
  remote: Remote,
  issue: number,
  pins: Pins = {},
): Promise<Result<LedgerSnapshot>> {
  checkIssue(issue);
  const wrong = [pins.at, pins.contains].find((id) => id !== undefined && !isObjectId(id));
  if (wrong !== undefined) return unavailable(`${JSON.stringify(wrong)} is not a commit id`);
  const { at } = pins;
  if (at !== undefined && !pins.contains && remote.landed.find(`${issueRef(issue)} ${at}`)) {
    const own = await readAt(remote, issue, at);
    if (!own.ok) return own;
    if (own.value !== "stale") return succeed(own.value);
  }
  for (let attempt = 0; attempt < pinTries; attempt += 1) {
    const loaded = await tryLoad(remote, issue, pins);
    if (!loaded.ok) return loaded;
    if (loaded.value !== "stale") return succeed(loaded.value);
    await remote.pause(attempt);
  }
  const pinned = pins.contains ?? pins.at ?? "its own head";
  return unavailable(`the ledger of issue ${issue} does not contain ${pinned}`);
}

/** `stale`: what GitHub answered is older than what was pinned, or its head is not to be had yet. */
async function tryLoad(
  remote: Remote,
  issue: number,
  pins: Pins,
): Promise<Result<LedgerSnapshot | "stale">> {
  const head = await findHead(remote, issueRef(issue));
  if (!head.ok) return head;
  const fits = await holds(remote, head.value, pins);
  if (!fits.ok) return fits;
  if (!fits.value) return succeed("stale");
  if (head.value === null) return succeed({ issue, head: null, records: [], documents: {} });
  return await readAt(remote, issue, pins.at ?? head.value);
}

async function readAt(
  remote: Remote,
  issue: number,
  commit: string,
): Promise<Result<LedgerSnapshot | "stale">> {
  const stored = await readStored(remote, issue, commit);
  if (!stored.ok) return stored;
  if (stored.value === null) return succeed("stale");
  const { events, lines, files, documents } = stored.value;
  remote.bases.keep(commit, { commit, events, end: lines.end, files });
  return succeed({ issue, head: commit, records: lines.records, documents });
}

async function holds(
  remote: Remote,
  head: string | null,
  { at, contains: pinned }: Pins,
): Promise<Result<boolean>> {
  if (at === undefined && pinned === undefined) return succeed(true);
  if (head === null) return succeed(false);
  const read = at ?? head;
  const reachable = await contains(remote, head, read);
  if (!reachable.ok || !reachable.value || pinned === undefined) return reachable;
  return contains(remote, read, pinned);
}
