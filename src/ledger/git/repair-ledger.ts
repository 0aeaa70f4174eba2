import { isUtf8 } from "node:buffer";
import { type Result, succeed } from "../../shared/result.ts";
import { eventsFile } from "../check-document-name.ts";
import { type ParsedLines, parseEventLines, renderEventLines } from "../event-lines.ts";
import type { JsonObject } from "../port.ts";
import { checkLink, type LedgerCommit, type LedgerFault } from "../verify-ledger.ts";
import { changeRefs } from "./change-refs.ts";
import type { TreeEntry } from "./git-objects.ts";
import { backupFolder, issueRef, type Repository } from "./ledger-refs.ts";
import { readHistory } from "./read-history.ts";
import { converse, readStored } from "./read-ledger.ts";
import { verifyGitLedger } from "./verify-git-ledger.ts";
import { writeCommit } from "./write-commit.ts";

export type RepairReport = {
  issue: number;
  /** Faults that were found; those of kind `author` and `binding` cannot be repaired and stay. */
  faults: LedgerFault[];
  /** False when nothing was written, because nothing that can be repaired was found. */
  repaired: boolean;
  /** New head; null when no line was sound and the ledger begins anew. */
  head: string | null;
  keptEvents: number;
  droppedDocuments: string[];
  /** Ref that keeps the broken ledger; null when its commit itself is gone. */
  backup: string | null;
};

const repairable = new Set(["chain", "history", "unreadable"]);

/**
 * Keeps the longest sound part of a broken ledger and says so in it with an event `LedgerRepaired`. The broken
 * head stays reachable under `refs/archwright/backup/`; nothing of the user's is deleted.
 */
export async function repairLedger(
  repository: Repository,
  issue: number,
  now: Date,
): Promise<Result<RepairReport>> {
  const verified = await verifyGitLedger(repository, issue);
  if (!verified.ok) return verified;
  const { head, faults, events } = verified.value;
  if (!faults.some(({ kind }) => repairable.has(kind))) {
    const untouched = { repaired: false, head, keptEvents: events, droppedDocuments: [] };
    return succeed({ issue, faults, backup: null, ...untouched });
  }
  const sound = await findSound(repository, head);
  const files = await findReadable(repository, issue, sound.source);
  const backup = sound.headReadable ? `${backupFolder}${issue}-${head.slice(0, 12)}` : null;
  const repair = { seq: sound.lines.end.seq, fault: faults[0], now, backup, broken: head };
  const commit = await writeRepair(repository, issue, sound, files.kept, renderEvent(repair));
  if (!commit.ok) return commit;
  const ref = issueRef(issue);
  const changed = await changeRefs(repository, [
    ...(backup === null ? [] : [`update ${backup} ${head}`]),
    commit.value === null ? `delete ${ref} ${head}` : `update ${ref} ${commit.value} ${head}`,
  ]);
  if (!changed.ok) return changed;
  return succeed({
    issue,
    faults,
    repaired: true,
    head: commit.value,
    keptEvents: sound.lines.records.length,
    droppedDocuments: files.dropped,
    backup,
  });
}

type Sound = {
  /** Newest commit whose whole history is sound; the parent of the repair. */
  base: string | null;
  /** Commit whose documents go with the kept lines. */
  source: string | null;
  events: Buffer;
  lines: ParsedLines;
  headReadable: boolean;
};

/**
 * The newest commit with a sound history, and the sound lines that the head has beyond it: lines are kept even
 * if the commit that brought them also brought the fault.
 */
async function findSound(repository: Repository, head: string): Promise<Sound> {
  let base: LedgerCommit | null = null;
  let top: LedgerCommit | null = null;
  let child: LedgerCommit | null = null;
  await readHistory(repository, head, (commit) => {
    top ??= commit;
    const linked = child === null || checkLink(child, commit).length === 0;
    // Below a sound commit an unbroken link proves the lines; only elsewhere have they to be read.
    const sound = isWhole(commit) && ((base !== null && linked) || hasSoundLines(commit));
    // A fault at this commit, or between it and its child, voids every candidate above it.
    if (!sound || !linked) base = null;
    if (sound) base ??= commit;
    child = commit;
  });
  return joinSound(base, top);
}

const isWhole = (commit: LedgerCommit): boolean =>
  commit.events !== null && commit.parents.length <= 1;

const hasSoundLines = (commit: LedgerCommit): boolean =>
  parseEventLines(commit.events ?? new Uint8Array()).fault === null;

function joinSound(base: LedgerCommit | null, top: LedgerCommit | null): Sound {
  const kept = Buffer.from(base?.events ?? []);
  const above = Buffer.from(top?.events ?? []);
  const sound = above.subarray(0, parseEventLines(above).soundBytes);
  const longer = sound.length > kept.length && sound.subarray(0, kept.length).equals(kept);
  const events = longer ? sound : kept;
  const source = longer || base?.id === top?.id ? top : base;
  return {
    base: base?.id ?? null,
    source: source?.id ?? null,
    events,
    lines: parseEventLines(events),
    headReadable: top !== null && (top.author !== "" || top.events !== null),
  };
}

/** The documents of a commit that can be read, and the names of the others. */
async function findReadable(
  repository: Repository,
  issue: number,
  commit: string | null,
): Promise<{ kept: Map<string, TreeEntry>; dropped: string[] }> {
  const kept = new Map<string, TreeEntry>();
  const dropped: string[] = [];
  const stored = commit === null ? null : await readStored(repository, issue, commit);
  for (const [name, entry] of stored?.ok ? stored.value.files : []) {
    if (name === eventsFile) continue;
    // One conversation each: a damaged object ends it.
    const object = await converse(repository, issue, (get) => get(entry.id));
    const text = object.ok && object.value?.type === "blob" && isUtf8(object.value.bytes);
    if (text) kept.set(name, entry);
    else dropped.push(name);
  }
  if (stored !== null && !stored.ok) dropped.push("all");
  return { kept, dropped };
}

function renderEvent(repair: {
  seq: number;
  fault: LedgerFault | undefined;
  now: Date;
  backup: string | null;
  broken: string;
}): JsonObject {
  return {
    v: 1,
    type: "LedgerRepaired",
    at: repair.now.toISOString(),
    source: `ledger-repair:${repair.broken}`,
    keptEvents: repair.seq,
    broken: repair.broken,
    backup: repair.backup,
    fault: repair.fault ?? null,
  };
}

async function writeRepair(
  repository: Repository,
  issue: number,
  sound: Sound,
  kept: ReadonlyMap<string, TreeEntry>,
  event: JsonObject,
): Promise<Result<string | null>> {
  if (sound.lines.records.length === 0) return succeed(null);
  const added = renderEventLines(sound.lines.end, [event]);
  const text = Buffer.concat([sound.events, Buffer.from(added.text)]);
  const written = await writeCommit(repository, {
    parent: sound.base,
    kept,
    texts: new Map([[eventsFile, text]]),
    subject: `Issue ${issue}: LedgerRepaired`,
  });
  return written.ok ? succeed(written.value.commit) : written;
}
