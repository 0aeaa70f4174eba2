import { lstat, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { redact } from "../../shared/redact.ts";
import { fail, type Result, succeed } from "../../shared/result.ts";
import {
  brokenLink,
  type Change,
  checkEntry,
  findSecretLine,
  LINK,
  parseRawChanges,
  REMOVED,
  SUBMODULE,
} from "./check-change.ts";
import type { Room } from "./edit-files.ts";
import { failureOfError } from "./failure-of-error.ts";
import { bytesOfName, splitAtNul } from "./path-name.ts";
import type { Store } from "./prepare-store.ts";
import type { GitCall } from "./run-git.ts";

/** A worktree's place in the store: where its files and its index lie. */
export type Checkout = { store: Store; room: Room; call: Partial<GitCall>; changeBytes: number };

/**
 * Stages all that differs from `head`, ignored files left out, and tells what it is. A repository inside the worktree is
 * told and never stays staged: git would ask it for its state the next time, by its own settings, and those name
 * programs (filters) that would run outside of any isolation.
 */
export async function stageChanges(
  checkout: Checkout,
  head: string,
  whatCan = false,
): Promise<Result<Change[]>> {
  const staged = await addAll(checkout, whatCan);
  if (!staged.ok) return staged;
  const flags = ["diff-index", "--cached", "--raw", "-r", "-z", "--no-renames", "--no-abbrev"];
  const answer = await checkout.store.git([...flags, head, "--"], checkout.call);
  if (!answer.ok) return answer;
  const changes = parseRawChanges(answer.value.output);
  const nested = changes.filter(({ mode }) => mode === SUBMODULE);
  const unstaged = await unstage(checkout, nested);
  return unstaged.ok ? succeed(changes) : unstaged;
}

/** One file that git cannot hold fails the whole; with `whatCan` the others are staged all the same. */
async function addAll(checkout: Checkout, whatCan: boolean): Promise<Result<unknown>> {
  const staged = await checkout.store.git(["add", "--all", "--", "."], checkout.call);
  if (staged.ok || !whatCan || staged.failure.reason !== "git-failed") return staged;
  const call = { ...checkout.call, accept: [1, 128] };
  return await checkout.store.git(["add", "--all", "--ignore-errors", "--", "."], call);
}

/** Makes git never look into the submodules of the commit that is checked out, which nobody may change here anyway. */
export async function closeSubmodules(checkout: Checkout): Promise<Result<void>> {
  const listed = await checkout.store.git(["ls-files", "--stage", "-z"], checkout.call);
  if (!listed.ok) return listed;
  const entries = splitAtNul(listed.value.output).filter(
    (entry) => entry.toString("latin1", 0, SUBMODULE.length) === SUBMODULE,
  );
  if (entries.length === 0) return succeed(undefined);
  const paths = entries.flatMap((entry) => [
    entry.subarray(entry.indexOf(9) + 1),
    Buffer.from([0]),
  ]);
  const done = await checkout.store.git(["update-index", "--skip-worktree", "-z", "--stdin"], {
    ...checkout.call,
    input: Buffer.concat(paths),
  });
  return done.ok ? succeed(undefined) : done;
}

/**
 * Commits everything that differs from `head` but `except`; null when nothing does. Each change is checked first, whoever made it,
 * commands included. Failures: `path-refused`, `secret-in-change`, `disk-full`, `git-failed`.
 */
export async function commitChanges(
  checkout: Checkout,
  head: string,
  message: string,
  { except = [], whatCan = false }: { except?: readonly string[]; whatCan?: boolean } = {},
): Promise<Result<string | null>> {
  const changes = await stageChanges(checkout, head, whatCan);
  if (!changes.ok) return changes;
  const left = changes.value.filter(({ path }) => except.includes(path));
  if (changes.value.length === left.length) return succeed(null);
  for (const change of changes.value) {
    if (left.includes(change)) continue;
    const checked = await checkChange(checkout, change);
    if (!checked.ok) return checked;
  }
  const unstaged = await unstage(checkout, left);
  if (!unstaged.ok) return unstaged;
  const tree = await checkout.store.git(["write-tree"], checkout.call);
  if (!tree.ok) return tree;
  const id = tree.value.output.toString("utf8").trim();
  const input = `${redact(message).trim()}\n`;
  const made = await checkout.store.git(["commit-tree", id, "-p", head, "-F", "-"], {
    ...checkout.call,
    input,
  });
  return made.ok ? succeed(made.value.output.toString("utf8").trim()) : made;
}

/** Puts index entries back as they were in the former commit; the files themselves stay. */
async function unstage(checkout: Checkout, changes: readonly Change[]): Promise<Result<void>> {
  if (changes.length === 0) return succeed(undefined);
  const lines = changes.flatMap(({ path, formerMode, formerObject }) => {
    const mode = formerMode === REMOVED ? "0" : formerMode;
    return [Buffer.from(`${mode} ${formerObject}\t`), bytesOfName(path), Buffer.from([0])];
  });
  const done = await checkout.store.git(["update-index", "-z", "--index-info"], {
    ...checkout.call,
    input: Buffer.concat(lines),
  });
  return done.ok ? succeed(undefined) : done;
}

async function checkChange(checkout: Checkout, change: Change): Promise<Result<void>> {
  const { path, mode } = change;
  const refuse = (rule: string) => fail({ reason: "path-refused" as const, path, rule });
  const allowed = checkEntry(change, checkout.room.policy);
  if (!allowed.ok) return allowed;
  if (mode === REMOVED) return succeed(undefined);
  const file = join(checkout.room.root, path);
  try {
    if (mode === LINK) {
      const broken = brokenLink(path, await readlink(file));
      return broken === null ? succeed(undefined) : refuse(broken);
    }
    const { size } = await lstat(file);
    if (size > checkout.changeBytes)
      return refuse(`it is larger than ${checkout.changeBytes} bytes`);
    return await checkSecrets(checkout, change, await readFile(file));
  } catch (error) {
    return { ok: false, failure: failureOfError(error, "read", path) };
  }
}

/** Refuses a line that was added and has the shape of a secret. */
async function checkSecrets(
  checkout: Checkout,
  change: Change,
  bytes: Buffer,
): Promise<Result<void>> {
  const { path, formerMode, formerObject } = change;
  const former = async () => (formerMode === REMOVED ? "" : readFormer(checkout, formerObject));
  const line = await findSecretLine(bytes, checkout.changeBytes, former);
  return line === null ? succeed(undefined) : fail({ reason: "secret-in-change", path, line });
}

async function readFormer(checkout: Checkout, object: string): Promise<string> {
  const answer = await checkout.store.git(["cat-file", "blob", object], {
    limit: checkout.changeBytes,
  });
  return answer.ok ? answer.value.output.toString("utf8") : "";
}
