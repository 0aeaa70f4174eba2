import type OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import type { z } from "zod";
import { callVendor, DEFAULT_MAX_OUTPUT, scrubTools, type VendorOptions } from "./call-vendor.ts";
import { createLadder, isRefused } from "./chat-ladder.ts";
import { checkReply, isJson } from "./check-reply.ts";
import { type ChatReply, type ChatRequest, completeChat, findChatFault } from "./complete-chat.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { withoutThoughts } from "./find-json.ts";
import { createOpenaiClient, isOpenaiError } from "./openai.ts";
import type { Acted, Generated, Model, Prompt, Tool } from "./port.ts";
import { parseArguments, runTool } from "./run-tool.ts";

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
  const ladder = createLadder();
  return {
    id: `${options.provider ?? "compatible"}:${options.name}`,
    generate: <S extends z.ZodObject>(prompt: Prompt, name: string, schema: S) =>
      callVendor(prompt, call, async (guarded): Promise<Generated<z.infer<S>>> => {
        const format = zodResponseFormat(schema, name).json_schema;
        const { reply, text } = await ladder.ask(guarded.user, format, (user, response) => {
          const input = estimateTokens(guarded.system, user, JSON.stringify(response));
          return send(guarded, { ...start(guarded, user), ...response }, input);
        });
        return findChatFault(reply) ?? checkReply(schema, text);
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
    const fault = findChatFault(reply);
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
