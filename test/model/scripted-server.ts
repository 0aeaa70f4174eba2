import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { answerAnthropic } from "./speak-anthropic.ts";
import { answerChat } from "./speak-chat.ts";
import { answerResponses } from "./speak-responses.ts";

export type ReplyUsage = {
  /** The whole prompt; cached parts are parts of it, as in our own port. */
  input: number;
  cacheRead?: number;
  cacheWrite?: number;
  output: number;
  reasoning?: number;
};

/** What the model does, in no vendor's words. The server says it in the dialect of the path that was asked. */
export type Reply = {
  text?: string;
  /** Tool calls; `input` as a string is sent as it stands, so that it can be malformed. */
  calls?: { tool: string; input: unknown; id?: string }[];
  refusal?: string;
  truncated?: boolean;
  usage?: ReplyUsage;
  /** Breaks off after the text: hangs, ends the body cleanly, resets the connection, or reports an error. */
  breakOff?: "stall" | "end" | "reset" | "error";
  /** An answer that is no reply at all: sent as it stands. */
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Chat only: answers in one piece although a stream was asked for. */
  unstreamed?: boolean;
  /** Responses only: output items before all others, as they stand. */
  items?: Record<string, unknown>[];
  /** Chat only: no usage in the stream. */
  withoutUsage?: boolean;
};

export type Recorded = {
  path: string;
  headers: IncomingMessage["headers"];
  body: Record<string, unknown>;
  at: number;
};

export type Answer = Reply | ((request: Recorded) => Reply);

export type ScriptedServer = {
  /** Without a trailing slash and without `/v1`. */
  url: string;
  /** Every request so far, in order. */
  requests: Recorded[];
  /** Answers to the next requests, in order. */
  enqueue: (...answers: Answer[]) => void;
  /** Answers whatever the queue does not. */
  handle: (handler: (request: Recorded) => Reply) => void;
  close: () => Promise<void>;
};

/**
 * A model server for tests over real HTTP: Anthropic Messages at `/v1/messages`, OpenAI Responses at `/v1/responses`,
 * Chat Completions at `/v1/chat/completions`, the last two streamed or not, as asked.
 */
export async function startScriptedServer(): Promise<ScriptedServer> {
  const requests: Recorded[] = [];
  const queue: Answer[] = [];
  const sockets = new Set<Socket>();
  let handler: ((request: Recorded) => Reply) | undefined;
  const server = createServer(async (incoming, response) => {
    const request = await readRequest(incoming);
    requests.push(request);
    const answer = queue.shift() ?? handler;
    if (!answer)
      return send(response, { status: 418, body: { error: { message: "no reply left" } } });
    send(response, typeof answer === "function" ? answer(request) : answer, request);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    enqueue: (...answers) => void queue.push(...answers),
    handle: (next) => {
      handler = next;
    },
    close: () =>
      new Promise((resolve) => {
        // Stalled replies would keep the server open.
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<Recorded> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  const path = (incoming.url ?? "").replace(/\?.*$/, "");
  return { path, headers: incoming.headers, body: text ? JSON.parse(text) : {}, at: Date.now() };
}

type Speak = (response: ServerResponse, reply: Reply, request: Recorded) => void;

const DIALECTS: [string, Speak][] = [
  ["/messages", (...all) => answerAnthropic(...all)],
  ["/responses", (...all) => answerResponses(...all)],
  ["/chat/completions", (...all) => answerChat(...all)],
];

function send(response: ServerResponse, reply: Reply, request?: Recorded): void {
  if (reply.status !== undefined || !request) {
    const headers = {
      "content-type": "application/json",
      "request-id": "req_fault",
      "x-request-id": "req_fault",
    };
    response.writeHead(reply.status ?? 500, { ...headers, ...reply.headers });
    response.end(typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body ?? {}));
    return;
  }
  const dialect = DIALECTS.find(([ending]) => request.path.endsWith(ending));
  if (dialect) dialect[1](response, reply, request);
  else response.writeHead(404).end("{}");
}

/** Ends a stream the way the reply says; true when it was broken off. */
export function breakOff(response: ServerResponse, reply: Reply, error: () => string): boolean {
  switch (reply.breakOff) {
    case "stall":
      return true;
    case "end":
      response.end();
      return true;
    case "reset":
      // After the bytes so far have left, so that the client has seen the reply begin.
      setTimeout(() => response.destroy(), 60);
      return true;
    case "error":
      response.end(error());
      return true;
    default:
      return false;
  }
}

export const usageOf = (reply: Reply): Required<ReplyUsage> => ({
  input: 100,
  cacheRead: 0,
  cacheWrite: 0,
  output: 10,
  reasoning: 0,
  ...reply.usage,
});

export const inputText = (input: unknown): string =>
  typeof input === "string" ? input : JSON.stringify(input);
