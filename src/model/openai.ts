import { createHash } from "node:crypto";
import OpenAI from "openai";
import { zodTextFormat } from "openai/helpers/zod";
import { toResponseInputItems } from "openai/lib/responses/ResponseInputItems";
import type { z } from "zod";
import { callVendor, DEFAULT_MAX_OUTPUT, scrubTools, type VendorOptions } from "./call-vendor.ts";
import { checkReply } from "./check-reply.ts";
import { countTokens, estimateTokens } from "./estimate-tokens.ts";
import type { Acted, Fault, Generated, Model, Prompt, Tool, Usage } from "./port.ts";
import { parseArguments, runTool } from "./run-tool.ts";
import { TransportError } from "./transport-error.ts";

type Reply = OpenAI.Responses.Response;
type Body = OpenAI.Responses.ResponseCreateParams;

/**
 * OpenAI over the Responses API of the official SDK, always streamed. The loop over tools is our own: the SDK's
 * runner ends the run, without a cause, at the first tool that throws. Nothing is stored at the vendor, so
 * encrypted reasoning travels with the history.
 */
export function openaiModel(options: VendorOptions): Model {
  const client = createOpenaiClient(options);
  const call = { secrets: [options.apiKey], isVendorError: isOpenaiError };
  const send = replySender(client);
  const start = (prompt: Prompt): Body => ({
    model: options.name,
    instructions: prompt.system,
    max_output_tokens: prompt.maxOutput ?? DEFAULT_MAX_OUTPUT,
    store: false,
    include: ["reasoning.encrypted_content"],
    // Routes requests with the same prefix to the cache that holds it.
    prompt_cache_key: createHash("sha256").update(prompt.system).digest("hex").slice(0, 32),
    ...(prompt.effort !== undefined && { reasoning: { effort: prompt.effort } }),
  });
  return {
    id: `${options.provider ?? "openai"}:${options.name}`,
    generate: <S extends z.ZodObject>(prompt: Prompt, name: string, schema: S) =>
      callVendor(prompt, call, async (guarded): Promise<Generated<z.infer<S>>> => {
        const format = zodTextFormat(schema, name);
        const input = estimateTokens(guarded.system, guarded.user, JSON.stringify(format.schema));
        const body = { ...start(guarded), input: guarded.user, text: { format } };
        const reply = await send(guarded, body, input);
        return findFault(reply) ?? checkReply(schema, reply.output_text);
      }),
    act: (prompt, tools, maxTurns) =>
      callVendor(prompt, call, (guarded) =>
        runTurns(send, start(guarded), guarded, scrubTools(tools, call.secrets), maxTurns),
      ),
  };
}

/** Nothing is taken from the environment: neither key nor address, organisation, project or log level. */
export const createOpenaiClient = (options: VendorOptions): OpenAI =>
  new OpenAI({
    apiKey: options.apiKey,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: options.baseUrl,
    maxRetries: options.maxRetries ?? 2,
    logLevel: "off",
  });

export const isOpenaiError = (error: unknown): boolean => error instanceof OpenAI.OpenAIError;

type Send = (prompt: Prompt, body: Body, estimatedInput: number) => Promise<Reply>;

async function runTurns(
  send: Send,
  start: Body,
  prompt: Prompt,
  tools: readonly Tool[],
  maxTurns: number,
): Promise<Acted> {
  const history: OpenAI.Responses.ResponseInputItem[] = [{ role: "user", content: prompt.user }];
  const functions = tools.map((tool) => ({
    type: "function" as const,
    name: tool.name,
    description: tool.description,
    parameters: tool.input,
    strict: false,
  }));
  let input = estimateTokens(prompt.system, prompt.user, JSON.stringify(functions));
  for (let turn = 1; turn <= maxTurns; turn += 1) {
    const reply = await send(prompt, { ...start, input: history, tools: functions }, input);
    const fault = findFault(reply);
    if (fault) return fault;
    const calls = reply.output.filter((item) => item.type === "function_call");
    if (calls.length === 0) return { ok: true, text: reply.output_text };
    // Before the calls are run: their results could not be told to the model any more.
    if (turn === maxTurns) break;
    const outputs = await Promise.all(
      calls.map(async (each) => ({
        type: "function_call_output" as const,
        call_id: each.call_id,
        output: (
          await runTool(tools, each.name, () => parseArguments(each.arguments), prompt.signal)
        ).text,
      })),
    );
    history.push(...toResponseInputItems(reply.output), ...outputs);
    const usage = toUsage(reply, input);
    input = usage.input + usage.output + estimateTokens(JSON.stringify(outputs));
  }
  return { ok: false, why: "turns", detail: `${maxTurns} turns used` };
}

