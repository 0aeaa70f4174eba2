import { ensureAccount, userActor } from "./accounts.ts";
import { performRoute } from "./answer-request.ts";
import type { Person } from "./contract.ts";
import { findOperation } from "./describe.ts";
import type { Desk } from "./desk.ts";
import { emitIssue } from "./emit-thread.ts";
import { readCommit, writeCommit } from "./git/commits.ts";
import { changeTree, type TreeFile, writeTree } from "./git/trees.ts";
import { Refusal } from "./refusal.ts";
import { checkMove } from "./rules/check-move.ts";
import { moveRef } from "./rules/move-ref.ts";
import { emailOf } from "./shapes/commit.ts";
import type { Actor, World } from "./world.ts";

type Act = (method: string, path: string, body?: Record<string, unknown>) => Promise<Made>;
type Made = { id: number; number: number };

/** A click: the same rights and rules as over HTTP, but no call of the API. */
const actsOf =
  (desk: Desk, actor: Actor): Act =>
  async (method, path, body = {}) => {
    const { world } = desk;
    const whole = `/repos/${world.owner}/${world.repo}${path}`;
    const match = findOperation(method, whole);
    if (!match) throw new Error(`no such act: ${method} ${whole}`);
    const query = new URLSearchParams();
    const call = { world, actor, parameters: match.parameters, query, body, headers: {} };
    const answer = await performRoute(desk, match, call);
    return (answer.body ?? {}) as Made;
  };

function commitFiles(
  world: World,
  actor: Actor,
  parent: string,
  files: Record<string, string>,
): string {
  const changes = new Map<string, TreeFile | null>(
    Object.entries(files).map(([path, content]) => [
      path,
      { mode: "100644", id: world.objects.write("blob", Buffer.from(content)) },
    ]),
  );
  const base = readCommit(world.objects, parent)?.tree ?? null;
  const self = { name: actor.account.login, email: emailOf(actor.account), date: world.now() };
  return writeCommit(world.objects, {
    tree: changeTree(world.objects, base, changes) ?? writeTree(world.objects, []),
    parents: [parent],
    author: self,
    committer: self,
    message: `Change ${Object.keys(files).join(", ")}\n`,
    signature: null,
  });
}

function push(
  world: World,
  actor: Actor,
  branch: string,
  files: Record<string, string>,
  force: boolean,
): string {
  const name = `refs/heads/${branch}`;
  const now = world.refs.read(name);
  const start = world.refs.read(`refs/heads/${world.defaultBranch}`) ?? "";
  const sha = commitFiles(world, actor, now === null || force ? start : now, files);
  const objection = checkMove(world, actor, name, sha);
  if (objection) throw new Refusal(422, objection.message);
  moveRef(world, actor, name, sha);
  return sha;
}

/** The API has no route for it: the thread goes elsewhere, with all that was said in it. */
function transfer(world: World, actor: Actor, number: number): void {
  const thread = world.threads.get(number);
  if (!thread) throw new Refusal(404, "Not Found");
  emitIssue(world, actor, thread, "transferred");
  world.threads.delete(number);
  for (const [id, comment] of world.comments) {
    if (comment.thread === number) world.comments.delete(id);
  }
}

/** What a person does in the browser or with git. */
export function makePerson(desk: Desk, login: string): Person {
  const { world } = desk;
  const account = ensureAccount(world, login, "User");
  const actor = userActor(account);
  const act = actsOf(desk, actor);
  const post = async (path: string, body: Record<string, unknown>): Promise<Made> =>
    act("POST", path, body);
  return {
    account,
    openIssue: async (issue) => (await post("/issues", issue)).number,
    label: async (issue, label) =>
      void (await post(`/issues/${issue}/labels`, { labels: [label] })),
    unlabel: async (issue, label) =>
      void (await act("DELETE", `/issues/${issue}/labels/${encodeURIComponent(label)}`)),
    comment: async (thread, body) => (await post(`/issues/${thread}/comments`, { body })).id,
    editComment: async (id, body) => void (await act("PATCH", `/issues/comments/${id}`, { body })),
    deleteComment: async (id) => void (await act("DELETE", `/issues/comments/${id}`)),
    review: async (pull, review) => (await post(`/pulls/${pull}/reviews`, review)).id,
    merge: async (pull) => void (await act("PUT", `/pulls/${pull}/merge`)),
    closePull: async (pull) => void (await act("PATCH", `/pulls/${pull}`, { state: "closed" })),
    openPull: async ({ head, title, body }) =>
      (await post("/pulls", { head, title, base: world.defaultBranch, ...(body ? { body } : {}) }))
        .number,
    closeIssue: async (issue) => void (await act("PATCH", `/issues/${issue}`, { state: "closed" })),
    lockIssue: async (issue) => void (await act("PUT", `/issues/${issue}/lock`)),
    transferIssue: async (issue) => transfer(world, actor, issue),
    retarget: async (pull, base) => void (await act("PATCH", `/pulls/${pull}`, { base })),
    push: async (branch, files, options) =>
      push(world, actor, branch, files, options?.force ?? false),
    deleteBranch: async (branch) => void (await act("DELETE", `/git/refs/heads/${branch}`)),
  };
}
