import { hasRole } from "../accounts.ts";
import type { Call } from "../call.ts";
import { setDraft } from "../routes/pulls.ts";
import { checkMove, isFastForward } from "../rules/check-move.ts";
import { moveRef } from "../rules/move-ref.ts";
import { nodeId } from "../shapes/account.ts";
import { type Given, GraphFault, type Node } from "./execute.ts";
import { findMinimizable, findPullNode, pullNode } from "./nodes.ts";

const zero = "0".repeat(40);

type Update = { name: string; afterOid: string; beforeOid?: string | null; force?: boolean };

const holds = (call: Call, ...rights: string[]): boolean => {
  const { actor, world } = call;
  if (actor.kind === "user") return hasRole(world, actor.account.login, "write");
  return rights.some((right) => actor.rights[right] === "write");
};

const forbidden = (): GraphFault =>
  new GraphFault("FORBIDDEN", "Resource not accessible by integration");

const refused = (message: string): GraphFault => new GraphFault("UNPROCESSABLE", message);

const payload = (name: string, input: Given, fields: Record<string, unknown> = {}): Node => ({
  types: [name],
  fields: { clientMutationId: input.clientMutationId ?? null, ...fields },
});

function checkUpdate(call: Call, update: Update): void {
  const { world, actor } = call;
  const { name, afterOid, beforeOid } = update;
  const now = world.refs.read(name) ?? zero;
  if (!/^refs\/[^/]+\/.+/.test(name)) throw refused(`'${name}' is not a valid ref name.`);
  if (beforeOid !== undefined && beforeOid !== null && beforeOid !== now) {
    throw refused(`Reference update failed: ${name} is at ${now} but expected ${beforeOid}`);
  }
  if (afterOid === zero) return;
  if (!world.objects.read(afterOid)) {
    throw new GraphFault("NOT_FOUND", `Object ${afterOid} does not exist`);
  }
  if (update.force !== true && !isFastForward(world, name, afterOid)) {
    throw refused(`Update of ${name} is not a fast forward`);
  }
  const objection = checkMove(world, actor, name, afterOid);
  if (objection) throw refused(objection.message);
}

/** All refs move, or none. */
function updateRefs(call: Call, input: Given): Node {
  if (!holds(call, "contents")) throw forbidden();
  if (input.repositoryId !== nodeId("R", call.world.repositoryId)) {
    const id = String(input.repositoryId);
    throw new GraphFault("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'.`);
  }
  const updates = (input.refUpdates ?? []) as Update[];
  for (const update of updates) checkUpdate(call, update);
  for (const { name, afterOid } of updates) {
    moveRef(call.world, call.actor, name, afterOid === zero ? null : afterOid);
  }
  return payload("UpdateRefsPayload", input);
}

const classifiers = ["SPAM", "ABUSE", "OFF_TOPIC", "OUTDATED", "DUPLICATE", "RESOLVED"];

function setMinimized(call: Call, input: Given, reason: string | null): Node {
  const { actor, world } = call;
  const found = findMinimizable(world, input.subjectId);
  const isTriager = actor.kind === "user" && hasRole(world, actor.account.login, "triage");
  if (!isTriager && !holds(call, "issues", "pull_requests")) throw forbidden();
  found.minimized = reason;
  const minimized: Node = {
    types: ["Minimizable"],
    fields: {
      isMinimized: reason !== null,
      minimizedReason: reason?.toLowerCase().replace("_", "-") ?? null,
    },
  };
  const fields = { minimizedComment: minimized, unminimizedComment: minimized };
  return payload("MinimizeCommentPayload", input, fields);
}

function minimize(call: Call, input: Given): Node {
  const why = String(input.classifier);
  if (!classifiers.includes(why)) {
    throw refused(`Argument 'classifier' has an invalid value (${why}).`);
  }
  return setMinimized(call, input, why);
}

function setReady(call: Call, input: Given, draft: boolean): Node {
  const thread = findPullNode(call.world, input.pullRequestId);
  if (!holds(call, "pull_requests")) throw forbidden();
  setDraft(call, thread, draft);
  return payload("PullRequestPayload", input, { pullRequest: pullNode(thread) });
}

const inputOf = (given: Given): Given => (given.input ?? {}) as Given;

export const mutationNode = (call: Call): Node => ({
  types: ["Mutation"],
  fields: Object.fromEntries(
    Object.entries({
      updateRefs: (given: Given) => updateRefs(call, inputOf(given)),
      minimizeComment: (given: Given) => minimize(call, inputOf(given)),
      unminimizeComment: (given: Given) => setMinimized(call, inputOf(given), null),
      markPullRequestReadyForReview: (given: Given) => setReady(call, inputOf(given), false),
      convertPullRequestToDraft: (given: Given) => setReady(call, inputOf(given), true),
    }).filter(([name]) => !call.world.settings.graphqlWithout.includes(name)),
  ),
});
