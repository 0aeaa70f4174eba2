import type { ServerResponse } from "node:http";
import { breakOff, inputText, type Recorded, type Reply, usageOf } from "./scripted-server.ts";

/** The reply as the server-sent events of the Responses API. */
export function answerResponses(response: ServerResponse, reply: Reply, request: Recorded): void {
  let sequence = 0;
  const event = (type: string, data: Record<string, unknown>): string => {
    sequence += 1;
    return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence, ...data })}\n\n`;
  };
  response.writeHead(200, { "content-type": "text/event-stream", "x-request-id": "req_openai" });
  const base = {
    id: "resp_1",
    object: "response",
    created_at: 1,
    model: request.body.model,
    error: null,
    incomplete_details: null,
    parallel_tool_calls: true,
    tools: [],
    tool_choice: "auto",
    usage: null,
  };
  response.write(
    event("response.created", { response: { ...base, status: "in_progress", output: [] } }),
  );
  const output = toItems(reply);
  for (const [index, item] of output.entries()) {
    response.write(addItem(event, index, item));
    if (item.type !== "message") {
      response.write(event("response.output_item.done", { output_index: index, item }));
      continue;
    }
    if (reply.breakOff === undefined) {
      response.write(event("response.output_item.done", { output_index: index, item }));
    }
  }
  const failed = () => event("error", { code: "server_error", message: "overloaded", param: null });
  if (breakOff(response, reply, failed)) return;
  const status = reply.truncated ? "incomplete" : "completed";
  const final = {
    ...base,
    status,
    output,
    incomplete_details: reply.truncated ? { reason: "max_output_tokens" } : null,
    usage: toUsage(reply),
  };
  response.end(event(`response.${status}`, { response: final }));
}

type Item = Record<string, unknown>;
type Event = (type: string, data: Record<string, unknown>) => string;

function toItems(reply: Reply): Item[] {
  const part =
    reply.refusal !== undefined
      ? { type: "refusal", refusal: reply.refusal }
      : { type: "output_text", text: reply.text ?? "", annotations: [], logprobs: [] };
  const said = reply.text !== undefined || reply.refusal !== undefined;
  const message = {
    id: "msg_1",
    type: "message",
    role: "assistant",
    status: "completed",
    content: [part],
  };
  const calls = (reply.calls ?? []).map((call, index) => ({
    id: `fc_${index}`,
    type: "function_call",
    status: "completed",
    call_id: call.id ?? `call_${index}`,
    name: call.tool,
    arguments: inputText(call.input),
  }));
  return [...(reply.items ?? []), ...(said ? [message] : []), ...calls];
}

function addItem(event: Event, index: number, item: Item): string {
  if (item.type !== "message" && item.type !== "function_call") {
    return event("response.output_item.added", { output_index: index, item });
  }
  if (item.type !== "message") {
    const place = { output_index: index, item_id: item.id };
    return (
      event("response.output_item.added", {
        output_index: index,
        item: { ...item, arguments: "", status: "in_progress" },
      }) +
      event("response.function_call_arguments.delta", { ...place, delta: item.arguments }) +
      event("response.function_call_arguments.done", {
        ...place,
        name: item.name,
        arguments: item.arguments,
      })
    );
  }
  const part = (item.content as Item[])[0] as Item;
  const place = { output_index: index, content_index: 0, item_id: item.id };
  const added = event("response.output_item.added", {
    output_index: index,
    item: { ...item, status: "in_progress", content: [] },
  });
  if (part.type === "refusal") {
    return (
      added +
      event("response.content_part.added", { ...place, part: { type: "refusal", refusal: "" } }) +
      event("response.refusal.delta", { ...place, delta: part.refusal }) +
      event("response.refusal.done", { ...place, refusal: part.refusal }) +
      event("response.content_part.done", { ...place, part })
    );
  }
  return (
    added +
    event("response.content_part.added", { ...place, part: { ...part, text: "" } }) +
    event("response.output_text.delta", { ...place, delta: part.text, logprobs: [] }) +
    event("response.output_text.done", { ...place, text: part.text, logprobs: [] }) +
    event("response.content_part.done", { ...place, part })
  );
}

function toUsage(reply: Reply) {
  const usage = usageOf(reply);
  return {
    input_tokens: usage.input,
    input_tokens_details: { cached_tokens: usage.cacheRead, cache_write_tokens: usage.cacheWrite },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: usage.input + usage.output,
  };
}
