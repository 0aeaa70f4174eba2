import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { anonymous } from "./accounts.ts";
import type { Answer, Call, Routes } from "./call.ts";
import type { Logged } from "./contract.ts";
import { checkAnswer, checkRequest, findOperation, type Match } from "./describe.ts";
import { explainFault, type Faults } from "./faults.ts";
import { findGitPath, serveGit } from "./git-http.ts";
import type { Outcome } from "./graphql/execute.ts";
import { Refusal } from "./refusal.ts";
import { answerGraphql } from "./routes/graphql.ts";
import { checkRights } from "./rules/rights.ts";
import { findActor } from "./tokens.ts";
import type { Actor, World } from "./world.ts";

export type Desk = {
  world: World;
  routes: Routes;
  requests: Logged[];
  offSpec: string[];
  faults: Faults;
  onRequest: ((n: number, method: string, path: string) => void) | null;
};

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const documentation = "https://docs.github.com/rest";

export const answerRefusal = (refusal: Refusal): Answer => ({
  status: refusal.status,
  body: {
    message: refusal.message,
    ...(refusal.errors === undefined ? {} : { errors: refusal.errors }),
    documentation_url: documentation,
    status: String(refusal.status),
  },
  headers: { ...refusal.headers },
});

function parseJson(desk: Desk, where: string, raw: Buffer): Record<string, unknown> | undefined {
  if (raw.length === 0) return undefined;
  try {
    const value: unknown = JSON.parse(raw.toString("utf8"));
    if (value !== null && typeof value === "object") return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  desk.offSpec.push(`${where}: the body is no JSON`);
  throw new Refusal(400, "Problems parsing JSON");
}

type Request = { method: string; path: string; query: URLSearchParams; raw: Buffer };

/** Rights, rules and effect of one request, with both ends held against GitHub's description. */
export async function perform(desk: Desk, match: Match, call: Call): Promise<Answer> {
  checkRights(call, match.key);
  const handler = desk.routes[match.key];
  if (!handler) throw new Refusal(501, `The stand-in does not answer ${match.key}`);
  return await handler(call);
}

function headersOf(request: IncomingMessage, path: string): Record<string, string> {
  const single = Object.entries(request.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")] as const,
  );
  return { ...Object.fromEntries(single), ":path": path };
}

/** Queries that the schema does not allow; what a setting took away is no fault of the caller. */
function findInvalid(world: World, answer: Answer): string[] {
  const { data, errors } = answer.body as Outcome;
  if (data !== undefined) return [];
  return (errors ?? [])
    .filter(({ message }) => !world.settings.graphqlWithout.some((name) => message.includes(name)))
    .map(({ message }) => `GraphQL: ${message}`);
}

async function answerApi(
  desk: Desk,
  request: IncomingMessage,
  { method, path, query, raw }: Request,
  actor: Actor,
): Promise<{ answer: Answer; route: string; body: unknown }> {
  const { world } = desk;
  const where = `${method} ${path}`;
  const match = path === "/graphql" ? null : findOperation(method, path);
  const route = path === "/graphql" ? "/graphql" : (match?.template ?? path);
  const body = parseJson(desk, where, raw);
  const headers = headersOf(request, path);
  const call = {
    world,
    actor,
    parameters: match?.parameters ?? {},
    query,
    body: body ?? {},
    headers,
  };
  if (path === "/graphql") {
    const answer = answerGraphql(call);
    desk.offSpec.push(...findInvalid(world, answer));
    return { answer, route, body };
  }
  if (!match) {
    desk.offSpec.push(`${where} is not described`);
    throw new Refusal(404, "Not Found");
  }
  const faults = checkRequest(match, query, body);
  desk.offSpec.push(...faults);
  if (faults.length > 0 && body !== undefined) {
    throw new Refusal(422, `Invalid request.\n\n${faults.join("\n")}`);
  }
  const answer = await perform(desk, match, call);
  return { answer, route, body };
}

const etagOf = (text: string): string => `W/"${createHash("sha256").update(text).digest("hex")}"`;

function limits(actor: Actor, used: number): Record<string, string> {
  const limit = actor.kind === "actions" ? 1000 : actor.kind === "anonymous" ? 60 : 5000;
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(Math.max(limit - (used % limit), 1)),
    "x-ratelimit-used": String(used % limit),
    "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + 3600),
    "x-ratelimit-resource": "core",
  };
}

