import { fail, type Result, succeed } from "../../shared/result.ts";
import { layOutTree } from "../lay-out-tree.ts";
import { fileMode, makeObject } from "../objects.ts";
import type { Settled } from "../port.ts";
import { checkSettled, checkSpend } from "../prepare-append.ts";
import { spendRef } from "../ref-names.ts";
import { renderCanonicalJson } from "../render-canonical-json.ts";
import { addSpend, parseSpend, type SpendEntries } from "../spend.ts";
import { findForgery } from "./check-commit.ts";
import { findHead } from "./find-head.ts";
import { moveRef } from "./move-ref.ts";
import { readBlobs, readCommit, readTree } from "./read-objects.ts";
import { type Remote, type RemoteCommit, unavailable } from "./remote.ts";
import { takeIn } from "./take-in.ts";
import { writeCommit } from "./write-commit.ts";

const spendFile = "spend.json";
/** Every conflict means that somebody else got through, so this many are only met by this many rivals. */
const rounds = 40;
/** The amounts are said in the commit's message too, if they are few: that saves two calls of reading. */
const longestTrailer = 6_000;

/** See the port. A swap that is lost to another writer is tried again on what that one wrote. */
export async function recordSpend(
  remote: Remote,
  day: string,
  key: string,
  micros: number,
  cap: number,
  settled: Settled = {},
): Promise<Result<{ fitted: boolean; total: number }>> {
  checkSpend(day, key, micros);
  checkSettled(settled);
  const ref = spendRef(day);
  for (let round = 0; round < rounds; round += 1) {
    const head = await findHead(remote, ref);
    if (!head.ok) return head;
    const entries =
      head.value === null ? succeed(new Map()) : await readEntries(remote, day, head.value);
    if (!entries.ok) return entries;
    if (entries.value !== null) {
      const outcome = addSpend(entries.value, key, micros, cap, settled);
      const answer = { fitted: outcome.fitted, total: outcome.total };
      if (!outcome.changed) return succeed(answer);
      const landed = await write(remote, day, head.value, outcome.entries);
      if (!landed.ok) return landed;
      if (landed.value) return succeed(answer);
    }
    await remote.pause(Math.min(round, 4));
  }
  return unavailable(`others kept writing to ${ref}`);
}

/** The amounts at a commit, proved to be ours; null when GitHub does not have the commit yet. */
async function readEntries(
  remote: Remote,
  day: string,
  head: string,
): Promise<Result<SpendEntries | null>> {
  await takeIn(remote, head);
  const commit = await readCommit(remote, head);
  if (!commit.ok || commit.value === null) return commit.ok ? succeed(null) : commit;
  const bytes = await readSpend(remote, commit.value);
  if (!bytes.ok) return bytes;
  const forgery = await findForgery(remote, commit.value, `spend/${day}`, bytes.value);
  if (!forgery.ok) return forgery;
  const what = `${spendFile} of ${spendRef(day)}`;
  if (forgery.value !== null) return unavailable(`${what} is not ours (${forgery.value})`);
  const entries = parseSpend(bytes.value.toString("utf8"));
  return entries === null ? unavailable(`${what} does not hold amounts`) : succeed(entries);
}

const treeOf = (bytes: Buffer): string => {
  const { id } = makeObject("sha1", "blob", bytes);
  return layOutTree("sha1", new Map([[spendFile, { mode: fileMode, name: spendFile, id }]]), []);
};

async function readSpend(remote: Remote, { message, tree }: RemoteCommit): Promise<Result<Buffer>> {
  const said = /^Amounts: (.*)$/m.exec(message)?.[1];
  // The tree's id proves that the message says what the file says.
  const bytes = Buffer.from(`${said ?? ""}\n`);
  if (said !== undefined && treeOf(bytes) === tree) return succeed(bytes);
  const files = await readTree(remote, tree);
  const id = files.ok ? files.value.get(spendFile)?.id : undefined;
  if (files.ok && id === undefined) return unavailable(`${tree} holds no ${spendFile}`);
  const blobs = files.ok ? await readBlobs(remote, [id ?? ""]) : files;
  if (blobs.ok) return succeed(blobs.value.get(id ?? "") ?? Buffer.alloc(0));
  const { failure } = blobs;
  return failure.reason === "damaged" ? unavailable(failure.detail) : fail(failure);
}

async function write(
  remote: Remote,
  day: string,
  parent: string | null,
  entries: SpendEntries,
): Promise<Result<boolean>> {
  const text = renderCanonicalJson(Object.fromEntries(entries));
  const content = Buffer.from(`${text}\n`);
  const commit = await writeCommit(remote, {
    parent,
    kept: new Map(),
    texts: new Map([[spendFile, content]]),
    subject: "Money of the day",
    trailers: text.length <= longestTrailer ? [`Amounts: ${text}`] : [],
    place: `spend/${day}`,
    content,
  });
  if (!commit.ok) return commit;
  const moved = await moveRef(remote, spendRef(day), commit.value.commit, parent);
  return moved.ok ? succeed(moved.value.kind === "landed") : moved;
}
