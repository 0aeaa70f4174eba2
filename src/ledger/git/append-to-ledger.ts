import { type Result, succeed } from "../../shared/result.ts";
import { eventsFile } from "../check-document-name.ts";
import { chainStart, renderEventLines } from "../event-lines.ts";
import type { Append, Appended } from "../port.ts";
import { prepareAppend } from "../prepare-append.ts";
import { issueRef, type Repository, readRef } from "./ledger-refs.ts";
import { isCommitId } from "./load-ledger.ts";
import { moveRef } from "./move-ref.ts";
import { faultOf, readStored, type StoredLedger } from "./read-ledger.ts";
import { writeCommit } from "./write-commit.ts";

/** Appends one commit to an issue's ledger, or tells whose head stands in the way. See the port's promises. */
export async function appendToLedger(
  repository: Repository,
  append: Append,
): Promise<Result<Appended>> {
  const early = prepareAppend(append, []);
  if (!early.ok) return early;
  const base = await readBase(repository, append);
  if (!base.ok) return base;
  if (base.value === "unknown-parent") {
    const head = await readRef(repository, issueRef(append.issue));
    return head.ok ? succeed({ kind: "conflict", head: head.value }) : head;
  }
  const commit = await writeAppend(repository, append, base.value);
  if (!commit.ok) return commit;
  const moved = await moveRef(repository, issueRef(append.issue), commit.value, append.parent);
  if (!moved.ok) return moved;
  return succeed(
    moved.value.kind === "landed" ? { kind: "appended", head: commit.value } : moved.value,
  );
}

/** The parent as it is stored. By its id, which cannot be stale: only whether it is still the head is open. */
async function readBase(
  repository: Repository,
  { issue, parent }: Append,
): Promise<Result<StoredLedger | null | "unknown-parent">> {
  if (parent === null) return succeed(null);
  if (!isCommitId(parent)) return succeed("unknown-parent");
  const base = await readStored(repository, issue, parent);
  if (!base.ok) {
    if (base.failure.reason !== "ledger-corrupt") return base;
    const there = await repository.git.run(["cat-file", "-e", `${parent}^{commit}`]);
    return there.exitCode === 0 ? base : succeed("unknown-parent");
  }
  return faultOf(issue, base.value) ?? base;
}

async function writeAppend(
  repository: Repository,
  append: Append,
  base: StoredLedger | null,
): Promise<Result<string>> {
  const kept = base?.files ?? new Map();
  const present = [...kept.keys()].filter((name) => name !== eventsFile);
  const prepared = prepareAppend(append, present);
  if (!prepared.ok) return prepared;
  const { events, documents } = prepared.value;
  const lines = renderEventLines(base?.lines.end ?? chainStart, events);
  const text = Buffer.concat([base?.events ?? Buffer.alloc(0), Buffer.from(lines.text)]);
  const types = events.map(({ type }) => (typeof type === "string" ? type : "event"));
  const texts = new Map<string, string | Buffer>([...documents, [eventsFile, text]]);
  const subject = `Issue ${append.issue}: ${renderSubject(types)}`;
  return writeCommit(repository, { parent: append.parent, kept, texts, subject });
}

/** Event types as the commit's subject. They may come from outside, so nothing but letters is taken. */
function renderSubject(types: readonly string[]): string {
  const names = types.map((type) => type.replace(/[^A-Za-z0-9-]/g, "").slice(0, 40));
  const shown = names.slice(0, 4).join(", ") || "documents";
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}