function send(
  desk: Desk,
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  actor: Actor,
): number {
  const headers: Record<string, string> = {
    ...limits(actor, desk.requests.length),
    "x-github-api-version-selected": "2022-11-28",
    "x-github-request-id": `STANDIN:${desk.requests.length}`,
    ...answer.headers,
  };
  if (answer.bytes) {
    response.writeHead(answer.status, { ...headers, "content-type": "application/octet-stream" });
    response.end(answer.bytes);
    return answer.status;
  }
  const text = answer.body === undefined ? "" : JSON.stringify(answer.body);
  if (request.method === "GET" && answer.status === 200) {
    headers.etag = etagOf(text);
    if (request.headers["if-none-match"] === headers.etag) {
      response.writeHead(304, headers);
      response.end();
      return 304;
    }
  }
  if (text !== "") headers["content-type"] = "application/json; charset=utf-8";
  response.writeHead(answer.status, headers);
  response.end(text);
  return answer.status;
}

function checkOutcome(desk: Desk, method: string, path: string, answer: Answer): void {
  const match = findOperation(method, path);
  if (!match || answer.bytes) return;
  desk.offSpec.push(...checkAnswer(match, answer.status, answer.body));
}

async function answerSafely(
  desk: Desk,
  request: IncomingMessage,
  parsed: Request,
): Promise<{ answer: Answer; actor: Actor; route: string; body: unknown }> {
  let actor = anonymous;
  const { method, path } = parsed;
  const match = path === "/graphql" ? null : findOperation(method, path);
  let route = path === "/graphql" ? "/graphql" : (match?.template ?? path);
  let body: unknown;
  try {
    actor = findActor(desk.world, request.headers.authorization);
    const done = await answerApi(desk, request, parsed, actor);
    ({ route, body } = done);
    return { answer: done.answer, actor, route, body };
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    if (body === undefined && parsed.raw.length > 0) body = parsed.raw.toString("utf8");
    return { answer: answerRefusal(fault), actor, route, body };
  }
}

function serveArtifact(desk: Desk, path: string, response: ServerResponse): boolean {
  const id = Number(/^\/_artifacts\/(\d+)$/.exec(path)?.[1] ?? Number.NaN);
  const artifact = desk.world.actions.artifacts.find((one) => one.id === id);
  if (!artifact) return false;
  response.writeHead(200, { "content-type": "application/zip" });
  response.end(artifact.zip);
  return true;
}

async function handle(
  desk: Desk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? "GET";
  const [rawPath = "/", rawQuery = ""] = (request.url ?? "/").split("?");
  const path =
    rawPath.replace(/^\/api\/v3(?=\/|$)/, "").replace(/^\/api\/graphql$/, "/graphql") || "/";
  const raw = await readBody(request);
  const logged: Logged = { method, route: path, path, status: 0, by: "", body: undefined };
  desk.requests.push(logged);
  desk.onRequest?.(desk.requests.length, method, path);
  const git = findGitPath(desk.world, path);
  const route = findOperation(method, path)?.template ?? path;
  const fault = desk.faults.take(method, route);
  if (fault && !fault.after) return failNow(desk, fault, request, response, logged, route);
  if (git !== null) {
    logged.route = `git ${git.slice(1)}`;
    const { status, by } = await serveGit(desk.world, git, request, raw, response);
    Object.assign(logged, { status, by });
    return;
  }
  if (serveArtifact(desk, path, response)) return;
  const query = new URLSearchParams(rawQuery);
  const done = await answerSafely(desk, request, { method, path, query, raw });
  Object.assign(logged, { route: done.route, by: done.actor.account.login, body: done.body });
  checkOutcome(desk, method, path, done.answer);
  if (fault) return failNow(desk, fault, request, response, logged, route);
  logged.status = send(desk, request, response, done.answer, done.actor);
}

function failNow(
  desk: Desk,
  fault: Parameters<typeof explainFault>[0],
  request: IncomingMessage,
  response: ServerResponse,
  logged: Logged,
  route: string,
): void {
  logged.route = route;
  const refusal = explainFault(fault, Date.now());
  if (!refusal) {
    request.socket.destroy();
    return;
  }
  logged.status = send(desk, request, response, answerRefusal(refusal), anonymous);
}

export function listen(desk: Desk): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    handle(desk, request, response).catch((fault: unknown) => {
      const words = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
      desk.offSpec.push(`the stand-in broke at ${request.method} ${request.url}: ${words}`);
      if (!response.headersSent) response.writeHead(500);
      response.end(JSON.stringify({ message: words }));
    });
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve({ server, port: typeof address === "object" && address ? address.port : 0 });
    });
  });
}
