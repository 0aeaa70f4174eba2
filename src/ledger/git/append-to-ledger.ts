import { type Result, succeed } from "../../shared/result.ts";
import { eventsFile } from "../check-document-name.ts";
import { chainStart, renderEventLines } from "../event-lines.ts";
import type { Append, Appended } from "../port.ts";
import { type Prepared, prepareAppend, refuseClash } from "../prepare-append.ts";
import { renderSubject } from "../render-subject.ts";
import { type Base, issueRef, type Repository, readRef } from "./ledger-refs.ts";
import { isCommitId } from "./load-ledger.ts";
import { moveRef } from "./move-ref.ts";
import { faultOf, readStored } from "./read-ledger.ts";
import { writeCommit } from "./write-commit.ts";

/** Appends one commit to an issue's ledger, or tells whose head stands in the way. See the port's promises. */
export async function appendToLedger(
  repository: Repository,
  append: Append,
): Promise<Result<Appended>> {
  const prepared = prepareAppend(append);
  if (!prepared.ok) return prepared;
  const base = await readBase(repository, append);
  if (!base.ok) return base;
  if (base.value === "unknown-parent") {
    const head = await readRef(repository, issueRef(append.issue));
    return head.ok ? succeed({ kind: "conflict", head: head.value }) : head;
  }
  const written = await writeAppend(repository, append, base.value, prepared.value);
  if (!written.ok) return written;
  const { commit } = written.value;
  const moved = await moveRef(repository, issueRef(append.issue), commit, append.parent);
  if (!moved.ok) return moved;
  if (moved.value.kind === "conflict") return succeed(moved.value);
  repository.bases.keep(written.value);
  return succeed({ kind: "appended", head: commit });
}

/** The parent as it is stored. By its id, which cannot be stale: only whether it is still the head is open. */
async function readBase(
  repository: Repository,
  { issue, parent }: Append,
): Promise<Result<Base | null | "unknown-parent">> {
  if (parent === null) return succeed(null);
  if (!isCommitId(parent)) return succeed("unknown-parent");
  const known = repository.bases.find(parent);
  if (known !== undefined) return succeed(known);
  const base = await readStored(repository, issue, parent);
  if (!base.ok) {
    if (base.failure.reason !== "ledger-corrupt") return base;
    const there = await repository.git.run(["cat-file", "-e", `${parent}^{commit}`]);
    return there.exitCode === 0 ? base : succeed("unknown-parent");
  }
  const { commit, events, lines, files } = base.value;
  return faultOf(issue, base.value) ?? succeed({ commit, events, end: lines.end, files });
}

async function writeAppend(
  repository: Repository,
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
  const texts = new Map<string, string | Buffer>([...documents, [eventsFile, bytes]]);
  const subject = renderSubject(issue, events);
  const written = await writeCommit(repository, { parent, kept, texts, subject });
  return written.ok ? succeed({ ...written.value, events: bytes, end: lines.end }) : written;
}
