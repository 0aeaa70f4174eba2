import Anthropic from "@anthropic-ai/sdk";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import type { BetaRunnableTool } from "@anthropic-ai/sdk/lib/tools/BetaRunnableTool";
import type { z } from "zod";
import { Stop } from "../shared/stop.ts";
import { callVendor, DEFAULT_MAX_OUTPUT, scrubTools, type VendorOptions } from "./call-vendor.ts";
import { checkReply } from "./check-reply.ts";
import { countTokens, estimateTokens } from "./estimate-tokens.ts";
import type { Acted, Fault, Generated, Model, Prompt, Tool, Usage } from "./port.ts";
import { runTool } from "./run-tool.ts";
import { TransportError } from "./transport-error.ts";

/** What both of the SDK's message types share, as far as it is read here. */
type Reply = {
  stop_reason: Anthropic.Beta.BetaStopReason | null;
  stop_details: { explanation?: string | null } | null;
  content: readonly { type: string; text?: string }[];
  usage: {
    input_tokens: number;
    output_tokens: number;
    cache_read_input_tokens: number | null;
    cache_creation_input_tokens: number | null;
    output_tokens_details?: { thinking_tokens: number } | null;
  };
};

type ReplyStream = {
  on(event: "streamEvent", listener: (event: unknown, snapshot: Reply) => void): unknown;
  finalMessage(): Promise<Reply>;
  request_id?: string | null | undefined;
};

/**
 * Claude over the official SDK, always streamed: the SDK's own time limits end at the response headers, and it
 * refuses long replies unless they are streamed. Structured output is checked here and not by the SDK's parse
 * helpers, which drop usage and stop reason of every reply they dislike.
 */
export function anthropicModel(options: VendorOptions): Model {
  const client = new Anthropic({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    maxRetries: options.maxRetries ?? 2,
    logLevel: "off",
  });
  const call = {
    secrets: [options.apiKey],
    isVendorError: (error: unknown) => error instanceof Anthropic.AnthropicError,
  };
  const effort = effortMemory();
  return {
    id: `${options.provider ?? "anthropic"}:${options.name}`,
    generate: <S extends z.ZodObject>(prompt: Prompt, _name: string, schema: S) =>
      callVendor(prompt, call, (guarded) =>
        effort.run(guarded, async (asked): Promise<Generated<z.infer<S>>> => {
          // The format without the helper's `parse`, for the reason above.
          const format = { type: "json_schema" as const, schema: zodOutputFormat(schema).schema };
          const body = toBody(options.name, asked);
          asked.beforeRequest({
            input: estimateTokens(asked.system, asked.user, JSON.stringify(format.schema)),
            maxOutput: body.max_tokens,
          });
          const { output_config: depth, ...rest } = body;
          const stream = client.messages.stream(
            { ...rest, output_config: { ...depth, format } },
            { signal: asked.signal },
          );
          const reply = await finishReply(stream, asked);
          return findFault(reply) ?? checkReply(schema, toText(reply));
        }),
      ),
    act: (prompt, tools, maxTurns) =>
      callVendor(prompt, call, (guarded) =>
        effort.run(guarded, (asked) =>
          runTurns(
            client,
            toBody(options.name, asked),
            asked,
            scrubTools(tools, call.secrets),
            maxTurns,
          ),
        ),
      ),
  };
}

const toBody = (model: string, prompt: Prompt) => ({
  model,
  max_tokens: prompt.maxOutput ?? DEFAULT_MAX_OUTPUT,
  system: [
    { type: "text" as const, text: prompt.system, cache_control: { type: "ephemeral" as const } },
  ],
  messages: [{ role: "user" as const, content: prompt.user }],
  output_config: prompt.effort === undefined ? {} : { effort: prompt.effort },
});

async function runTurns(
  client: Anthropic,
  body: ReturnType<typeof toBody>,
  prompt: Prompt,
  tools: readonly Tool[],
  maxTurns: number,
): Promise<Acted> {
  const stopped: Stop[] = [];
  const runner = client.beta.messages.toolRunner(
    {
      ...body,
      tools: tools.map((tool) => toRunnable(tool, tools, prompt.signal, stopped)),
      max_iterations: maxTurns,
      stream: true,
      // The default keeps the history at the vendor and sends only what is new: other servers would lose it.
      thread: false,
      // Moves the cached prefix along with the growing history.
      cache_control: { type: "ephemeral" },
    },
    { signal: prompt.signal },
  );
  const described = tools.map(({ name, description, input }) => ({ name, description, input }));
  prompt.beforeRequest({
    input: estimateTokens(prompt.system, prompt.user, JSON.stringify(described)),
    maxOutput: body.max_tokens,
  });
  let turns = 0;
  for await (const stream of runner) {
    const reply = await finishTurn(stream, prompt);
    if ("why" in reply) return reply;
    turns += 1;
    const fault = findFault(reply);
    if (fault) return fault;
    if (reply.stop_reason !== "tool_use" && reply.stop_reason !== "pause_turn")
      return { ok: true, text: toText(reply) };
    // Before the calls are run: their results could not be told to the model any more.
    if (turns >= maxTurns) break;
    const results = await runner.generateToolResponse();
    if (stopped[0]) throw stopped[0];
    prompt.signal.throwIfAborted();
    const { input, output } = toUsage(reply);
    prompt.beforeRequest({
      input: input + output + estimateTokens(JSON.stringify(results ?? "")),
      maxOutput: body.max_tokens,
    });
  }
  return { ok: false, why: "turns", detail: `${maxTurns} turns used` };
}

