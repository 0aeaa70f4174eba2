import { anonymous } from "./accounts.ts";
import type { Answer, Call } from "./call.ts";
import { checkAnswer, checkRequest, type Match } from "./describe.ts";
import type { Desk } from "./desk.ts";
import type { Outcome } from "./graphql/execute.ts";
import { Refusal } from "./refusal.ts";
import { answerGraphql } from "./routes/graphql.ts";
import { checkRights, describeNeed } from "./rules/rights.ts";
import { answerRefusal } from "./send-answer.ts";
import { findActor } from "./tokens.ts";
import type { Actor, World } from "./world.ts";

/** One request as it came. `match` is null for what GitHub's description does not know. */
export type Incoming = {
  method: string;
  path: string;
  query: URLSearchParams;
  raw: Buffer;
  headers: Readonly<Record<string, string>>;
  match: Match | null;
};

export type Answered = { answer: Answer; actor: Actor; body: unknown };

function parseJson(raw: Buffer): Record<string, unknown> | undefined | null {
  if (raw.length === 0) return undefined;
  try {
    const value: unknown = JSON.parse(raw.toString("utf8"));
    return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Rights and rules of a route, then its effect. Also what a person's act goes through. */
export async function performRoute(desk: Desk, match: Match, call: Call): Promise<Answer> {
  checkRights(call, match.key);
  const handler = desk.routes[match.key];
  if (!handler) throw new Refusal(501, `The stand-in does not answer ${match.key}`);
  return await handler(call);
}

/** Queries that the schema does not allow; what a setting took away is no fault of the caller. */
function findInvalid(world: World, answer: Answer): string[] {
  const { data, errors } = answer.body as Outcome;
  if (data !== undefined) return [];
  return (errors ?? [])
    .filter(({ message }) => !world.settings.graphqlWithout.some((name) => message.includes(name)))
    .map(({ message }) => `GraphQL: ${message}`);
}

async function answerCall(
  desk: Desk,
  incoming: Incoming,
  call: Call,
  hasBody: boolean,
): Promise<Answer> {
  const { match, method, path, query } = incoming;
  if (path === "/graphql") {
    const answer = answerGraphql(call);
    desk.offSpec.push(...findInvalid(desk.world, answer));
    return answer;
  }
  if (!match) {
    desk.offSpec.push(`${method} ${path} is not described`);
    throw new Refusal(404, "Not Found");
  }
  const faults = checkRequest(match, query, hasBody ? call.body : undefined);
  desk.offSpec.push(...faults);
  if (faults.length > 0 && hasBody) {
    throw new Refusal(422, `Invalid request.\n\n${faults.join("\n")}`);
  }
  return await performRoute(desk, match, call);
}

async function answerOrRefuse(
  desk: Desk,
  incoming: Incoming,
  body: Record<string, unknown> | undefined | null,
): Promise<{ answer: Answer; actor: Actor }> {
  let actor = anonymous;
  try {
    actor = findActor(desk.world, incoming.headers.authorization);
    if (body === null) {
      desk.offSpec.push(`${incoming.method} ${incoming.path}: the body is no JSON`);
      throw new Refusal(400, "Problems parsing JSON");
    }
    const { query, headers } = incoming;
    const parameters = incoming.match?.parameters ?? {};
    const call = { world: desk.world, actor, parameters, query, body: body ?? {}, headers };
    return { answer: await answerCall(desk, incoming, call, body !== undefined), actor };
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return { answer: answerRefusal(fault), actor };
  }
}

/** Answers a request of the API, and holds both its ends against GitHub's description. */
export async function answerRequest(desk: Desk, incoming: Incoming): Promise<Answered> {
  const body = parseJson(incoming.raw);
  const { answer, actor } = await answerOrRefuse(desk, incoming, body);
  const { match } = incoming;
  if (match && !answer.bytes) desk.offSpec.push(...checkAnswer(match, answer.status, answer.body));
  const needed = match ? describeNeed(match.key) : null;
  const headers = {
    ...answer.headers,
    ...(needed === null ? {} : { "x-accepted-github-permissions": needed }),
  };
  return { answer: { ...answer, headers }, actor, body };
}
