import type { Call } from "../call.ts";
import { isPull } from "../emit-thread.ts";
import { readRef } from "../rules/read-ref.ts";
import { nodeId, parseNodeId } from "../shapes/account.ts";
import type { Comment, Review, Thread, World } from "../world.ts";
import { type Given, GraphFault, type Node } from "./execute.ts";

const missing = (id: unknown): GraphFault =>
  new GraphFault("NOT_FOUND", `Could not resolve to a node with the global id of '${String(id)}'`);

/** GraphQL leaves the suffix of bots out. */
const actorNode = (account: Thread["author"]): Node => ({
  types: [account.type, "Actor"],
  fields: { login: account.login.replace(/\[bot\]$/, ""), databaseId: account.id },
});

const minimizable = (one: Comment | Review) => ({
  isMinimized: one.minimized !== null,
  minimizedReason: one.minimized?.toLowerCase().replace("_", "-") ?? null,
});

const commentNode = (comment: Comment): Node => ({
  types: ["IssueComment", "Comment", "Minimizable", "Node"],
  fields: {
    id: nodeId("IC", comment.id),
    databaseId: comment.id,
    body: comment.body,
    author: actorNode(comment.author),
    editor: comment.editor ? actorNode(comment.editor) : null,
    lastEditedAt: comment.editor ? comment.updatedAt : null,
    includesCreatedEdit: comment.editor !== null,
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    ...minimizable(comment),
  },
});

const reviewNode = (review: Review): Node => ({
  types: ["PullRequestReview", "Comment", "Minimizable", "Node"],
  fields: {
    id: nodeId("PRR", review.id),
    databaseId: review.id,
    body: review.body,
    state: review.state,
    author: actorNode(review.author),
    ...minimizable(review),
  },
});

export function pullNode(thread: Thread): Node {
  const { pull } = thread;
  return {
    types: ["PullRequest", "Node"],
    fields: {
      id: nodeId("PR", pull?.id ?? 0),
      number: thread.number,
      title: thread.title,
      isDraft: pull?.draft ?? false,
      headRefOid: pull?.headSha,
      headRefName: pull?.head,
      merged: (pull?.mergedAt ?? null) !== null,
    },
  };
}

export function findPullNode(world: World, id: unknown) {
  const wanted = parseNodeId(String(id));
  const found = [...world.threads.values()]
    .filter(isPull)
    .find(({ pull }) => wanted?.prefix === "PR" && pull.id === wanted.id);
  if (!found) throw missing(id);
  return found;
}

/** The comment or review that can be hidden. */
export function findMinimizable(world: World, id: unknown): Comment | Review {
  const wanted = parseNodeId(String(id));
  const table =
    wanted?.prefix === "IC" ? world.comments : wanted?.prefix === "PRR" ? world.reviews : null;
  const found = table?.get(wanted?.id ?? 0);
  if (!found) throw missing(id);
  return found;
}

export function findNode(world: World, given: Given): Node {
  const wanted = parseNodeId(String(given.id));
  if (wanted?.prefix === "PR") return pullNode(findPullNode(world, given.id));
  if (wanted?.prefix === "R" && wanted.id === world.repositoryId) return repositoryNode(world);
  const found = findMinimizable(world, given.id);
  return "thread" in found ? commentNode(found) : reviewNode(found);
}

const largestText = 500_000;

function blobNode(world: World, oid: string): Node {
  const data = world.objects.readKind(oid, "blob") ?? Buffer.alloc(0);
  const isBinary =
    data.subarray(0, 8000).includes(0) || !data.equals(Buffer.from(data.toString("utf8")));
  const text = data.subarray(0, largestText).toString("utf8");
  return {
    types: ["Blob", "GitObject", "Node"],
    fields: {
      oid,
      byteSize: data.length,
      isBinary,
      isTruncated: data.length > largestText,
      text: isBinary ? null : text,
    },
  };
}

function objectNode(world: World, given: Given): Node | null {
  const oid = String(given.oid ?? "");
  const kind = world.objects.read(oid)?.kind;
  if (kind === undefined) return null;
  if (kind === "blob") return blobNode(world, oid);
  const type = kind === "tree" ? "Tree" : kind === "commit" ? "Commit" : "Tag";
  return { types: [type, "GitObject", "Node"], fields: { oid } };
}

function refNode(world: World, name: string): Node | null {
  const oid = readRef(world, name);
  if (oid === null) return null;
  const target: Node = { types: ["Commit", "GitObject", "Node"], fields: { oid } };
  return { types: ["Ref", "Node"], fields: { name: name.replace(/^refs\/heads\//, ""), target } };
}

export function repositoryNode(world: World): Node {
  return {
    types: ["Repository", "Node"],
    fields: {
      id: nodeId("R", world.repositoryId),
      databaseId: world.repositoryId,
      nameWithOwner: `${world.owner}/${world.repo}`,
      isPrivate: world.private,
      object: (given: Given) => objectNode(world, given),
      ref: (given: Given) => refNode(world, String(given.qualifiedName)),
      defaultBranchRef: () => refNode(world, `refs/heads/${world.defaultBranch}`),
    },
  };
}

export const viewerNode = (call: Call): Node => ({
  types: ["User", "Actor", "Node"],
  fields: {
    login: call.actor.account.login,
    id: nodeId(call.actor.account.type === "Bot" ? "BOT" : "U", call.actor.account.id),
    databaseId: call.actor.account.id,
  },
});
