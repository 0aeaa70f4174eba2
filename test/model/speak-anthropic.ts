import type { ServerResponse } from "node:http";
import { breakOff, inputText, type Recorded, type Reply, usageOf } from "./scripted-server.ts";

const event = (data: { type: string } & Record<string, unknown>): string =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;

/** The reply as the server-sent events of the Messages API. */
export function answerAnthropic(response: ServerResponse, reply: Reply, request: Recorded): void {
  const usage = usageOf(reply);
  response.writeHead(200, { "content-type": "text/event-stream", "request-id": "req_anthropic" });
  const message = {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: request.body.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    usage: {
      input_tokens: usage.input - usage.cacheRead - usage.cacheWrite,
      cache_read_input_tokens: usage.cacheRead,
      cache_creation_input_tokens: usage.cacheWrite,
      output_tokens: 1,
    },
  };
  response.write(event({ type: "message_start", message }));
  let index = 0;
  if (reply.text !== undefined) {
    response.write(
      block(index, { type: "text", text: "" }, { type: "text_delta", text: reply.text }),
    );
    index += 1;
  }
  const failed = () =>
    event({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } });
  if (breakOff(response, reply, failed)) return;
  for (const [position, call] of (reply.calls ?? []).entries()) {
    const start = {
      type: "tool_use",
      id: call.id ?? `toolu_${position}`,
      name: call.tool,
      input: {},
    };
    const delta = { type: "input_json_delta", partial_json: inputText(call.input) };
    response.write(block(index, start, delta));
    index += 1;
  }
  const delta = { stop_reason: stopReason(reply), stop_sequence: null, ...stopDetails(reply) };
  const final = {
    output_tokens: usage.output,
    output_tokens_details: { thinking_tokens: usage.reasoning },
  };
  response.write(event({ type: "message_delta", delta, usage: final }));
  response.end(event({ type: "message_stop" }));
}

const block = (index: number, start: object, delta: object): string =>
  event({ type: "content_block_start", index, content_block: start }) +
  event({ type: "content_block_delta", index, delta }) +
  event({ type: "content_block_stop", index });

function stopReason(reply: Reply): string {
  if (reply.refusal !== undefined) return "refusal";
  if (reply.truncated) return "max_tokens";
  return reply.calls ? "tool_use" : "end_turn";
}

const stopDetails = (reply: Reply) =>
  reply.refusal === undefined
    ? {}
    : { stop_details: { type: "refusal", category: null, explanation: reply.refusal } };