/** Sends one request. Models without reasoning refuse the depth setting; then it is left out, and remembered. */
function replySender(client: OpenAI): Send {
  let effortRefused = false;
  return async (prompt, body, estimatedInput) => {
    const { reasoning, ...without } = body;
    if (effortRefused || reasoning === undefined) {
      return finishReply(client, prompt, without, estimatedInput);
    }
    try {
      return await finishReply(client, prompt, body, estimatedInput);
    } catch (error) {
      const isRefused =
        error instanceof OpenAI.BadRequestError && error.param?.startsWith("reasoning") === true;
      if (!isRefused) throw error;
      effortRefused = true;
      return finishReply(client, prompt, without, estimatedInput);
    }
  };
}

async function finishReply(
  client: OpenAI,
  prompt: Prompt,
  body: Body,
  estimatedInput: number,
): Promise<Reply> {
  const maxOutput = body.max_output_tokens ?? DEFAULT_MAX_OUTPUT;
  prompt.beforeRequest({ input: estimatedInput, maxOutput });
  const { stream: _streamed, ...params } = body;
  // Without `parseAs` the SDK would parse here, and throw away the usage of what it cannot parse.
  const stream = client.responses.stream(params, { signal: prompt.signal, parseAs: null });
  let started = false;
  let text = "";
  stream.on("event", () => {
    started = true;
  });
  stream.on("response.output_text.delta", (event) => {
    text = event.snapshot;
  });
  // What broke off was paid for all the same, but the vendor tells usage only at the end.
  const partial = () => ({
    ...noUsage,
    input: estimatedInput,
    output: countTokens(text),
    requests: 1,
  });
  let reply: Reply;
  try {
    reply = await stream.finalResponse();
  } catch (error) {
    if (started) prompt.onUsage(partial());
    throw error;
  }
  prompt.onUsage(reply.usage ? toUsage(reply, estimatedInput) : partial());
  throwUnlessEnded(reply);
  return reply;
}

/** A stream that is cut off resolves all the same, with the status it had in the middle. */
function throwUnlessEnded(reply: Reply): void {
  if (reply.status === "completed" || reply.status === "incomplete") return;
  const code = reply.error?.code ?? null;
  throw new TransportError({
    type: code ?? "cut_stream",
    requestId: reply.id,
    retryable: code === null || code === "server_error" || code === "rate_limit_exceeded",
    message: `the reply ended as ${reply.status}`,
  });
}

const noUsage: Usage = {
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  output: 0,
  reasoning: 0,
  requests: 0,
};

function toUsage({ usage }: Reply, estimatedInput: number): Usage {
  return {
    input: usage?.input_tokens ?? estimatedInput,
    cacheRead: usage?.input_tokens_details?.cached_tokens ?? 0,
    cacheWrite: usage?.input_tokens_details?.cache_write_tokens ?? 0,
    output: usage?.output_tokens ?? 0,
    reasoning: usage?.output_tokens_details?.reasoning_tokens ?? 0,
    requests: 1,
  };
}

function findFault(reply: Reply): Fault | undefined {
  const refusal = reply.output
    .flatMap((item) => (item.type === "message" ? item.content : []))
    .find((part) => part.type === "refusal");
  if (refusal) return { ok: false, why: "refused", detail: refusal.refusal };
  if (reply.status !== "incomplete") return undefined;
  const detail = reply.incomplete_details?.reason ?? "incomplete";
  return { ok: false, why: detail === "content_filter" ? "refused" : "truncated", detail };
}
