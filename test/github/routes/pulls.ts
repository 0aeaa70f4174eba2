import { findAccount, hasRole, isSame } from "../accounts.ts";
import {
  type Call,
  checkLength,
  created,
  type Handler,
  numberOf,
  ok,
  page,
  type Routes,
  text,
} from "../call.ts";
import { emitPull, isPull, note } from "../emit-thread.ts";
import { listMissing, writeCommit } from "../git/commits.ts";
import { diffFiles } from "../git/diff.ts";
import { mergeTrees } from "../git/merge.ts";
import { invalid, notFound, Refusal } from "../refusal.ts";
import { checkPullCreation } from "../rules/check-pull.ts";
import { moveRef, openPulls } from "../rules/move-ref.ts";
import { botSignature, emailOf, shapeCommit, shapeFile } from "../shapes/commit.ts";
import { type PullThread, shapePull, shapeWholePull } from "../shapes/pull.ts";
import type { World } from "../world.ts";
import { mayModerate, newThread } from "./threads.ts";

const repo = "/repos/{owner}/{repo}";

export function findPull(call: Call): PullThread {
  const thread = call.world.threads.get(numberOf(call, "pull_number"));
  if (!thread || !isPull(thread)) throw notFound();
  return thread;
}

/** `owner:branch` or `branch`: the branch, where the owner is ours. */
function branchOf(world: World, name: string): string {
  const colon = name.indexOf(":");
  if (colon < 0) return name;
  const same = name.slice(0, colon).toLowerCase() === world.owner.toLowerCase();
  if (!same) throw invalid("PullRequest", "head", "invalid");
  return name.slice(colon + 1);
}

const create: Handler = (call) => {
  const { world, actor } = call;
  const head = branchOf(world, String(call.body.head));
  const base = String(call.body.base);
  const shas = checkPullCreation(call, head, base);
  const title = String(call.body.title ?? "");
  if (title === "") throw invalid("PullRequest", "title", "missing_field");
  const body = text(call, "body");
  checkLength("PullRequest", body);
  const thread = newThread(call, title, body);
  thread.pull = {
    id: world.nextId(),
    head,
    base,
    headSha: shas.head,
    baseSha: shas.base,
    draft: call.body.draft === true,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    reviewers: [],
  };
  world.threads.set(thread.number, thread);
  const pull = thread as PullThread;
  world.refs.write(`refs/pull/${thread.number}/head`, shas.head);
  emitPull(world, actor, pull, "opened");
  return created(shapeWholePull(world, pull));
};

const list: Handler = (call) => {
  const { world, query } = call;
  const state = query.get("state") ?? "open";
  const head = query.get("head");
  const base = query.get("base");
  const found = [...world.threads.values()]
    .filter(isPull)
    .filter((thread) => state === "all" || thread.state === state)
    .filter((thread) => head === null || matchesHead(world, thread, head))
    .filter((thread) => base === null || thread.pull.base === base)
    .sort((a, b) => b.number - a.number);
  if (query.get("direction") === "asc") found.reverse();
  return page(
    call,
    found.map((thread) => shapePull(world, thread)),
  );
};

/** GitHub ignores the filter unless it has the form `owner:branch`. */
const matchesHead = (world: World, thread: PullThread, head: string): boolean =>
  !head.includes(":") || head.toLowerCase() === `${world.owner}:${thread.pull.head}`.toLowerCase();

function reopen(call: Call, thread: PullThread): void {
  const { world, actor } = call;
  const { pull } = thread;
  const head = world.refs.read(`refs/heads/${pull.head}`);
  const clash = openPulls(world).some((other) => other.pull.head === pull.head);
  const isFit = pull.mergedAt === null && head !== null && !clash;
  if (!isFit) {
    throw new Refusal(422, "Validation Failed", [
      {
        resource: "PullRequest",
        code: "custom",
        field: "state",
        message: "state cannot be changed. The pull request cannot be reopened.",
      },
    ]);
  }
  pull.headSha = head;
  thread.state = "open";
  thread.closedAt = null;
  thread.closedBy = null;
  note(world, thread, actor, "reopened");
  emitPull(world, actor, thread, "reopened");
}

function close(call: Call, thread: PullThread): void {
  thread.state = "closed";
  thread.closedAt = call.world.now();
  thread.closedBy = call.actor.account;
  note(call.world, thread, call.actor, "closed");
  emitPull(call.world, call.actor, thread, "closed");
}

