import { hasRole } from "../accounts.ts";
import { type Answer, type Call, ok } from "../call.ts";
import { isPull } from "../emit-thread.ts";
import { Refusal } from "../refusal.ts";
import { checkMove, isFastForward } from "../rules/check-move.ts";
import { moveRef } from "../rules/move-ref.ts";
import { nodeId, parseNodeId } from "../shapes/account.ts";
import { setDraft } from "./pulls.ts";

const zero = "0".repeat(40);

type Update = { name: string; afterOid: string; beforeOid?: string; force?: boolean };
type Variables = Record<string, unknown>;

const holds = (call: Call, ...rights: string[]): boolean => {
  const { actor, world } = call;
  if (actor.kind === "user") return hasRole(world, actor.account.login, "write");
  return rights.some((right) => actor.rights[right] === "write");
};

const forbidden = (path: string): GraphFault =>
  new GraphFault("FORBIDDEN", path, "Resource not accessible by integration");

/** GraphQL answers 200 and tells its refusals as errors. */
class GraphFault extends Error {
  readonly type: string;
  readonly path: string;

  constructor(type: string, path: string, message: string) {
    super(message);
    this.type = type;
    this.path = path;
  }
}

function checkUpdate(call: Call, update: Update): void {
  const { world, actor } = call;
  const now = world.refs.read(update.name) ?? zero;
  if (update.beforeOid !== undefined && update.beforeOid !== now) {
    throw new GraphFault(
      "UNPROCESSABLE",
      "updateRefs",
      `Reference update failed: ${update.name} is at ${now} but expected ${update.beforeOid}`,
    );
  }
  if (update.afterOid === zero) return;
  if (!world.objects.read(update.afterOid)) {
    throw new GraphFault("NOT_FOUND", "updateRefs", `Object ${update.afterOid} does not exist`);
  }
  if (update.force !== true && !isFastForward(world, update.name, update.afterOid)) {
    throw new GraphFault(
      "UNPROCESSABLE",
      "updateRefs",
      `Update of ${update.name} is not a fast forward`,
    );
  }
  const objection = checkMove(world, actor, update.name, update.afterOid);
  if (objection) throw new GraphFault("UNPROCESSABLE", "updateRefs", objection.message);
}

/** All refs move, or none. */
function updateRefs(call: Call, input: Variables): unknown {
  if (!holds(call, "contents")) throw forbidden("updateRefs");
  if (input.repositoryId !== nodeId("R", call.world.repositoryId)) {
    throw new GraphFault(
      "NOT_FOUND",
      "updateRefs",
      `Could not resolve to a node with the global id of '${String(input.repositoryId)}'.`,
    );
  }
  const updates = (input.refUpdates ?? []) as Update[];
  for (const update of updates) checkUpdate(call, update);
  for (const { name, afterOid } of updates) {
    moveRef(call.world, call.actor, name, afterOid === zero ? null : afterOid);
  }
  return { clientMutationId: input.clientMutationId ?? null };
}

const classifiers = ["SPAM", "ABUSE", "OFF_TOPIC", "OUTDATED", "DUPLICATE", "RESOLVED"];

function setMinimized(call: Call, input: Variables, path: string, reason: string | null): unknown {
  const subject = parseNodeId(String(input.subjectId));
  const comment =
    subject?.prefix === "IC"
      ? call.world.comments.get(subject.id)
      : subject?.prefix === "PRR"
        ? call.world.reviews.get(subject.id)
        : undefined;
  if (!comment) {
    throw new GraphFault(
      "NOT_FOUND",
      path,
      `Could not resolve to a node with the global id of '${String(input.subjectId)}'`,
    );
  }
  const isTriager =
    call.actor.kind === "user" && hasRole(call.world, call.actor.account.login, "triage");
  if (!isTriager && !holds(call, "issues", "pull_requests")) throw forbidden(path);
  comment.minimized = reason;
  const minimizedComment = {
    isMinimized: reason !== null,
    minimizedReason: reason?.toLowerCase().replace("_", "-") ?? null,
    viewerCanMinimize: true,
  };
  return { minimizedComment, unminimizedComment: minimizedComment, clientMutationId: null };
}

function minimizeComment(call: Call, input: Variables): unknown {
  if (!classifiers.includes(String(input.classifier))) {
    throw new GraphFault(
      "argumentLiteralsIncompatible",
      "minimizeComment",
      `Argument 'classifier' has an invalid value (${String(input.classifier)})`,
    );
  }
  return setMinimized(call, input, "minimizeComment", String(input.classifier));
}

