import { fail, type Result, succeed } from "../../shared/result.ts";
import { Stop } from "../../shared/stop.ts";
import type { Workspace } from "../port.ts";
import { checkCommit } from "./check-commit.ts";
import { openRemote, type Remote, type RemoteGit } from "./remote-git.ts";

/** What the remote's words mean, when they name one of its rules. */
export type PushRefusal = { rule: string; detail: string; link: string | null };

export type RemoteOptions = Remote & {
  /** Recognises a rule of the forge in what git printed; null when it is none. */
  classify: (words: string) => PushRefusal | null;
};

/**
 * A workspace whose branches and kept work are the remote's. `publish` and `keep` bring commits into the clone, then to the remote, and
 * only from exactly the head that was expected; after any doubt the remote's own ref says what happened. `branchHead` asks the
 * remote, and brings the commit along. Further failures: `forge-refused`, when a rule of the forge refuses a push.
 */
export async function withRemote(
  workspace: Workspace,
  options: RemoteOptions,
): Promise<Result<Workspace>> {
  const opened = await openRemote(options);
  if (!opened.ok) return opened;
  const room: Room = { workspace, options, git: opened.value };
  return succeed({
    ...workspace,
    publish: (branch, head, from, how) => publish(room, branch, head, from, how),
    branchHead: async (branch) => must(await findHead(room, branch)),
    keep: (name, commit) => keep(room, name, commit),
  });
}

type Room = { workspace: Workspace; options: RemoteOptions; git: RemoteGit };

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Stop(result.failure);
  return result.value;
}

/** Commit that a ref of the remote points at, or null. Asked by its full name: a pattern would find others that end alike. */
async function readRemote({ git, options }: Room, ref: string): Promise<Result<string | null>> {
  const answer = await git(["ls-remote", "--quiet", "--refs", options.url, ref]);
  if (!answer.ok) return answer;
  const lines = answer.value.output.toString("utf8").split("\n");
  const line = lines.find((each) => each.split("\t")[1] === ref);
  return succeed(line?.split("\t")[0] ?? null);
}

async function findHead(room: Room, branch: string): Promise<Result<string | null>> {
  const head = await readRemote(room, `refs/heads/${branch}`);
  if (!head.ok || head.value === null) return head;
  const here = await bring(room, head.value);
  return here.ok ? head : here;
}

/** Makes a commit of the remote readable here. */
async function bring({ workspace, git, options }: Room, commit: string): Promise<Result<void>> {
  const there = await workspace.resolve(commit);
  if (there.ok) return succeed(undefined);
  const flags = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"];
  const fetched = await git(["fetch", ...flags, options.url, commit]);
  return fetched.ok ? succeed(undefined) : fetched;
}

async function publish(
  room: Room,
  branch: string,
  head: string,
  from: string | null,
  how: { replace: boolean } = { replace: false },
): Promise<Result<void>> {
  const { workspace } = room;
  const actual = await findHead(room, branch);
  if (!actual.ok) return actual;
  if (actual.value !== head && actual.value !== from) return moved(branch, from, actual.value);
  if (actual.value !== null && actual.value !== head && !how.replace) {
    const left = await workspace.commits(head, actual.value);
    if (left.length > 0) return notForward(branch, head);
  }
  // The clone's own branch follows, from wherever it was: it is a copy, and the commits come with it.
  const local = await workspace.branchHead(branch);
  const brought = await workspace.publish(branch, checkCommit(head), local, { replace: true });
  if (!brought.ok || actual.value === head) return brought;
  return await push(room, { ref: `refs/heads/${branch}`, head, from }, (found) =>
    moved(branch, from, found),
  );
}

const moved = (branch: string, expected: string | null, actual: string | null) =>
  fail({ reason: "branch-moved" as const, branch, expected, actual });

const notForward = (branch: string, head: string) =>
  fail({
    reason: "git-failed" as const,
    command: "push",
    detail: `${head} does not come after the head of ${branch}`,
  });

async function keep(room: Room, name: string, commit: string): Promise<Result<void>> {
  const kept = await room.workspace.keep(name, commit);
  if (!kept.ok) return kept;
  const ref = `refs/archwright/work/${name}`;
  const from = await readRemote(room, ref);
  if (!from.ok) return from;
  if (from.value === commit) return kept;
  return await push(room, { ref, head: commit, from: from.value }, (actual) =>
    moved(ref, from.value, actual),
  );
}

/** Moves one ref of the remote from exactly where it was. What is there afterwards counts, whatever was answered. */
async function push(
  room: Room,
  { ref, head, from }: { ref: string; head: string; from: string | null },
  lost: (actual: string | null) => Result<void>,
): Promise<Result<void>> {
  const { git, options } = room;
  const lease = `--force-with-lease=${ref}:${from ?? ""}`;
  const flags = ["push", "--quiet", "--no-verify", "--no-signed"];
  const pushed = await git([...flags, lease, options.url, `${head}:${ref}`]);
  if (pushed.ok) return succeed(undefined);
  const actual = await readRemote(room, ref);
  if (!actual.ok) return pushed;
  if (actual.value === head) return succeed(undefined);
  if (actual.value !== from) return lost(actual.value);
  if (pushed.failure.reason !== "git-failed") return pushed;
  const refusal = options.classify(pushed.failure.detail);
  return refusal === null ? pushed : fail({ reason: "forge-refused", ...refusal });
}
