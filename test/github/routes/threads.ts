import { hasRole } from "../accounts.ts";
import {
  type Call,
  checkLength,
  created,
  type Handler,
  nothing,
  numberOf,
  ok,
  page,
  type Routes,
  text,
} from "../call.ts";
import { emitComment, emitIssue, emitPull, isPull, note } from "../emit-thread.ts";
import { invalid, notFound, Refusal } from "../refusal.ts";
import { checkThreadRight } from "../rules/rights.ts";
import { shapeComment, shapeIssue, shapeTimeline } from "../shapes/thread.ts";
import type { Actor, Comment, Thread, World } from "../world.ts";
import { applyLabels, namesOf } from "./labels.ts";

const repo = "/repos/{owner}/{repo}";

export function findThread(call: Call, name = "issue_number"): Thread {
  const thread = call.world.threads.get(numberOf(call, name));
  if (!thread) throw notFound();
  return thread;
}

/** Who may write to people's things: for bots their right was checked before, for persons their role. */
export const mayModerate = (world: World, actor: Actor): boolean =>
  actor.kind !== "user" || hasRole(world, actor.account.login, "write");

const canTriage = (world: World, actor: Actor): boolean =>
  actor.kind !== "user" || hasRole(world, actor.account.login, "triage");

export function newThread(call: Call, title: string, body: string | null): Thread {
  const { world, actor } = call;
  return {
    id: world.nextId(),
    number: world.nextNumber(),
    title,
    body,
    author: actor.account,
    app: actor.app,
    state: "open",
    stateReason: null,
    labels: [],
    locked: false,
    lockReason: null,
    createdAt: world.now(),
    updatedAt: world.now(),
    closedAt: null,
    closedBy: null,
    reactions: [],
    timeline: [],
    pull: null,
  };
}

const createIssue: Handler = (call) => {
  const { world, actor } = call;
  const title = String(call.body.title ?? "");
  if (title === "") throw invalid("Issue", "title", "missing_field");
  const body = text(call, "body");
  checkLength("Issue", body);
  const thread = newThread(call, title, body);
  world.threads.set(thread.number, thread);
  const labels = canTriage(world, actor) ? namesOf(call.body.labels) : [];
  applyLabels(call, thread, labels, { silent: true });
  emitIssue(world, actor, thread, "opened");
  applyLabels(call, thread, labels, { announceOnly: true });
  return created(shapeIssue(world, thread));
};

function changeState(call: Call, thread: Thread, state: "open" | "closed"): void {
  const { world, actor } = call;
  if (thread.state === state) return;
  thread.state = state;
  const isClosing = state === "closed";
  const reason = text(call, "state_reason") as Thread["stateReason"];
  thread.stateReason = isClosing ? (reason ?? "completed") : "reopened";
  thread.closedAt = isClosing ? world.now() : null;
  thread.closedBy = isClosing ? actor.account : null;
  note(world, thread, actor, isClosing ? "closed" : "reopened");
  const action = isClosing ? "closed" : "reopened";
  if (isPull(thread)) emitPull(world, actor, thread, action);
  else emitIssue(world, actor, thread, action);
}

const updateIssue: Handler = (call) => {
  const { world, actor } = call;
  const thread = findThread(call);
  checkThreadRight(call, thread.pull !== null);
  const isAuthor = thread.author.id === actor.account.id;
  if (!isAuthor && !canTriage(world, actor)) throw notFound();
  const changes: Record<string, unknown> = {};
  const title = call.body.title === undefined ? null : String(call.body.title);
  if (title !== null && title !== thread.title) {
    changes.title = { from: thread.title };
    thread.title = title;
  }
  const body = text(call, "body");
  checkLength("Issue", body);
  if (call.body.body !== undefined && body !== thread.body) {
    changes.body = { from: thread.body ?? "" };
    thread.body = body;
  }
  thread.updatedAt = world.now();
  if (Object.keys(changes).length > 0) emitIssue(world, actor, thread, "edited", { changes });
  if (call.body.labels !== undefined) {
    applyLabels(call, thread, namesOf(call.body.labels), { replace: true });
  }
  if (call.body.state === "open" || call.body.state === "closed") {
    changeState(call, thread, call.body.state);
  }
  return ok(shapeIssue(world, thread));
};

const listIssues: Handler = (call) => {
  const state = call.query.get("state") ?? "open";
  const labels = call.query.get("labels")?.split(",") ?? [];
  const creator = call.query.get("creator");
  const since = call.query.get("since");
  const found = [...call.world.threads.values()]
    .filter((thread) => state === "all" || thread.state === state)
    .filter((thread) => labels.every((label) => thread.labels.includes(label)))
    .filter((thread) => creator === null || thread.author.login === creator)
    .filter((thread) => since === null || Date.parse(thread.updatedAt) >= Date.parse(since))
    .sort((a, b) => b.number - a.number);
  if (call.query.get("direction") === "asc") found.reverse();
  return page(
    call,
    found.map((thread) => shapeIssue(call.world, thread)),
  );
};