/** The runner answers the model with whatever is thrown, a `Stop` included, so that one is kept aside. */
function toRunnable(
  tool: Tool,
  tools: readonly Tool[],
  signal: AbortSignal,
  stopped: Stop[],
): BetaRunnableTool<unknown> {
  return {
    type: "custom",
    name: tool.name,
    description: tool.description,
    input_schema: { ...tool.input, type: "object" },
    parse: (input) => input,
    run: async (input) => {
      try {
        const { text, failed } = await runTool(tools, tool.name, () => input, signal);
        if (!failed) return text;
        throw new Error(text.replace(/^Error: /, ""));
      } catch (error) {
        if (error instanceof Stop) stopped.push(error);
        throw error;
      }
    },
  };
}

/** A turn whose tool arguments are no JSON cannot be replayed, so it ends the loop as a fault of the model. */
async function finishTurn(stream: ReplyStream, prompt: Prompt): Promise<Reply | Fault> {
  try {
    return await finishReply(stream, prompt);
  } catch (error) {
    // The SDK gives this one error no code: it has only its sentence.
    const isUnparsable =
      error instanceof Anthropic.AnthropicError &&
      error.message.startsWith("Unable to parse tool parameter JSON");
    if (!isUnparsable) throw error;
    return { ok: false, why: "invalid", detail: "the arguments of a tool call were not JSON" };
  }
}

/** Waits for the end of a reply and reports its usage; for one that broke off, what is known of it. */
async function finishReply(stream: ReplyStream, prompt: Prompt): Promise<Reply> {
  let begun: Reply | undefined;
  stream.on("streamEvent", (_event, snapshot) => {
    begun = snapshot;
  });
  let reply: Reply;
  try {
    reply = await stream.finalMessage();
  } catch (error) {
    if (begun) prompt.onUsage(withPartialOutput(begun));
    throw error;
  }
  if (reply.stop_reason === null) {
    prompt.onUsage(withPartialOutput(reply));
    throw new TransportError({
      message: "the reply was cut off",
      type: "cut_stream",
      retryable: true,
    });
  }
  prompt.onUsage(toUsage(reply));
  return reply;
}

/** `input_tokens` counts only what was not cached. */
function toUsage({ usage }: Reply): Usage {
  const cacheRead = usage.cache_read_input_tokens ?? 0;
  const cacheWrite = usage.cache_creation_input_tokens ?? 0;
  return {
    input: usage.input_tokens + cacheRead + cacheWrite,
    cacheRead,
    cacheWrite,
    output: usage.output_tokens,
    reasoning: usage.output_tokens_details?.thinking_tokens ?? 0,
    requests: 1,
  };
}

function withPartialOutput(reply: Reply): Usage {
  const usage = toUsage(reply);
  return { ...usage, output: Math.max(usage.output, countTokens(toText(reply))) };
}

const toText = (reply: Reply): string =>
  reply.content.map((block) => (block.type === "text" ? (block.text ?? "") : "")).join("");

function findFault(reply: Reply): Fault | undefined {
  switch (reply.stop_reason) {
    case "refusal":
      return {
        ok: false,
        why: "refused",
        detail: reply.stop_details?.explanation ?? toText(reply),
      };
    case "max_tokens":
    case "model_context_window_exceeded":
      return { ok: false, why: "truncated", detail: reply.stop_reason };
    default:
      return undefined;
  }
}

/** Older models refuse the depth setting as a whole; then it is left out, and that is remembered. */
function effortMemory() {
  let refused = false;
  return {
    async run<T>(prompt: Prompt, work: (prompt: Prompt) => Promise<T>): Promise<T> {
      const { effort, ...without } = prompt;
      if (refused || effort === undefined) return work(without);
      try {
        return await work(prompt);
      } catch (error) {
        // No code tells which parameter is meant; a 400 comes before anything was done or paid.
        const isRefused =
          error instanceof Anthropic.BadRequestError && /\beffort\b/.test(error.message);
        if (!isRefused) throw error;
        refused = true;
        return work(without);
      }
    },
  };
}
