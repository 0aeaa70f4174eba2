import { emitIssue, emitPull, note } from "../emit-thread.ts";
import { isAncestor, listMissing, readCommit } from "../git/commits.ts";
import { emailOf, shapePushed } from "../shapes/commit.ts";
import type { PullThread } from "../shapes/pull.ts";
import { pageOf } from "../shapes/repository.ts";
import type { Actor, World } from "../world.ts";

const zero = "0".repeat(40);

const isPull = (thread: { pull: unknown }): thread is PullThread => thread.pull !== null;

export const openPulls = (world: World): PullThread[] =>
  [...world.threads.values()].filter(isPull).filter((thread) => thread.state === "open");

function emitPush(
  world: World,
  actor: Actor,
  name: string,
  from: string | null,
  to: string | null,
): void {
  const base = from ?? world.refs.read(`refs/heads/${world.defaultBranch}`);
  const commits = to === null ? [] : listMissing(world.objects, base === to ? null : base, to);
  const pushed = (from === null && base === to ? [] : commits.slice(-2048)).map((commit) =>
    shapePushed(world, commit),
  );
  const head = to === null ? null : readCommit(world.objects, to);
  world.emit("push", actor, {
    ref: name,
    before: from ?? zero,
    after: to ?? zero,
    created: from === null,
    deleted: to === null,
    forced: from !== null && to !== null && !isAncestor(world.objects, from, to),
    base_ref: null,
    compare: `${pageOf(world)}/compare/${(from ?? zero).slice(0, 12)}...${(to ?? zero).slice(0, 12)}`,
    commits: pushed,
    head_commit: head ? shapePushed(world, head) : null,
    pusher: { name: actor.account.login, email: emailOf(actor.account) },
  });
}

function emitRef(world: World, actor: Actor, event: "create" | "delete", name: string): void {
  const isTag = name.startsWith("refs/tags/");
  world.emit(event, actor, {
    ref: name.replace(/^refs\/(heads|tags)\//, ""),
    ref_type: isTag ? "tag" : "branch",
    ...(event === "create" ? { master_branch: world.defaultBranch, description: null } : {}),
    pusher_type: "user",
  });
}

function followHead(world: World, actor: Actor, thread: PullThread, to: string | null): void {
  if (to === null) {
    close(world, actor, thread);
    return;
  }
  const before = thread.pull.headSha;
  if (before === to) return;
  thread.pull.headSha = to;
  world.refs.write(`refs/pull/${thread.number}/head`, to);
  thread.updatedAt = world.now();
  emitPull(world, actor, thread, "synchronize", { before, after: to });
}

function close(world: World, actor: Actor, thread: PullThread): void {
  thread.state = "closed";
  thread.closedAt = world.now();
  thread.closedBy = actor.account;
  thread.updatedAt = thread.closedAt;
  note(world, thread, actor, "closed");
  emitPull(world, actor, thread, "closed");
}

const keyword = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\s*:?\s+#(\d+)\b/gi;

/** Issues that the words of a merged pull request close. */
function closeLinked(world: World, actor: Actor, words: string): void {
  for (const match of words.matchAll(keyword)) {
    const issue = world.threads.get(Number(match[1]));
    if (!issue || issue.pull || issue.state === "closed") continue;
    issue.state = "closed";
    issue.stateReason = "completed";
    issue.closedAt = world.now();
    issue.closedBy = actor.account;
    issue.updatedAt = issue.closedAt;
    note(world, issue, actor, "closed");
    emitIssue(world, actor, issue, "closed");
  }
}

/** Marks as merged what the base branch now contains. */
function followBase(world: World, actor: Actor, thread: PullThread, to: string): void {
  const { pull } = thread;
  const isMerged = isAncestor(world.objects, pull.headSha, to);
  const wasThere = isAncestor(world.objects, pull.headSha, pull.baseSha);
  if (!isMerged || wasThere) return;
  pull.mergedAt = world.now();
  pull.mergedBy = actor.account;
  pull.mergeCommit = to;
  note(world, thread, actor, "merged", { commit: to });
  close(world, actor, thread);
  if (pull.base === world.defaultBranch) closeLinked(world, actor, thread.body ?? "");
}

/** Moves a ref (null deletes it) with all that follows on GitHub: events, pull requests that follow their branch, merges. */
export function moveRef(world: World, actor: Actor, name: string, to: string | null): void {
  const from = world.refs.read(name);
  if (from === to) return;
  world.refs.write(name, to);
  world.before.set(name, from);
  if (!/^refs\/(heads|tags)\//.test(name)) return;
  if (from === null) emitRef(world, actor, "create", name);
  emitPush(world, actor, name, from, to);
  if (to === null) emitRef(world, actor, "delete", name);
  const branch = name.replace(/^refs\/heads\//, "");
  for (const thread of openPulls(world)) {
    if (thread.pull.head === branch) followHead(world, actor, thread, to);
    else if (thread.pull.base === branch && to !== null) followBase(world, actor, thread, to);
  }
  for (const thread of openPulls(world)) {
    if (thread.pull.base === branch && to !== null) thread.pull.baseSha = to;
  }
}
