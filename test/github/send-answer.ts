import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./call.ts";
import type { Desk } from "./desk.ts";
import type { Refusal } from "./refusal.ts";
import type { Actor } from "./world.ts";

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

const etagOf = (text: string): string => `W/"${createHash("sha256").update(text).digest("hex")}"`;

export const limitOf = (actor: Actor): number =>
  actor.kind === "actions" ? 1000 : actor.kind === "anonymous" ? 60 : 5000;

function limits(actor: Actor, used: number): Record<string, string> {
  const limit = limitOf(actor);
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(Math.max(limit - (used % limit), 1)),
    "x-ratelimit-used": String(used % limit),
    "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + 3600),
    "x-ratelimit-resource": "core",
  };
}

/** Writes an answer with the headers that GitHub sends; a `GET` whose ETag is known becomes 304. Answers the status sent. */
export function sendAnswer(
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
    response.writeHead(answer.status, { "content-type": "application/octet-stream", ...headers });
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
