import OpenAI from "openai";
import { Stream } from "openai/streaming";
import { countTokens } from "./estimate-tokens.ts";
import type { Fault, Prompt, Usage } from "./port.ts";
import { TransportError } from "./transport-error.ts";

export type ChatCall = { id: string; name: string; arguments: unknown };

/** One reply of a chat server, whole. `calls` are complete; `finish` is the server's own word. */
export type ChatReply = {
  text: string;
  refusal: string;
  calls: ChatCall[];
  finish: string;
  usage: Usage;
};

export type ChatRequest = Omit<OpenAI.ChatCompletionCreateParamsStreaming, "stream">;

/** What the parts of a streamed reply and the message of an unstreamed one have in common. */
type Choice = {
  finish_reason?: string | null;
  delta?: Message | null;
  message?: Message | null;
};
type Message = {
  content?: string | null;
  refusal?: string | null;
  tool_calls?: CallPart[] | null;
};
type CallPart = {
  index?: number;
  id?: string | null;
  function?: { name?: string | null; arguments?: unknown };
};
type Part = { choices?: Choice[] | null; usage?: OpenAI.CompletionUsage | null };

/**
 * Asks a chat server once and puts the reply together. Streamed, because a slow local model would otherwise run into
 * the five minutes that Node waits for headers; a server that answers in one piece all the same is understood.
 * Servers that report no usage get an estimate: unknown is never zero.
 */
export async function completeChat(
  client: OpenAI,
  prompt: Prompt,
  request: ChatRequest,
  estimatedInput: number,
): Promise<ChatReply> {
  const maxOutput = request.max_tokens ?? 0;
  prompt.beforeRequest({ input: estimatedInput, maxOutput });
  const response = await client.chat.completions
    .create({ ...request, stream: true }, { signal: prompt.signal })
    .asResponse();
  const reply = emptyReply();
  let parts = 0;
  try {
    for await (const part of readParts(client, response, prompt.signal)) {
      parts += 1;
      addPart(reply, part);
    }
  } catch (error) {
    if (parts > 0) prompt.onUsage(toUsage(reply, estimatedInput));
    throw error;
  }
  prompt.onUsage(toUsage(reply, estimatedInput));
  if (reply.finish === "" || reply.finish === "error") {
    throw new TransportError({
      type: reply.finish === "" ? "cut_stream" : "api_error",
      requestId: response.headers.get("x-request-id"),
      retryable: true,
      message: "the reply was cut off",
    });
  }
  return { ...reply, usage: toUsage(reply, estimatedInput) };
}

async function* readParts(
  client: OpenAI,
  response: Response,
  signal: AbortSignal,
): AsyncGenerator<Part> {
  if (response.headers.get("content-type")?.includes("application/json")) {
    const whole = (await response.json()) as Part & { error?: object };
    // Some gateways report their errors with status 200.
    if (whole.error) throw new OpenAI.APIError(undefined, whole.error, undefined, response.headers);
    yield whole;
    return;
  }
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    yield* Stream.fromSSEResponse<Part>(response, controller, client);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

type Growing = {
  text: string;
  refusal: string;
  calls: ChatCall[];
  finish: string;
  reported: OpenAI.CompletionUsage | null;
  /** Which call the part of an index belongs to. */
  byIndex: Map<number, ChatCall>;
};

const emptyReply = (): Growing => ({
  text: "",
  refusal: "",
  calls: [],
  finish: "",
  reported: null,
  byIndex: new Map(),
});

function addPart(reply: Growing, part: Part): void {
  if (part.usage) reply.reported = part.usage;
  const choice = part.choices?.[0];
  if (!choice) return;
  const message = choice.delta ?? choice.message ?? {};
  reply.text += message.content ?? "";
  reply.refusal += message.refusal ?? "";
  for (const [position, call] of (message.tool_calls ?? []).entries()) {
    addCall(reply, call, call.index ?? (choice.message ? position : reply.calls.length));
  }
  if (choice.finish_reason) reply.finish = choice.finish_reason;
}

/** Some servers send every call whole under index 0, some without an id, some with arguments as an object. */
function addCall(reply: Growing, part: CallPart, index: number): void {
  const known = reply.byIndex.get(index);
  const isNew = !known || (part.id != null && part.id !== "" && part.id !== known.id);
  if (isNew) {
    const id = part.id || `call_${reply.calls.length + 1}`;
    const call = { id, name: part.function?.name ?? "", arguments: part.function?.arguments ?? "" };
    reply.byIndex.set(index, call);
    reply.calls.push(call);
    return;
  }
  if (known.name === "") known.name = part.function?.name ?? "";
  const more = part.function?.arguments;
  if (typeof more === "string") known.arguments = `${known.arguments}${more}`;
}

function toUsage(reply: Growing, estimatedInput: number): Usage {
  const usage = reply.reported;
  const written = reply.text + reply.calls.map((call) => JSON.stringify(call.arguments)).join("");
  return {
    input: usage?.prompt_tokens || estimatedInput,
    cacheRead: usage?.prompt_tokens_details?.cached_tokens ?? 0,
    cacheWrite: 0,
    output: usage?.completion_tokens ?? countTokens(written),
    reasoning: usage?.completion_tokens_details?.reasoning_tokens ?? 0,
    requests: 1,
  };
}

/** The fault a reply ended with, if any. */
export function findChatFault(reply: ChatReply): Fault | undefined {
  if (reply.refusal !== "" || reply.finish === "content_filter") {
    return { ok: false, why: "refused", detail: reply.refusal || reply.finish };
  }
  return reply.finish === "length" ? { ok: false, why: "truncated", detail: "length" } : undefined;
}
