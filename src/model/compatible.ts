import OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import type { z } from "zod";
import { callVendor, DEFAULT_MAX_OUTPUT, scrubTools, type VendorOptions } from "./call-vendor.ts";
import { checkReply, isJson } from "./check-reply.ts";
import { type ChatReply, type ChatRequest, completeChat } from "./complete-chat.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { findJson, withoutThoughts } from "./find-json.ts";
import { createOpenaiClient, isOpenaiError } from "./openai.ts";
import type { Acted, Fault, Generated, Model, Prompt, Tool } from "./port.ts";
import { parseArguments, runTool } from "./run-tool.ts";

/** Ways to ask for a value, best first. What a server refuses is not tried again with this model. */
const RUNGS = ["schema", "json", "text"] as const;
type Rung = (typeof RUNGS)[number];

/** Statuses by which servers say that they do not know a parameter. */
const REFUSED_STATUSES = new Set([400, 404, 415, 422, 501]);

/**
 * Any server that speaks Chat Completions: Ollama, vLLM, OpenRouter, LM Studio and others. `effort` is not sent: the
 * servers do not agree on its name.
 */
export function compatibleModel(options: VendorOptions): Model {
  const client = createOpenaiClient(options);
  const call = { secrets: [options.apiKey], isVendorError: isOpenaiError };
  const send = chatSender(client);
  const start = (prompt: Prompt, user: string): ChatRequest => ({
    model: options.name,
    max_tokens: prompt.maxOutput ?? DEFAULT_MAX_OUTPUT,
    messages: [
      { role: "system", content: prompt.system },
      { role: "user", content: user },
    ],
  });
  let rung = 0;
  return {
    id: `${options.provider ?? "compatible"}:${options.name}`,
    generate: <S extends z.ZodObject>(prompt: Prompt, name: string, schema: S) =>
      callVendor(prompt, call, async (guarded): Promise<Generated<z.infer<S>>> => {
        const format = zodResponseFormat(schema, name);
        for (let at = rung; ; at += 1) {
          const way = RUNGS[at] ?? "text";
          const { user, response } = ask(way, guarded.user, format);
          const request = { ...start(guarded, user), ...response };
          const input = estimateTokens(guarded.system, user, JSON.stringify(response));
          let reply: ChatReply;
          try {
            reply = await send(guarded, request, input);
          } catch (error) {
            if (at >= RUNGS.length - 1 || !isRefused(error)) throw error;
            continue;
          }
          rung = Math.max(rung, at);
          const fault = findFault(reply);
          if (fault) return fault;
          const text = way === "text" ? findJson(reply.text) : reply.text;
          // A server that ignores the format answers in prose or fences: from now on it is only asked in words.
          if (way !== "text" && !isJson(text)) rung = RUNGS.length - 1;
          return checkReply(schema, text);
        }
      }),
    act: (prompt, tools, maxTurns) =>
      callVendor(prompt, call, (guarded) =>
        runTurns(
          send,
          start(guarded, guarded.user),
          guarded,
          scrubTools(tools, call.secrets),
          maxTurns,
        ),
      ),
  };
}

type Format = ReturnType<typeof zodResponseFormat>;

/** On the lower rungs the schema is part of the words; on the last there is nothing else. */
function ask(
  rung: Rung,
  user: string,
  format: Format,
): { user: string; response: Partial<ChatRequest> } {
  if (rung === "schema") {
    const { json_schema: schema } = format;
    return { user, response: { response_format: { type: "json_schema", json_schema: schema } } };
  }
  const told = `${user}\n\nReply with one JSON object and nothing else. It must match this JSON Schema:\n${JSON.stringify(format.json_schema.schema)}`;
  const response: Partial<ChatRequest> =
    rung === "json" ? { response_format: { type: "json_object" } } : {};
  return { user: told, response };
}

const isRefused = (error: unknown): boolean =>
  error instanceof OpenAI.APIError &&
  REFUSED_STATUSES.has(error.status ?? 0) &&
  error.code !== "model_not_found";

type Send = (prompt: Prompt, request: ChatRequest, estimatedInput: number) => Promise<ChatReply>;

/** Asks for usage in the stream, unless the server has refused the very parameter. */
function chatSender(client: OpenAI): Send {
  let usageRefused = false;
  return async (prompt, request, estimatedInput) => {
    const asked = { ...request, stream_options: { include_usage: true } };
    if (usageRefused) return completeChat(client, prompt, request, estimatedInput);
    try {
      return await completeChat(client, prompt, asked, estimatedInput);
    } catch (error) {
      // Compatible servers name the parameter only in their sentence.
      if (!isRefused(error) || !String(Object(error).message).includes("stream_options"))
        throw error;
      usageRefused = true;
      return completeChat(client, prompt, request, estimatedInput);
    }
  };
}

async function runTurns(
  send: Send,
  start: ChatRequest,
  prompt: Prompt,
  tools: readonly Tool[],
  maxTurns: number,
): Promise<Acted> {
  const functions = tools.map(({ name, description, input }) => ({
    type: "function" as const,
    function: { name, description, parameters: input },
  }));
  // An empty list of tools is refused by several servers.
  const offered = functions.length > 0 ? { tools: functions } : {};
  const messages = [...start.messages];
  let input = estimateTokens(prompt.system, prompt.user, JSON.stringify(functions));
  for (let turn = 1; turn <= maxTurns; turn += 1) {
    const reply = await send(prompt, { ...start, ...offered, messages }, input);
    const fault = findFault(reply);
    if (fault) return fault;
    // The calls themselves tell: servers disagree about the reason they give for ending.
    if (reply.calls.length === 0) return { ok: true, text: withoutThoughts(reply.text).trim() };
    if (turn === maxTurns) break;
    const results = await answerCalls(reply, prompt, tools);
    messages.push(toHistory(reply), ...results);
    input = reply.usage.input + reply.usage.output + estimateTokens(JSON.stringify(results));
  }
  return { ok: false, why: "turns", detail: `${maxTurns} turns used` };
}

const answerCalls = (reply: ChatReply, prompt: Prompt, tools: readonly Tool[]) =>
  Promise.all(
    reply.calls.map(async (call) => ({
      role: "tool" as const,
      tool_call_id: call.id,
      content: (
        await runTool(tools, call.name, () => parseArguments(call.arguments), prompt.signal)
      ).text,
    })),
  );

/** Servers parse the arguments they get back, so malformed ones are not repeated to them. */
const toHistory = (reply: ChatReply): OpenAI.ChatCompletionMessageParam => ({
  role: "assistant",
  content: reply.text,
  tool_calls: reply.calls.map((call) => ({
    id: call.id,
    type: "function",
    function: { name: call.name, arguments: toArgumentText(call.arguments) },
  })),
});

function toArgumentText(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return isJson(value) ? value : "{}";
}

function findFault(reply: ChatReply): Fault | undefined {
  if (reply.refusal !== "" || reply.finish === "content_filter") {
    return { ok: false, why: "refused", detail: reply.refusal || reply.finish };
  }
  return reply.finish === "length" ? { ok: false, why: "truncated", detail: "length" } : undefined;
}
