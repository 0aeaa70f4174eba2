import { expect } from "@jest/globals";
import { z } from "zod";
import { anthropicModel } from "../../src/model/anthropic.ts";
import type { VendorOptions } from "../../src/model/call-vendor.ts";
import { compatibleModel } from "../../src/model/compatible.ts";
import { openaiModel } from "../../src/model/openai.ts";
import type { Model, Prompt, Tool, Usage } from "../../src/model/port.ts";

/** Assembled, so that no scanner takes it for a leak; unlike any shape that `redact` knows by itself. */
export const KEY = ["top", "secret", "key", "4711"].join("-");

export type Adapter = { name: string; create: (options: VendorOptions) => Model; path: string };

export const adapters: Adapter[] = [
  { name: "anthropic", create: anthropicModel, path: "" },
  { name: "openai", create: openaiModel, path: "/v1" },
  { name: "compatible", create: compatibleModel, path: "/v1" },
];

export const createModel = (adapter: Adapter, url: string, maxRetries = 0): Model =>
  adapter.create({ name: "model-1", apiKey: KEY, baseUrl: `${url}${adapter.path}`, maxRetries });

export const answerSchema = z.object({ answer: z.string(), count: z.int() });
export const GOOD = { text: JSON.stringify({ answer: "yes", count: 2 }) };

export type Heard = { usages: Usage[]; estimates: { input: number; maxOutput: number }[] };

/** A prompt and what its hooks heard. */
export function preparePrompt(overrides: Partial<Prompt> = {}): { prompt: Prompt; heard: Heard } {
  const heard: Heard = { usages: [], estimates: [] };
  const prompt: Prompt = {
    purpose: { role: "builder", phase: "build", spec: "BUILD_01", attempt: 1, step: null },
    system: "You build.",
    user: "Build it.",
    maxOutput: 1_000,
    signal: AbortSignal.timeout(10_000),
    onUsage: (usage) => void heard.usages.push(usage),
    beforeRequest: (estimate) => void heard.estimates.push(estimate),
    ...overrides,
  };
  return { prompt, heard };
}

/** A tool that remembers what it was given. */
export function recordingTool(
  name: string,
  run: (input: unknown) => string,
): Tool & { inputs: unknown[] } {
  const inputs: unknown[] = [];
  return {
    name,
    description: `The tool ${name}.`,
    input: { type: "object", properties: { path: { type: "string" } }, required: ["path"] },
    inputs,
    run: async (input) => {
      inputs.push(input);
      return run(input);
    },
  };
}

/** What a promise is rejected with; fails the test when it is not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  expect(outcome).toHaveProperty("error");
  return "error" in outcome ? outcome.error : undefined;
}
