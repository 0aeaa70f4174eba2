import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "./open-log.ts";

/** GitHub sends no payload above 25 MB. */
const mostBytes = 26_214_400;

export type Webhook = { id: string; name: string; payload: unknown };
export type WebhookEntrance = {
  path: string;
  verify: (body: string, signature: string) => Promise<boolean>;
  /** Resolves when what arrived is kept for good; throws when it cannot be. */
  receive: (webhook: Webhook) => Promise<void>;
  log: Log;
};

const end = (response: ServerResponse, status: number, text: string): true => {
  const close = status === 413 ? { connection: "close" } : {};
  response.writeHead(status, { "content-type": "text/plain", ...close }).end(`${text}\n`);
  return true;
};

/** The body, or null when it is larger than GitHub sends: what comes in is bounded before anything is known of the sender. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers["content-length"] ?? 0) > mostBytes) return null;
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parse(body: string): object | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}

const headerOf = (request: IncomingMessage, name: string, most: number): string => {
  const value = request.headers[name];
  return typeof value === "string" && value.length <= most ? value : "";
};

async function receive(
  entrance: WebhookEntrance,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<true> {
  if (request.method !== "POST") return end(response, 405, "webhooks are sent by POST");
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    return end(response, 415, "set the webhook's content type to application/json");
  }
  const [id, name] = [
    headerOf(request, "x-github-delivery", 100),
    headerOf(request, "x-github-event", 100),
  ];
  if (!id || !name) return end(response, 400, "X-GitHub-Delivery or X-GitHub-Event is missing");
  const signature = headerOf(request, "x-hub-signature-256", 100);
  if (!signature) return end(response, 401, "X-Hub-Signature-256 is missing");
  const body = await readBody(request);
  if (body === null) return end(response, 413, "larger than any webhook of GitHub");
  if (!(await entrance.verify(body, signature).catch(() => false))) {
    entrance.log.warn({ delivery: id, event: name }, "signature does not match WEBHOOK_SECRET");
    return end(response, 401, "the signature does not match");
  }
  const payload = parse(body);
  if (!payload) return end(response, 400, "the body is no JSON object");
  try {
    await entrance.receive({ id, name, payload });
    return end(response, 202, "taken");
  } catch (error) {
    // GitHub marks it as failed, and it is asked for again.
    entrance.log.error({ delivery: id, event: name, err: error }, "the delivery was not taken");
    return end(response, 503, "not taken; deliver it again");
  }
}

/** Serves webhooks at one path: bounded, verified, and answered as soon as they are kept. */
export const serveWebhooks =
  (entrance: WebhookEntrance) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = (request.url ?? "").split("?")[0]?.replace(/(.)\/+$/, "$1");
    return path === entrance.path ? await receive(entrance, request, response) : false;
  };
