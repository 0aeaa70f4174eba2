import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { loadModels } from "../../src/model/load-models.ts";
import type { Models } from "../../src/model/port.ts";
import type { ProviderSettings } from "../../src/model/providers.ts";
import { answerSchema, GOOD, KEY, preparePrompt } from "./adapters.ts";
import { type ScriptedServer, startScriptedServer } from "./scripted-server.ts";

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => {
  await server.close();
});

const everyone = (assignment: string) => ({
  architect: assignment,
  validator: assignment,
  builder: assignment,
  reviewer: assignment,
  coach: assignment,
});

async function load(
  assignment: string,
  providers: Record<string, ProviderSettings> = {},
  environment: Record<string, string> = {},
) {
  return await loadModels({ assignments: everyone(assignment), providers, environment });
}

async function loaded(...all: Parameters<typeof load>): Promise<Models> {
  const result = await load(...all);
  if (!result.ok) throw new Error(`not loaded: ${JSON.stringify(result.failure)}`);
  return result.value;
}

describe("loadModels", () => {
  test("gives a tier its own model; without one the role's, and for the large one the architect's", async () => {
    const assignments = {
      ...everyone("ollama:middle"),
      architect: "ollama:best",
      "validator.small": "ollama:tiny",
    };
    const result = await loadModels({ assignments, providers: {}, environment: {} });
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
    const models = result.value;
    const ids = (["small", "medium", "large"] as const).map((tier) => models("validator", tier).id);
    expect(ids).toEqual(["ollama:tiny", "ollama:middle", "ollama:best"]);
    expect(models("validator").id).toBe("ollama:middle");
    expect(models("builder", "small").id).toBe("ollama:middle");
  });

  test.each([
    ["anthropic:claude-opus-5-5", { ANTHROPIC_API_KEY: KEY }],
    ["openai:gpt-6.2-sol", { OPENAI_API_KEY: KEY }],
    ["ollama:qwen3:32b", {}],
    ["vllm:org/model", {}],
    ["openrouter:meta/llama:free", { OPENROUTER_API_KEY: KEY }],
  ])("loads %s without any configuration", async (assignment, environment) => {
    const models = await loaded(assignment, {}, environment);
    expect(models("architect").id).toBe(assignment);
    // One model for one assignment, so that what it learns of its server is shared.
    expect(models("builder")).toBe(models("architect"));
  });

  test.each([
    ["anthropic:claude-opus-5-5", "anthropic", "ANTHROPIC_API_KEY"],
    ["openai:gpt-6.2-sol", "openai", "OPENAI_API_KEY"],
    ["openrouter:meta/llama", "openrouter", "OPENROUTER_API_KEY"],
  ])("misses the key of %s by the name of its variable", async (assignment, provider, variable) => {
    const failure = { reason: "missing-key", provider, variable };
    expect(await load(assignment)).toEqual({ ok: false, failure });
    expect(await load(assignment, {}, { [variable]: "  " })).toEqual({ ok: false, failure });
  });

  test("knows what it does not know", async () => {
    const result = await load("nonesuch:model", {
      mine: { kind: "compatible", baseUrl: "http://x" },
    });
    expect(result).toEqual({
      ok: false,
      failure: {
        reason: "unknown-provider",
        provider: "nonesuch",
        known: ["anthropic", "mine", "ollama", "openai", "openrouter", "scripted", "vllm"],
      },
    });
    expect(await load("toString:model")).toMatchObject({ failure: { reason: "unknown-provider" } });
  });

  test.each(["", "anthropic", "anthropic:", ":model"])(
    "takes %j for no assignment",
    async (assignment) => {
      expect(await load(assignment)).toEqual({
        ok: false,
        failure: { reason: "model-not-configured", role: "architect" },
      });
    },
  );

  test("names the field a provider lacks", async () => {
    expect(await load("mine:model", { mine: { kind: "compatible" } })).toMatchObject({
      failure: {
        reason: "config-invalid",
        path: "providers.mine",
        detail: expect.stringContaining("baseUrl"),
      },
    });
    expect(await load("scripted:demo")).toMatchObject({
      failure: { reason: "config-invalid", detail: expect.stringContaining("directory") },
    });
  });

  test("checks only the providers in use", async () => {
    const result = await load("ollama:qwen3", {
      broken: { kind: "compatible" },
      paid: { kind: "openai", keyVariable: "NOT_SET" },
    });
    expect(result.ok).toBe(true);
  });

  test("gives each role its own model", async () => {
    const result = await loadModels({
      assignments: { ...everyone("ollama:small"), reviewer: "scripted:demo" },
      providers: { scripted: { kind: "scripted", directory: "/nowhere" } },
      environment: {},
    });
    if (!result.ok) throw new Error("not loaded");
    expect(result.value("builder").id).toBe("ollama:small");
    expect(result.value("reviewer").id).toBe("scripted:demo");
  });

  test("overrides only what is given of a built-in provider", async () => {
    server.enqueue(GOOD);
    const providers = { anthropic: { kind: "anthropic" as const, baseUrl: server.url } };
    expect(await load("anthropic:m", providers)).toMatchObject({
      failure: { variable: "ANTHROPIC_API_KEY" },
    });
    const models = await loaded("anthropic:m", providers, { ANTHROPIC_API_KEY: KEY });
    await models("coach").generate(preparePrompt().prompt, "answer", answerSchema);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });
});

describe("the process environment", () => {
  const kinds = [
    ["anthropic", "/"],
    ["openai", "/v1"],
    ["compatible", "/v1"],
  ] as const;
  const poison = {
    ANTHROPIC_BASE_URL: "http://127.0.0.1:9/evil",
    ANTHROPIC_AUTH_TOKEN: "from-the-environment",
    ANTHROPIC_API_KEY: "from-the-environment",
    ANTHROPIC_LOG: "debug",
    OPENAI_BASE_URL: "http://127.0.0.1:9/evil",
    OPENAI_API_KEY: "from-the-environment",
    OPENAI_ORG_ID: "from-the-environment",
    OPENAI_PROJECT_ID: "from-the-environment",
    OPENAI_LOG: "debug",
  };
  const before = { ...process.env };
  beforeEach(() => void Object.assign(process.env, poison));
  afterEach(() => {
    for (const name of Object.keys(poison)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });

  test.each(kinds)("moves neither address nor key of %s", async (kind, path) => {
    server.enqueue(GOOD);
    const providers = { mine: { kind, baseUrl: `${server.url}${path}`, keyVariable: "MY_KEY" } };
    const models = await loaded("mine:model", providers, { MY_KEY: KEY });
    const { prompt } = preparePrompt();
    expect(await models("coach").generate(prompt, "answer", answerSchema)).toMatchObject({
      ok: true,
    });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(JSON.stringify(server.requests[0])).not.toContain("from-the-environment");
  });

  test.each(kinds)("gives no key to a keyless server of kind %s", async (kind, path) => {
    server.enqueue(GOOD);
    const models = await loaded("mine:model", { mine: { kind, baseUrl: `${server.url}${path}` } });
    await models("coach").generate(preparePrompt().prompt, "answer", answerSchema);
    expect(JSON.stringify(server.requests[0])).not.toContain("from-the-environment");
  });
});
