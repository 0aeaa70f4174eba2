import { type Answer, type Call, ok } from "../call.ts";
import { executeQuery, type Given, GraphFault, type Node } from "../graphql/execute.ts";
import { mutationNode } from "../graphql/mutations.ts";
import { findNode, repositoryNode, viewerNode } from "../graphql/nodes.ts";
import { Refusal } from "../refusal.ts";

function repository(call: Call, given: Given): Node {
  const { world } = call;
  const { owner, name } = given;
  const same = (a: unknown, b: string): boolean => String(a).toLowerCase() === b.toLowerCase();
  if (same(owner, world.owner) && same(name, world.repo)) return repositoryNode(world);
  const address = `${String(owner)}/${String(name)}`;
  throw new GraphFault(
    "NOT_FOUND",
    `Could not resolve to a Repository with the name '${address}'.`,
  );
}

const queryNode = (call: Call): Node => ({
  types: ["Query"],
  fields: {
    viewer: viewerNode(call),
    repository: (given: Given) => repository(call, given),
    node: (given: Given) => findNode(call.world, given),
  },
});

/** GraphQL answers 200 also where it refuses, and tells of it inside. */
export function answerGraphql(call: Call): Answer {
  if (call.actor.kind === "anonymous" || call.actor.kind === "app") {
    throw new Refusal(401, "This endpoint requires you to be authenticated.");
  }
  const text = String(call.body.query ?? "");
  const variables = (call.body.variables ?? {}) as Given;
  const roots = { query: queryNode(call), mutation: mutationNode(call) };
  return ok(executeQuery(text, variables, roots));
}
