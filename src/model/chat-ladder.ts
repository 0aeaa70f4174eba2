import OpenAI from "openai";
import { isJson } from "./check-reply.ts";
import { type ChatReply, type ChatRequest, findChatFault } from "./complete-chat.ts";
import { findJson } from "./find-json.ts";

/** Ways to ask for a value, best first. */
const RUNGS = ["schema", "json", "text"] as const;
const LAST = RUNGS.length - 1;

/** Statuses by which servers say that they do not know a parameter. */
const REFUSED_STATUSES = new Set([400, 404, 415, 422, 501]);

/** True when a server refused the request as it was put, so that another way of putting it may do. */
export const isRefused = (error: unknown): boolean =>
  error instanceof OpenAI.APIError &&
  REFUSED_STATUSES.has(error.status ?? 0) &&
  error.code !== "model_not_found";

type Format = { name: string; schema?: Record<string, unknown> };
type Send = (user: string, response: Partial<ChatRequest>) => Promise<ChatReply>;

export type Ladder = {
  /**
   * Sends the words on the best rung that the server has not refused, and the next one down while it refuses. Gives the
   * reply and the text in it that should be the value.
   */
  ask: (user: string, format: Format, send: Send) => Promise<{ reply: ChatReply; text: string }>;
};

/** JSON schema, JSON mode, plain words: one ladder a model, which remembers how far down its server is. */
export function createLadder(): Ladder {
  let known = 0;
  return {
    async ask(user, format, send) {
      for (let at = known; ; at += 1) {
        const put = putRequest(at, user, format);
        let reply: ChatReply;
        try {
          reply = await send(put.user, put.response);
        } catch (error) {
          if (at >= LAST || !isRefused(error)) throw error;
          continue;
        }
        known = Math.max(known, at);
        if (at >= LAST) return { reply, text: findJson(reply.text) };
        // A server that ignores the format answers in prose or fences: from now on it is only asked in words.
        if (!findChatFault(reply) && !isJson(reply.text)) known = LAST;
        return { reply, text: reply.text };
      }
    },
  };
}

/** On the lower rungs the schema is part of the words; on the last there is nothing else. */
function putRequest(
  at: number,
  user: string,
  format: Format,
): { user: string; response: Partial<ChatRequest> } {
  if (RUNGS[at] === "schema") {
    return { user, response: { response_format: { type: "json_schema", json_schema: format } } };
  }
  const told = `${user}\n\nReply with one JSON object and nothing else. It must match this JSON Schema:\n${JSON.stringify(format.schema)}`;
  const response: Partial<ChatRequest> =
    RUNGS[at] === "json" ? { response_format: { type: "json_object" } } : {};
  return { user: told, response };
}
