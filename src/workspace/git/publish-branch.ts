import { fail, type Result, succeed } from "../../shared/result.ts";
import type { Store } from "./prepare-store.ts";

/** Brings a commit and what it needs from the harness's objects into the user's. No ref is written. */
async function bringObjects(store: Store, commit: string): Promise<Result<void>> {
  const there = await store.userGit(["cat-file", "-e", `${commit}^{commit}`], {
    accept: [1, 128],
  });
  if (!there.ok) return there;
  // What the user allows for remotes does not concern two folders of one machine.
  const fetched = await store.userGit([
    ...["-c", "protocol.file.allow=always", "fetch", "--quiet", "--no-tags"],
    ...["--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules"],
    ...["--no-write-commit-graph", store.gitDir, commit],
  ]);
  return fetched.ok ? succeed(undefined) : fetched;
}

/** Commit that a branch of the user's repository points at; null when there is no such branch. */
export async function findBranchHead(store: Store, branch: string): Promise<string | null> {
  return findRef(store, `refs/heads/${branch}`);
}

async function findRef(store: Store, ref: string): Promise<string | null> {
  const answer = await store.userGit(["rev-parse", "--verify", "--quiet", `${ref}^{commit}`], {
    accept: [1, 128],
  });
  if (!answer.ok || answer.value.exitCode !== 0) return null;
  return answer.value.output.toString("utf8").trim();
}

/**
 * Points `branch` of the user's repository at `head`. Only a new branch or a move forward from exactly `from`
 * is made, unless `replace` says that what it had may be left behind. Failures: `branch-checked-out` (a work tree stands on it), `branch-moved`, `git-failed`, `disk-full`.
 */
export async function publishBranch(
  store: Store,
  branch: string,
  head: string,
  from: string | null,
  options: { replace: boolean } = { replace: false },
): Promise<Result<void>> {
  const ref = `refs/heads/${branch}`;
  const named = await store.userGit(["check-ref-format", ref]);
  if (!named.ok || branch.startsWith("-") || branch === "HEAD") return nameRefused(branch);
  const actual = await findBranchHead(store, branch);
  if (actual === head) return succeed(undefined);
  if (actual !== from) return fail({ reason: "branch-moved", branch, expected: from, actual });
  const path = await findCheckout(store, ref);
  if (path !== null) return fail({ reason: "branch-checked-out", branch, path });
  const brought = await bringObjects(store, head);
  if (!brought.ok) return brought;
  if (from !== null && !options.replace) {
    const forward = await store.userGit(["merge-base", "--is-ancestor", from, head], {
      accept: [1],
    });
    if (!forward.ok) return forward;
    if (forward.value.exitCode === 1) return notForward(branch, head);
  }
  return moveRef(store, { ref, branch, head, from });
}

const nameRefused = (branch: string) =>
  fail({
    reason: "git-failed" as const,
    command: "check-ref-format",
    detail: `${JSON.stringify(branch)} is not a valid branch name`,
  });

const notForward = (branch: string, head: string) =>
  fail({
    reason: "git-failed" as const,
    command: "update-ref",
    detail: `${head} does not come after the head of ${branch}`,
  });

async function moveRef(
  store: Store,
  move: { ref: string; branch: string; head: string; from: string | null },
): Promise<Result<void>> {
  const old = move.from ?? "0".repeat(move.head.length);
  const updated = await store.userGit(["update-ref", "-m", "archwright", move.ref, move.head, old]);
  if (updated.ok) return succeed(undefined);
  // The answer may have been lost, or another writer was first: the ref itself says which.
  const actual = await findRef(store, move.ref);
  if (actual === move.head) return succeed(undefined);
  if (actual === move.from) return updated;
  return fail({ reason: "branch-moved", branch: move.branch, expected: move.from, actual });
}

/** Path of a work tree that stands on `ref`, or null. */
async function findCheckout(store: Store, ref: string): Promise<string | null> {
  const answer = await store.userGit(["worktree", "list", "--porcelain"]);
  if (!answer.ok) return null;
  for (const block of answer.value.output.toString("utf8").split("\n\n")) {
    const lines = block.split("\n");
    if (!lines.includes(`branch ${ref}`)) continue;
    return lines[0]?.replace(/^worktree /, "") ?? "";
  }
  return null;
}

/** Keeps a commit reachable at `refs/archwright/work/<name>`, whatever stood there before. */
export async function keepCommit(
  store: Store,
  name: string,
  commit: string,
): Promise<Result<void>> {
  const ref = `refs/archwright/work/${name}`;
  const named = await store.userGit(["check-ref-format", ref]);
  if (!named.ok) return nameRefused(name);
  const brought = await bringObjects(store, commit);
  if (!brought.ok) return brought;
  const updated = await store.userGit(["update-ref", ref, commit]);
  return updated.ok ? succeed(undefined) : updated;
}

/** The commit that a revision of the user's repository, or a commit of the harness, names. Failure: `git-failed`. */
export async function resolveRevision(store: Store, revision: string): Promise<Result<string>> {
  const question = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
  // HEAD is that of the work tree where the user stands, which may be a linked one.
  const { ownGitDir } = store.repository;
  const ask = [
    () => store.userGit(question, { gitDir: ownGitDir, accept: [1, 128] }),
    () => store.git(question, { accept: [1, 128] }),
  ];
  for (const answering of ask) {
    const answer = await answering();
    if (!answer.ok) return answer;
    const commit = answer.value.output.toString("utf8").trim();
    if (answer.value.exitCode === 0 && commit !== "") return succeed(commit);
  }
  const detail = `there is no commit ${JSON.stringify(revision)}`;
  return fail({ reason: "git-failed", command: "rev-parse", detail });
}
