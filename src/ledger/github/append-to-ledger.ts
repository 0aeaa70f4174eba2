import { type Result, succeed } from "../../shared/result.ts";
import { eventsFile } from "../check-document-name.ts";
import { chainStart, renderEventLines } from "../event-lines.ts";
import { isObjectId } from "../objects.ts";
import type { Append, Appended } from "../port.ts";
import { type Prepared, prepareAppend, refuseClash } from "../prepare-append.ts";
import { issueRef } from "../ref-names.ts";
import { renderSubject } from "../render-subject.ts";
import { moveRef } from "./move-ref.ts";
import { readRef } from "./read-refs.ts";
import { readStored } from "./read-stored.ts";
import type { Base, Remote } from "./remote.ts";
import { writeCommit } from "./write-commit.ts";

/** Appends one commit to an issue's ledger, or tells whose head stands in the way. See the port's promises. */
export async function appendToLedger(remote: Remote, append: Append): Promise<Result<Appended>> {
  const prepared = prepareAppend(append);
  if (!prepared.ok) return prepared;
  const { issue, parent } = append;
  const base = await readBase(remote, append);
  if (!base.ok) return base;
  if (base.value === "unknown-parent") {
    const head = await readRef(remote, issueRef(issue));
    return head.ok ? succeed({ kind: "conflict", head: head.value }) : head;
  }
  const written = await writeAppend(remote, append, base.value, prepared.value);
  if (!written.ok) return written;
  const { commit } = written.value;
  const moved = await moveRef(remote, issueRef(issue), commit, parent);
  if (!moved.ok) return moved;
  if (moved.value.kind === "conflict") return succeed(moved.value);
  remote.bases.keep(commit, written.value);
  remote.landed.keep(`${issueRef(issue)} ${commit}`, true);
  return succeed({ kind: "appended", head: commit });
}

/** The parent as it is stored, by its id, which cannot be stale: only whether it is still the head is open. */
async function readBase(
  remote: Remote,
  { issue, parent }: Append,
): Promise<Result<Base | null | "unknown-parent">> {
  if (parent === null) return succeed(null);
  if (!isObjectId(parent)) return succeed("unknown-parent");
  const known = remote.bases.find(parent);
  if (known) return succeed(known);
  const stored = await readStored(remote, issue, parent);
  if (!stored.ok) return stored;
  if (stored.value === null) return succeed("unknown-parent");
  const { commit, events, lines, files } = stored.value;
  return succeed({ commit, events, end: lines.end, files });
}

async function writeAppend(
  remote: Remote,
  { issue, parent }: Append,
  base: Base | null,
  { events, documents }: Prepared,
): Promise<Result<Base>> {
  const kept = base?.files ?? new Map();
  const present = [...kept.keys()].filter((name) => name !== eventsFile);
  const clash = refuseClash(present, documents.keys());
  if (!clash.ok) return clash;
  const lines = renderEventLines(base?.end ?? chainStart, events);
  const bytes = Buffer.concat([base?.events ?? Buffer.alloc(0), Buffer.from(lines.text)]);
  const texts = new Map<string, Buffer>([[eventsFile, bytes]]);
  for (const [name, text] of documents) texts.set(name, Buffer.from(text));
  const subject = renderSubject(issue, events);
  const place = `issues/${issue}`;
  const written = await writeCommit(remote, {
    parent,
    kept,
    texts,
    subject,
    place,
    content: bytes,
  });
  return written.ok ? succeed({ ...written.value, events: bytes, end: lines.end }) : written;
}