const commentsWhere = (call: Call, holds: (comment: Comment) => boolean): Comment[] => {
  const since = call.query.get("since");
  return [...call.world.comments.values()]
    .filter(holds)
    .filter((comment) => since === null || Date.parse(comment.updatedAt) >= Date.parse(since));
};

const listComments: Handler = (call) => {
  const thread = findThread(call);
  const found = commentsWhere(call, (comment) => comment.thread === thread.number);
  return page(
    call,
    found.map((comment) => shapeComment(call.world, comment)),
  );
};

const listAllComments: Handler = (call) => {
  const found = commentsWhere(call, () => true);
  if (call.query.get("direction") === "desc") found.reverse();
  return page(
    call,
    found.map((comment) => shapeComment(call.world, comment)),
  );
};

export function checkLock(call: Call, thread: Thread): void {
  if (thread.locked && !mayModerate(call.world, call.actor)) {
    throw new Refusal(403, "Unable to create comment because issue is locked.");
  }
  if (thread.locked && call.actor.kind !== "user" && call.actor.rights.contents !== "write") {
    throw new Refusal(403, "Unable to create comment because issue is locked.");
  }
}

const createComment: Handler = (call) => {
  const { world, actor } = call;
  const thread = findThread(call);
  checkThreadRight(call, thread.pull !== null);
  checkLock(call, thread);
  const body = String(call.body.body ?? "");
  if (body.trim() === "") throw invalid("IssueComment", "body", "missing_field");
  checkLength("IssueComment", body);
  const comment: Comment = {
    id: world.nextId(),
    thread: thread.number,
    body,
    author: actor.account,
    app: actor.app,
    editor: null,
    createdAt: world.now(),
    updatedAt: world.now(),
    minimized: null,
    reactions: [],
  };
  world.comments.set(comment.id, comment);
  thread.updatedAt = world.now();
  emitComment(world, actor, comment, "created");
  return created(shapeComment(world, comment));
};

export function findComment(call: Call): { comment: Comment; thread: Thread } {
  const comment = call.world.comments.get(numberOf(call, "comment_id"));
  const thread = comment && call.world.threads.get(comment.thread);
  if (!comment || !thread) throw notFound();
  return { comment, thread };
}

function findOwnComment(call: Call): Comment {
  const { comment, thread } = findComment(call);
  checkThreadRight(call, thread.pull !== null);
  const isAuthor = comment.author.id === call.actor.account.id;
  if (!isAuthor && !mayModerate(call.world, call.actor)) {
    throw new Refusal(403, "Must have admin rights to Repository.");
  }
  return comment;
}

const updateComment: Handler = (call) => {
  const { world, actor } = call;
  const comment = findOwnComment(call);
  const body = String(call.body.body ?? "");
  checkLength("IssueComment", body);
  const changes = { body: { from: comment.body } };
  comment.body = body;
  comment.updatedAt = world.now();
  comment.editor = actor.account;
  emitComment(world, actor, comment, "edited", { changes });
  return ok(shapeComment(world, comment));
};

const deleteComment: Handler = (call) => {
  const comment = findOwnComment(call);
  call.world.comments.delete(comment.id);
  emitComment(call.world, call.actor, comment, "deleted");
  return nothing();
};

const setLock =
  (locked: boolean): Handler =>
  (call) => {
    const thread = findThread(call);
    thread.locked = locked;
    thread.lockReason = locked ? text(call, "lock_reason") : null;
    const action = locked ? "locked" : "unlocked";
    note(call.world, thread, call.actor, action);
    if (isPull(thread)) emitPull(call.world, call.actor, thread, action);
    else emitIssue(call.world, call.actor, thread, action);
    return nothing();
  };

const timeline: Handler = (call) => page(call, shapeTimeline(call.world, findThread(call)));

const events: Handler = (call) =>
  page(
    call,
    shapeTimeline(call.world, findThread(call)).filter((item) => item.event !== "commented"),
  );

export const threadRoutes: Routes = {
  [`POST ${repo}/issues`]: createIssue,
  [`GET ${repo}/issues`]: listIssues,
  [`GET ${repo}/issues/{issue_number}`]: (call) => ok(shapeIssue(call.world, findThread(call))),
  [`PATCH ${repo}/issues/{issue_number}`]: updateIssue,
  [`GET ${repo}/issues/{issue_number}/comments`]: listComments,
  [`POST ${repo}/issues/{issue_number}/comments`]: createComment,
  [`GET ${repo}/issues/comments`]: listAllComments,
  [`GET ${repo}/issues/comments/{comment_id}`]: (call) =>
    ok(shapeComment(call.world, findComment(call).comment)),
  [`PATCH ${repo}/issues/comments/{comment_id}`]: updateComment,
  [`DELETE ${repo}/issues/comments/{comment_id}`]: deleteComment,
  [`PUT ${repo}/issues/{issue_number}/lock`]: setLock(true),
  [`DELETE ${repo}/issues/{issue_number}/lock`]: setLock(false),
  [`GET ${repo}/issues/{issue_number}/timeline`]: timeline,
  [`GET ${repo}/issues/{issue_number}/events`]: events,
};
