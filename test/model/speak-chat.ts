import type { ServerResponse } from "node:http";
import { breakOff, inputText, type Recorded, type Reply, usageOf } from "./scripted-server.ts";

/** The reply as Chat Completions: server-sent chunks, or one JSON document when no stream was asked for. */
export function answerChat(response: ServerResponse, reply: Reply, request: Recorded): void {
  const base = { id: "chat_1", created: 1, model: request.body.model };
  const message = {
    role: "assistant",
    content: reply.text ?? null,
    refusal: reply.refusal ?? null,
  };
  const calls = toCalls(reply);
  const finish = finishReason(reply);
  if (request.body.stream !== true || reply.unstreamed) {
    response.writeHead(200, { "content-type": "application/json" });
    const choice = { index: 0, finish_reason: finish, message: { ...message, tool_calls: calls } };
    const whole = { ...base, object: "chat.completion", choices: [choice], usage: toUsage(reply) };
    response.end(JSON.stringify(whole));
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream", "x-request-id": "req_chat" });
  const chunk = (data: object): string =>
    `data: ${JSON.stringify({ ...base, object: "chat.completion.chunk", ...data })}\n\n`;
  const delta = (part: object, finish_reason: string | null = null): string =>
    chunk({ choices: [{ index: 0, delta: part, finish_reason }] });
  response.write(delta(message));
  const failed = () =>
    `data: ${JSON.stringify({ error: { type: "server_error", message: "overloaded" } })}\n\n`;
  if (breakOff(response, reply, failed)) return;
  for (const call of calls ?? []) {
    // The arguments come in two pieces, as they do from real servers.
    const text = call.function.arguments;
    const half = Math.floor(text.length / 2);
    const first = { ...call, function: { ...call.function, arguments: text.slice(0, half) } };
    response.write(delta({ tool_calls: [first] }));
    const rest = { index: call.index, function: { arguments: text.slice(half) } };
    response.write(delta({ tool_calls: [rest] }));
  }
  response.write(delta({}, finish));
  const options = request.body.stream_options as { include_usage?: boolean } | undefined;
  if (options?.include_usage && !reply.withoutUsage) {
    response.write(chunk({ choices: [], usage: toUsage(reply) }));
  }
  response.end("data: [DONE]\n\n");
}

const toCalls = (reply: Reply) =>
  reply.calls?.map((call, index) => ({
    index,
    id: call.id ?? `call_${index}`,
    type: "function",
    function: { name: call.tool, arguments: inputText(call.input) },
  }));

function finishReason(reply: Reply): string {
  if (reply.truncated) return "length";
  if (reply.refusal !== undefined) return "content_filter";
  return reply.calls ? "tool_calls" : "stop";
}

function toUsage(reply: Reply) {
  const usage = usageOf(reply);
  return {
    prompt_tokens: usage.input,
    prompt_tokens_details: { cached_tokens: usage.cacheRead },
    completion_tokens: usage.output,
    completion_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: usage.input + usage.output,
  };
}
