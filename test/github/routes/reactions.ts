import {
  type Call,
  created,
  type Handler,
  nothing,
  numberOf,
  ok,
  page,
  type Routes,
} from "../call.ts";
import { notFound } from "../refusal.ts";
import { checkThreadRight } from "../rules/rights.ts";
import { shapeReaction } from "../shapes/thread.ts";
import type { Reaction } from "../world.ts";
import { findComment, findThread } from "./threads.ts";

const repo = "/repos/{owner}/{repo}/issues";

/** Where reactions are kept: mutated in place. */
type Find = (call: Call) => { reactions: Reaction[]; isPull: boolean };

const ofComment: Find = (call) => {
  const { comment, thread } = findComment(call);
  return { reactions: comment.reactions, isPull: thread.pull !== null };
};

const ofThread: Find = (call) => {
  const thread = findThread(call);
  return { reactions: thread.reactions, isPull: thread.pull !== null };
};

/** 201 for a new one, 200 for one that this account gave before. */
const react =
  (find: Find): Handler =>
  (call) => {
    const { reactions, isPull } = find(call);
    checkThreadRight(call, isPull);
    const { world, actor } = call;
    const content = String(call.body.content);
    const known = reactions.find(
      (reaction) => reaction.user.id === actor.account.id && reaction.content === content,
    );
    if (known) return ok(shapeReaction(world, known));
    const made = { id: world.nextId(), user: actor.account, content, createdAt: world.now() };
    reactions.push(made);
    return created(shapeReaction(world, made));
  };

const list =
  (find: Find): Handler =>
  (call) => {
    const content = call.query.get("content");
    const found = find(call).reactions.filter(
      (reaction) => content === null || reaction.content === content,
    );
    return page(
      call,
      found.map((reaction) => shapeReaction(call.world, reaction)),
    );
  };

const remove =
  (find: Find): Handler =>
  (call) => {
    const { reactions, isPull } = find(call);
    checkThreadRight(call, isPull);
    const id = numberOf(call, "reaction_id");
    const at = reactions.findIndex(
      (reaction) => reaction.id === id && reaction.user.id === call.actor.account.id,
    );
    if (at < 0) throw notFound();
    reactions.splice(at, 1);
    return nothing();
  };

export const reactionRoutes: Routes = {
  [`POST ${repo}/comments/{comment_id}/reactions`]: react(ofComment),
  [`GET ${repo}/comments/{comment_id}/reactions`]: list(ofComment),
  [`DELETE ${repo}/comments/{comment_id}/reactions/{reaction_id}`]: remove(ofComment),
  [`POST ${repo}/{issue_number}/reactions`]: react(ofThread),
  [`GET ${repo}/{issue_number}/reactions`]: list(ofThread),
  [`DELETE ${repo}/{issue_number}/reactions/{reaction_id}`]: remove(ofThread),
};
