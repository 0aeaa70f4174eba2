import { describe, expect, test } from "@jest/globals";
import { chooseModels } from "../../src/config/default-models.ts";
import { pickWorkspaceEnvironment } from "../../src/config/read-environment.ts";

const providers = (environment: Record<string, string>, configured = {}) => {
  const result = chooseModels(configured, environment);
  if (!result.ok) return result.failure;
  return Object.values(result.value).map((model) => model.split(":")[0]);
};

describe("chooseModels", () => {
  test("names the tiers of the validator that have a model of their own, and no other", () => {
    const all = Object.fromEntries(
      ["architect", "validator", "builder", "reviewer", "coach"].map((role) => [role, "a:b"]),
    );
    const chosen = chooseModels(all, {}, { small: "c:d", medium: null, large: null });
    expect(chosen).toEqual({ ok: true, value: { ...all, "validator.small": "c:d" } });
  });

  test("uses the vendor whose key is there", () => {
    expect(providers({ ANTHROPIC_API_KEY: "k" })).toEqual(Array(5).fill("anthropic"));
    expect(providers({ OPENAI_API_KEY: "k" })).toEqual(Array(5).fill("openai"));
  });

  test("lets another vendor review than the one that built", () => {
    const both = { ANTHROPIC_API_KEY: "k", OPENAI_API_KEY: "k" };
    const chosen = chooseModels({}, both);
    expect(chosen).toMatchObject({
      ok: true,
      value: { reviewer: expect.stringMatching(/^openai:/) },
    });
    const turned = chooseModels({ builder: "openai:gpt-6.2-sol" }, both);
    expect(turned).toMatchObject({
      ok: true,
      value: { builder: "openai:gpt-6.2-sol", reviewer: expect.stringMatching(/^anthropic:/) },
    });
  });

  test("keeps what is configured and needs no key for it", () => {
    const roles = ["architect", "validator", "builder", "reviewer", "coach"];
    const configured = Object.fromEntries(roles.map((role) => [role, `ollama:${role}`]));
    expect(chooseModels(configured, {})).toEqual({ ok: true, value: configured });
  });

  test("needs no coach where the four other roles are named", () => {
    const roles = ["architect", "validator", "builder", "reviewer"];
    const configured = Object.fromEntries(roles.map((role) => [role, `ollama:${role}`]));
    expect(chooseModels(configured, {})).toEqual({
      ok: true,
      value: { ...configured, coach: "ollama:validator" },
    });
  });

  test.each([
    ["no key", {}, {}, "architect"],
    ["an empty key", { ANTHROPIC_API_KEY: "  " }, {}, "architect"],
    ["one role left", {}, { architect: "ollama:a", validator: "ollama:b" }, "builder"],
    ["null", {}, { architect: null }, "architect"],
  ])("names the role without a model: %s", (_, environment, configured, role) => {
    expect(chooseModels(configured, environment)).toEqual({
      ok: false,
      failure: { reason: "model-not-configured", role },
    });
  });
});

test("the workspace gets no key and no token of the environment", () => {
  const picked = pickWorkspaceEnvironment({
    PATH: "/bin",
    HOME: "/h",
    OPENAI_API_KEY: "k",
    GH_TOKEN: "t",
  });
  expect(Object.values(picked).filter(Boolean)).toEqual(["/bin", "/h"]);
});