function edit(call: Call, thread: PullThread): void {
  const changes: Record<string, unknown> = {};
  const title = text(call, "title");
  const body = text(call, "body");
  const base = text(call, "base");
  checkLength("PullRequest", body);
  if (title !== null && title !== thread.title) {
    changes.title = { from: thread.title };
    thread.title = title;
  }
  if (body !== null && body !== thread.body) {
    changes.body = { from: thread.body ?? "" };
    thread.body = body;
  }
  if (base !== null && base !== thread.pull.base) {
    const sha = call.world.refs.read(`refs/heads/${base}`);
    if (sha === null) throw invalid("PullRequest", "base", "invalid");
    changes.base = { ref: { from: thread.pull.base }, sha: { from: thread.pull.baseSha } };
    thread.pull.base = base;
    thread.pull.baseSha = sha;
  }
  if (Object.keys(changes).length > 0)
    emitPull(call.world, call.actor, thread, "edited", { changes });
}

const update: Handler = (call) => {
  const thread = findPull(call);
  const { actor, world } = call;
  if (!isSame(actor.account, thread.author) && !mayModerate(world, actor)) throw notFound();
  edit(call, thread);
  thread.updatedAt = world.now();
  const state = text(call, "state");
  if (state === "open" && thread.state === "closed") reopen(call, thread);
  if (state === "closed" && thread.state === "open") close(call, thread);
  return ok(shapeWholePull(world, thread));
};

const files: Handler = (call) => {
  const { pull } = findPull(call);
  const found = diffFiles(call.world.objects, pull.baseSha, pull.headSha).slice(0, 3000);
  return page(
    call,
    found.map((file) => shapeFile(call.world, pull.headSha, file)),
  );
};

const commits: Handler = (call) => {
  const { pull } = findPull(call);
  const found = listMissing(call.world.objects, pull.baseSha, pull.headSha).slice(0, 250);
  return page(
    call,
    found.map((commit) => shapeCommit(call.world, commit)),
  );
};

function checkMergeable(call: Call, thread: PullThread): string {
  const { pull } = thread;
  const wanted = text(call, "sha");
  if (thread.state === "closed") throw new Refusal(405, "Pull Request is not mergeable");
  if (pull.draft) throw new Refusal(405, "Pull Request is still a draft");
  if (wanted !== null && wanted !== pull.headSha) {
    throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
  }
  const tree = mergeTrees(call.world.objects, pull.baseSha, pull.headSha);
  if (tree === null) throw new Refusal(405, "Pull Request is not mergeable");
  return tree;
}

const merge: Handler = (call) => {
  const { world, actor } = call;
  const thread = findPull(call);
  const tree = checkMergeable(call, thread);
  const { pull } = thread;
  const self = { name: actor.account.login, email: emailOf(actor.account), date: world.now() };
  const title = text(call, "commit_title");
  const sha = writeCommit(world.objects, {
    tree,
    parents: [pull.baseSha, pull.headSha],
    author: self,
    committer: { name: "GitHub", email: "noreply@github.com", date: world.now() },
    message: `${title ?? `Merge pull request #${thread.number} from ${world.owner}/${pull.head}`}\n\n${thread.title}`,
    signature: botSignature,
  });
  moveRef(world, actor, `refs/heads/${pull.base}`, sha);
  return ok({ sha, merged: true, message: "Pull Request successfully merged" });
};

const isMerged: Handler = (call) => {
  if (findPull(call).pull.mergedAt === null) throw notFound();
  return { status: 204 };
};

const requestReviewers: Handler = (call) => {
  const { world } = call;
  const thread = findPull(call);
  for (const login of (call.body.reviewers ?? []) as string[]) {
    const account = findAccount(world, login);
    if (isSame(account, thread.author)) {
      throw new Refusal(422, "Review cannot be requested from pull request author.");
    }
    if (!account || !hasRole(world, login, "read")) {
      throw new Refusal(422, "Reviews may only be requested from collaborators.");
    }
    if (!thread.pull.reviewers.includes(account)) thread.pull.reviewers.push(account);
  }
  emitPull(world, call.actor, thread, "review_requested");
  return created(shapePull(world, thread));
};

/** Also what a person does with "Ready for review", which REST has no route for. */
export function setDraft(call: Call, thread: PullThread, draft: boolean): void {
  if (thread.pull.draft === draft) return;
  thread.pull.draft = draft;
  const event = draft ? "converted_to_draft" : "ready_for_review";
  note(call.world, thread, call.actor, draft ? "convert_to_draft" : "ready_for_review");
  emitPull(call.world, call.actor, thread, event);
}

export const pullRoutes: Routes = {
  [`POST ${repo}/pulls`]: create,
  [`GET ${repo}/pulls`]: list,
  [`GET ${repo}/pulls/{pull_number}`]: (call) => ok(shapeWholePull(call.world, findPull(call))),
  [`PATCH ${repo}/pulls/{pull_number}`]: update,
  [`GET ${repo}/pulls/{pull_number}/files`]: files,
  [`GET ${repo}/pulls/{pull_number}/commits`]: commits,
  [`PUT ${repo}/pulls/{pull_number}/merge`]: merge,
  [`GET ${repo}/pulls/{pull_number}/merge`]: isMerged,
  [`POST ${repo}/pulls/{pull_number}/requested_reviewers`]: requestReviewers,
};
