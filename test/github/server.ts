import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { anonymous } from "./accounts.ts";
import { answerRequest } from "./answer-request.ts";
import type { Fault, Logged } from "./contract.ts";
import { findOperation } from "./describe.ts";
import type { Desk } from "./desk.ts";
import { explainFault } from "./faults.ts";
import { findGitPath, serveGit } from "./git-http.ts";
import { answerRefusal, sendAnswer } from "./send-answer.ts";

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function headersOf(request: IncomingMessage, path: string): Record<string, string> {
  const single = Object.entries(request.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")] as const,
  );
  return { ...Object.fromEntries(single), ":path": path };
}

type Exchange = {
  desk: Desk;
  request: IncomingMessage;
  response: ServerResponse;
  logged: Logged;
  path: string;
  raw: Buffer;
};

function serveArtifact({ desk, path, response, logged }: Exchange): boolean {
  const id = Number(/^\/_artifacts\/(\d+)$/.exec(path)?.[1] ?? Number.NaN);
  const artifact = desk.world.actions.artifacts.find((one) => one.id === id);
  if (!artifact) return false;
  logged.status = 200;
  response.writeHead(200, { "content-type": "application/zip" });
  response.end(artifact.zip);
  return true;
}

function failNow({ desk, request, response, logged }: Exchange, fault: Fault): void {
  const refusal = explainFault(fault, Date.now());
  if (!refusal) request.socket.destroy();
  else logged.status = sendAnswer(desk, request, response, answerRefusal(refusal), anonymous);
}

async function exchangeGit(exchange: Exchange, git: string, fault: Fault | null): Promise<void> {
  const { desk, request, raw, response, logged } = exchange;
  if (fault && !fault.after) {
    failNow(exchange, fault);
    return;
  }
  const lost = fault === null ? null : () => failNow(exchange, fault);
  Object.assign(
    logged,
    await serveGit({ world: desk.world, path: git, request, body: raw, response, lost }),
  );
}

async function exchangeApi(exchange: Exchange, search: string, fault: Fault | null): Promise<void> {
  const { desk, request, response, logged, path, raw } = exchange;
  if (fault && !fault.after) {
    failNow(exchange, fault);
    return;
  }
  if (serveArtifact(exchange)) return;
  const { method } = logged;
  const query = new URLSearchParams(search);
  const headers = headersOf(request, path);
  const match = path === "/graphql" ? null : findOperation(method, path);
  const done = await answerRequest(desk, { method, path, query, raw, headers, match });
  Object.assign(logged, { by: done.actor.account.login, body: done.body });
  if (fault) failNow(exchange, fault);
  else logged.status = sendAnswer(desk, request, response, done.answer, done.actor);
}

async function handle(
  desk: Desk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? "GET";
  const [before = "/", search = ""] = (request.url ?? "/").split("?");
  const bare = before.replace(/^\/api\/v3(?=\/|$)/, "").replace(/^\/api\/graphql$/, "/graphql");
  const path = bare || "/";
  const raw = await readBody(request);
  const git = findGitPath(desk.world, path);
  const template = git === null ? findOperation(method, path)?.template : `git ${git.slice(1)}`;
  const route = template ?? path;
  const logged: Logged = { method, route, path, status: 0, by: "", body: undefined };
  desk.requests.push(logged);
  desk.onRequest?.(desk.requests.length, method, path);
  const fault = desk.faults.take(method, route);
  const exchange = { desk, request, response, logged, path, raw };
  if (git !== null) await exchangeGit(exchange, git, fault);
  else await exchangeApi(exchange, search, fault);
}

/** Opens the door. What breaks inside is no answer of GitHub's: it is told as off the description. */
export function listen(desk: Desk): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    handle(desk, request, response).catch((fault: unknown) => {
      if (request.destroyed && !request.complete) return;
      const words = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
      desk.offSpec.push(`the stand-in broke at ${request.method} ${request.url}: ${words}`);
      if (!response.headersSent) response.writeHead(500);
      response.end(JSON.stringify({ message: words }));
    });
  });
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve({ server, port: typeof address === "object" && address ? address.port : 0 });
    });
  });
}