function setReady(call: Call, input: Variables, path: string, draft: boolean): unknown {
  const subject = parseNodeId(String(input.pullRequestId));
  const thread = [...call.world.threads.values()]
    .filter(isPull)
    .find(({ pull }) => pull.id === subject?.id);
  if (!thread)
    throw new GraphFault("NOT_FOUND", path, "Could not resolve to a node with the global id");
  if (!holds(call, "pull_requests")) throw forbidden(path);
  setDraft(call, thread, draft);
  return {
    pullRequest: { id: nodeId("PR", thread.pull.id), number: thread.number, isDraft: draft },
  };
}

function viewer(call: Call): unknown {
  const { account } = call.actor;
  return {
    __typename: account.type,
    login: account.login,
    id: nodeId(account.type === "Bot" ? "BOT" : "U", account.id),
    databaseId: account.id,
  };
}

function repository(call: Call): unknown {
  const { world } = call;
  const sha = world.refs.read(`refs/heads/${world.defaultBranch}`);
  return {
    id: nodeId("R", world.repositoryId),
    databaseId: world.repositoryId,
    nameWithOwner: `${world.owner}/${world.repo}`,
    defaultBranchRef: { name: world.defaultBranch, target: { oid: sha } },
  };
}

type Field = (call: Call, input: Variables) => unknown;

/** The few fields that the project asks for. A query with another one fails, so that none goes unnoticed. */
const fields: Readonly<Record<string, Field>> = {
  viewer,
  repository,
  updateRefs,
  minimizeComment,
  unminimizeComment: (call, input) => setMinimized(call, input, "unminimizeComment", null),
  markPullRequestReadyForReview: (call, input) =>
    setReady(call, input, "markPullRequestReadyForReview", false),
  convertPullRequestToDraft: (call, input) =>
    setReady(call, input, "convertPullRequestToDraft", true),
};

/** The root fields of a query with the name of the variable that each takes as input. */
function readFields(query: string): { alias: string; name: string; input: string | null }[] {
  const start = query.indexOf("{");
  const found: { alias: string; name: string; input: string | null }[] = [];
  let depth = 0;
  const pattern = /[{}]|(?:(\w+)\s*:\s*)?(\w+)\s*(\([^)]*\))?/g;
  for (const match of query.slice(start).matchAll(pattern)) {
    if (match[0] === "{") depth++;
    else if (match[0] === "}") depth--;
    else if (depth === 1) {
      const name = match[2] ?? "";
      const input = /\binput\s*:\s*\$(\w+)/.exec(match[3] ?? "")?.[1] ?? null;
      found.push({ alias: match[1] ?? name, name, input });
    }
  }
  return found;
}

/** An input written out in the query, as `{a: $x, b: LITERAL}`. */
function readLiteral(query: string, variables: Variables): Variables {
  const body = /\binput\s*:\s*\{([^}]*)\}/.exec(query)?.[1] ?? "";
  const pairs = [...body.matchAll(/(\w+)\s*:\s*(\$\w+|"[^"]*"|\[[^\]]*\]|\w+)/g)];
  return Object.fromEntries(
    pairs.map(([, name = "", value = ""]) => {
      if (value.startsWith("$")) return [name, variables[value.slice(1)]];
      return [name, value.replace(/^"|"$/g, "")];
    }),
  );
}

export function answerGraphql(call: Call): Answer {
  if (call.actor.kind === "anonymous" || call.actor.kind === "app") {
    throw new Refusal(401, "This endpoint requires you to be authenticated.");
  }
  const query = String(call.body.query ?? "");
  const variables = (call.body.variables ?? {}) as Variables;
  const data: Record<string, unknown> = {};
  const errors: unknown[] = [];
  for (const { alias, name, input } of readFields(query)) {
    const given = input === null ? readLiteral(query, variables) : (variables[input] as Variables);
    try {
      const field = fields[name];
      if (!field) throw new GraphFault("undefinedField", name, `Field '${name}' doesn't exist`);
      data[alias] = field(call, given ?? {});
    } catch (fault) {
      if (!(fault instanceof GraphFault)) throw fault;
      data[alias] = null;
      errors.push({
        type: fault.type,
        path: [fault.path],
        message: fault.message,
        locations: [{ line: 1, column: 1 }],
      });
    }
  }
  return ok(errors.length > 0 ? { data, errors } : { data });
}

/** Root fields that this stand-in knows. */
export const knownFields = Object.keys(fields);
