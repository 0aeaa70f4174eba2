import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Stop } from "../shared/stop.ts";
import { DEFAULT_MAX_OUTPUT } from "./call-vendor.ts";
import { checkReply } from "./check-reply.ts";
import { countTokens } from "./estimate-tokens.ts";
import type { Acted, Fault, Model, Prompt, Purpose, Tool } from "./port.ts";
import { runTool } from "./run-tool.ts";

const faultSchema = z.strictObject({ $fault: z.enum(["refused", "truncated"]) });
const turnSchema = z.strictObject({
  text: z.string().optional(),
  calls: z.array(z.strictObject({ tool: z.string(), input: z.unknown() })).optional(),
});
const turnsSchema = z.array(z.union([faultSchema, turnSchema]));
const sequenceSchema = z.strictObject({ $sequence: z.array(z.unknown()).min(1) });

/** A reply as the file holds it: parsed JSON, or the text of a `.txt` file. */
type Script = { path: string; json: unknown } | { path: string; text: string };

/**
 * A model that answers from files instead of thinking. `generate` takes a JSON value or, from a `.txt` file, any text;
 * `act` takes an array of turns, `{ "text" }` or `{ "calls": [{ "tool", "input" }] }`, whose calls are really run; the
 * last turn's text is the reply. `{ "$fault": "refused" | "truncated" }` stands for a fault; `{ "$sequence": [...] }`
 * holds the replies to one call after another (repairs), the last of them for all that follow.
 *
 * The file of a call is `<phase>[.<spec>][.<attempt>][.<step>].json`, the most specific one that exists; without any
 * the run stops with `script-missing`. Usage is an estimate by tokenx of the real prompt and reply, so that the money
 * is real arithmetic about tokens that were never sent.
 */
export function scriptedModel(options: {
  directory: string;
  name: string;
  /** First part of its id; `scripted` by default. */
  provider?: string;
}): Model {
  const uses = new Map<string, number>();
  const next = (purpose: Purpose) => readReply(options.directory, purpose, uses);
  return {
    id: `${options.provider ?? "scripted"}:${options.name}`,
    async generate(prompt, _name, schema) {
      const asked = JSON.stringify(z.toJSONSchema(schema));
      const input = openRequest(prompt, countTokens(prompt.system + prompt.user + asked));
      const script = await next(prompt.purpose);
      const text = "text" in script ? script.text : JSON.stringify(script.json);
      closeRequest(prompt, input, text);
      return ("json" in script && findFault(script.json)) || checkReply(schema, text);
    },
    async act(prompt, tools, maxTurns) {
      const described = JSON.stringify(tools.map((tool) => [tool.description, tool.input]));
      let input = openRequest(prompt, countTokens(prompt.system + prompt.user + described));
      const script = await next(prompt.purpose);
      const turns = "text" in script ? [{ text: script.text }] : parseTurns(script);
      let text = "";
      for (const [index, turn] of turns.entries()) {
        if (index >= maxTurns)
          return { ok: false, why: "turns", detail: `${maxTurns} turns used` } satisfies Acted;
        if (index > 0) openRequest(prompt, input);
        const written = JSON.stringify(turn);
        closeRequest(prompt, input, written);
        const fault = findFault(turn);
        if (fault) return fault;
        if ("$fault" in turn) continue;
        text = turn.text ?? "";
        const results = await runCalls(turn.calls ?? [], tools, prompt.signal);
        input += countTokens(written) + countTokens(results);
      }
      return { ok: true, text };
    },
  };
}

/** Reports a request about to be made, as the adapters of the vendors do; gives back its tokens. */
function openRequest(prompt: Prompt, input: number): number {
  prompt.signal.throwIfAborted();
  prompt.beforeRequest({ input, maxOutput: prompt.maxOutput ?? DEFAULT_MAX_OUTPUT });
  return input;
}

const closeRequest = (prompt: Prompt, input: number, reply: string): void =>
  prompt.onUsage({
    input,
    cacheRead: 0,
    cacheWrite: 0,
    output: countTokens(reply),
    reasoning: 0,
    requests: 1,
  });

/** One after another: a script is written in the order in which it should happen. */
async function runCalls(
  calls: readonly { tool: string; input?: unknown }[],
  tools: readonly Tool[],
  signal: AbortSignal,
): Promise<string> {
  const results: string[] = [];
  for (const call of calls) {
    results.push((await runTool(tools, call.tool, () => call.input, signal)).text);
  }
  return results.join("\n");
}

function findFault(json: unknown): Fault | undefined {
  const fault = faultSchema.safeParse(json);
  if (!fault.success) return undefined;
  return { ok: false, why: fault.data.$fault, detail: `scripted: ${fault.data.$fault}` };
}

function parseTurns(script: { path: string; json: unknown }): z.infer<typeof turnsSchema> {
  const fault = faultSchema.safeParse(script.json);
  if (fault.success) return [fault.data];
  const turns = turnsSchema.safeParse(script.json);
  if (turns.success) return turns.data;
  throw invalidScript(script.path, `is no array of turns: ${z.prettifyError(turns.error)}`);
}

const invalidScript = (path: string, detail: string): Stop =>
  new Stop({ reason: "config-invalid", path, line: 1, column: 1, detail: `The script ${detail}` });

async function readReply(
  directory: string,
  purpose: Purpose,
  uses: Map<string, number>,
): Promise<Script> {
  const names = nameScripts(purpose);
  for (const name of names.flatMap((each) => [`${each}.json`, `${each}.txt`])) {
    const path = join(directory, name);
    const content = await readIfPresent(path);
    if (content === undefined) continue;
    if (name.endsWith(".txt")) return { path, text: content };
    const used = uses.get(path) ?? 0;
    uses.set(path, used + 1);
    return { path, json: pickReply(parseScript(path, content), used) };
  }
  throw new Stop({ reason: "script-missing", path: join(directory, `${names[0]}.json`) });
}

function pickReply(json: unknown, used: number): unknown {
  const sequence = sequenceSchema.safeParse(json);
  if (!sequence.success) return json;
  return sequence.data.$sequence[Math.min(used, sequence.data.$sequence.length - 1)];
}

/** File names for a call without ending, most specific first: the step tells more than the attempt, the spec most. */
export function nameScripts({ phase, spec, attempt, step }: Purpose): string[] {
  // A part comes from a model's document at times: it must not lead out of the directory.
  const clean = (part: string): string => part.replace(/[^A-Za-z0-9_-]+/g, "-");
  const specs = spec === null ? [[]] : [[clean(spec)], []];
  const tails = [
    ...(step === null ? [] : [[String(attempt), clean(step)], [clean(step)]]),
    [String(attempt)],
    [],
  ];
  return specs.flatMap((head) => tails.map((tail) => [clean(phase), ...head, ...tail].join(".")));
}

function parseScript(path: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw invalidScript(path, `is not JSON: ${String(Object(error).message)}`);
  }
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (Object(error).code === "ENOENT") return undefined;
    throw error;
  }
}
