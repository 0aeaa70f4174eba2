import { lstat, readFile, readlink } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { redact } from "../../shared/redact.ts";
import { fail, type Result, succeed } from "../../shared/result.ts";
import { checkPath } from "../check-path.ts";
import type { Room } from "./edit-files.ts";
import { failureOfError } from "./failure-of-error.ts";
import { bytesOfName, nameOfBytes, splitAtNul } from "./path-name.ts";
import type { Store } from "./prepare-store.ts";
import { readContent } from "./read-content.ts";
import type { GitCall } from "./run-git.ts";

/** A worktree's place in the store: where its files and its index lie. */
export type Checkout = { store: Store; room: Room; call: Partial<GitCall>; changeBytes: number };

type Change = { path: string; mode: string; formerMode: string; formerObject: string };

const REMOVED = "000000";

const SUBMODULE = "160000";

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
  const parts = splitAtNul(answer.value.output);
  const changes: Change[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const words = (parts[index] ?? Buffer.alloc(0)).toString("latin1").slice(1).split(" ");
    const [formerMode = "", mode = "", formerObject = ""] = words;
    const path = nameOfBytes(parts[index + 1] ?? Buffer.alloc(0));
    changes.push({ path, mode, formerMode, formerObject });
  }
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
  const { path, mode, formerMode } = change;
  const refuse = (rule: string) => fail({ reason: "path-refused" as const, path, rule });
  const allowed = checkPath(path, checkout.room.policy);
  if (!allowed.ok) return allowed;
  if (mode === SUBMODULE || formerMode === SUBMODULE) return refuse("it is a submodule");
  if (mode === REMOVED) return succeed(undefined);
  const file = join(checkout.room.root, path);
  try {
    if (mode === "120000") {
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

/** A link may lead to another file of the worktree, and nowhere else. */
function brokenLink(path: string, target: string): string | null {
  if (posix.isAbsolute(target)) return "it is a symbolic link to an absolute path";
  const reached = posix.normalize(posix.join(dirname(path), target));
  if (reached === ".." || reached.startsWith("../"))
    return "it is a symbolic link that leads outside";
  const parts = reached.split("/");
  return parts.some((part) => part.toLowerCase() === ".git")
    ? "it is a symbolic link into git's own data"
    : null;
}

/** Refuses a line that was added and has the shape of a secret. What stood there before is not this change's doing. */
async function checkSecrets(
  checkout: Checkout,
  change: Change,
  bytes: Buffer,
): Promise<Result<void>> {
  const content = readContent(bytes, checkout.changeBytes);
  const text = content.kind === "text" ? content.text : bytes.toString("latin1");
  const cleaned = redact(text);
  if (cleaned === text) return succeed(undefined);
  const former =
    change.formerMode === REMOVED ? "" : await readFormer(checkout, change.formerObject);
  const known = new Set(former.split("\n"));
  const lines = text.split("\n");
  const found = lines.findIndex((line) => !known.has(line) && redact(line) !== line);
  if (found !== -1) return fail({ reason: "secret-in-change", path: change.path, line: found + 1 });
  // A secret over several lines, such as a key block, shows in the whole only.
  if (redact(former) !== former) return succeed(undefined);
  const after = cleaned.split("\n");
  const first = lines.findIndex((line, index) => line !== after[index]);
  return fail({ reason: "secret-in-change", path: change.path, line: Math.max(first, 0) + 1 });
}

async function readFormer(checkout: Checkout, object: string): Promise<string> {
  const answer = await checkout.store.git(["cat-file", "blob", object], {
    limit: checkout.changeBytes,
  });
  return answer.ok ? answer.value.output.toString("utf8") : "";
}
