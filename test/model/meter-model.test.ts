import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { type MeterOptions, meterModels } from "../../src/model/meter-model.ts";
import type { MeteredCall, Model } from "../../src/model/port.ts";
import type { Price } from "../../src/model/price-usage.ts";
import type { ProgressEvent } from "../../src/shared/progress.ts";
import { Stop } from "../../src/shared/stop.ts";
import {
  adapters,
  answerSchema,
  createModel,
  GOOD,
  KEY,
  recordingTool,
  rejection,
} from "./adapters.ts";
import { type ScriptedServer, startScriptedServer } from "./scripted-server.ts";

/** A micro-dollar a token, in and out, so that figures can be read. */
const plainPrice: Price = (_id, usage) => usage.input + usage.output;
const unknownPrice: Price = () => null;

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => {
  await server.close();
});

const call: MeteredCall = {
  purpose: { role: "reviewer", phase: "review", spec: "BUILD_01", attempt: 1, step: null },
  system: "You review.",
  user: "Review it.",
  maxOutput: 3_000,
};

function meter(model: Model, options: Partial<MeterOptions> = {}) {
  const events: ProgressEvent[] = [];
  const metered = meterModels(() => model, {
    allowance: { micros: 1_000_000, tokens: 1_000_000 },
    price: plainPrice,
    signal: new AbortController().signal,
    progress: (event) => void events.push(event),
    timeoutSeconds: 10,
    phase: "review",
    retryMilliseconds: 1,
    ...options,
  });
  return { ...metered, events };
}

async function failureOf(promise: Promise<unknown>) {
  const error = await rejection(promise);
  expect(error).toBeInstanceOf(Stop);
  return (error as Stop).failure;
}

describe.each(adapters)("metered $name", (adapter) => {
  const create = (options: Partial<MeterOptions> = {}) =>
    meter(createModel(adapter, server.url), options);
  const bodies = () => server.requests.map((request) => JSON.stringify(request.body));

  test("records usage and cost by role and model, and reports each response", async () => {
    server.enqueue(GOOD, GOOD);
    const { model, spent, events } = create();
    await model.generate(call, "answer", answerSchema);
    await model.generate(call, "answer", answerSchema);
    const usage = {
      input: 200,
      cacheRead: 0,
      cacheWrite: 0,
      output: 20,
      reasoning: 0,
      requests: 2,
    };
    const id = `${adapter.name}:model-1`;
    expect(spent()).toEqual([{ role: "reviewer", model: id, micros: 220, ...usage }]);
    expect(events).toEqual(
      Array(2).fill({ kind: "model", role: "reviewer", micros: 110, tokens: 110 }),
    );
  });

  test.each([
    ["not JSON", { text: "Yes!" }, "not JSON"],
    ["against the schema", { text: '{"answer": 1, "count": 2}' }, "answer"],
  ])("asks once more for a reply that is %s, telling what is wrong", async (_name, bad, told) => {
    server.enqueue(bad, GOOD);
    const { model, spent } = create();
    expect(await model.generate(call, "answer", answerSchema)).toEqual({ answer: "yes", count: 2 });
    expect(bodies()[1]).toContain("could not be used");
    expect(bodies()[1]).toContain(told);
    expect(spent()[0]?.requests).toBe(2);
  });

  test("gives up after exactly one repair", async () => {
    server.handle(() => ({ text: '{"answer": "yes"}' }));
    const { model, spent } = create();
    const failure = await failureOf(model.generate(call, "answer", answerSchema));
    expect(failure).toMatchObject({ reason: "model-invalid", role: "reviewer" });
    expect(JSON.stringify(failure)).toContain("count");
    expect(server.requests).toHaveLength(2);
    expect(spent()[0]?.requests).toBe(2);
  });

  test("gives a cut-off reply twice the room, once", async () => {
    server.handle(() => ({ text: "{", truncated: true }));
    const { model } = create();
    const failure = await failureOf(model.generate(call, "answer", answerSchema));
    expect(failure).toMatchObject({ reason: "model-truncated" });
    expect(server.requests).toHaveLength(2);
    expect(bodies()[0]).toMatch(/"(max_tokens|max_output_tokens)":3000/);
    expect(bodies()[1]).toMatch(/"(max_tokens|max_output_tokens)":6000/);
  });

  test("does not argue with a refusal, and pays for it", async () => {
    server.enqueue({ refusal: "No." });
    const { model, spent } = create();
    const failure = await failureOf(model.generate(call, "answer", answerSchema));
    expect(failure).toEqual({ reason: "model-refused", role: "reviewer", detail: "No." });
    expect(spent()[0]?.requests).toBe(1);
  });

  test("shows no secret that a model repeats in its refusal", async () => {
    const secret = `ghp_${"a1B2".repeat(9)}`;
    server.enqueue({ refusal: `I saw ${secret}.` });
    const failure = await failureOf(create().model.generate(call, "answer", answerSchema));
    expect(failure).toMatchObject({ detail: "I saw [redacted:github-token]." });
  });

  test("repeats a value whose stream broke off, and pays for both", async () => {
    server.enqueue({ ...GOOD, breakOff: "error" }, GOOD);
    const { model, spent } = create();
    expect(await model.generate(call, "answer", answerSchema)).toEqual({ answer: "yes", count: 2 });
    expect(spent()[0]?.requests).toBe(2);
  });

  test("repeats it once only, then tells status and type and no more", async () => {
    const body = { type: "error", error: { type: "overloaded_error", message: `echo ${KEY}` } };
    server.handle(() => ({ status: 529, body }));
    const { model } = create();
    const failure = await failureOf(model.generate(call, "answer", answerSchema));
    expect(failure).toEqual({
      reason: "model-unavailable",
      role: "reviewer",
      detail: expect.stringMatching(/^status 529, overloaded_error, request req_fault$/),
    });
    expect(server.requests).toHaveLength(2);
  });

  test("never repeats a loop over tools", async () => {
    server.enqueue({ calls: [{ tool: "read", input: {} }] }, { text: "x", breakOff: "error" });
    const { model } = create();
    const tool = recordingTool("read", () => "ok");
    const failure = await failureOf(model.act(call, [tool], 5));
    expect(failure).toMatchObject({ reason: "model-unavailable" });
    expect(tool.inputs).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
  });

  test("does not make a call that would pass the allowance", async () => {
    const { model, spent } = create({ allowance: { micros: 1_000, tokens: 1_000_000 } });
    const failure = await failureOf(model.generate(call, "answer", answerSchema));
    expect(failure).toEqual({
      reason: "over-budget",
      phase: "review",
      spent: 0,
      allowance: 1_000,
      unit: "usd",
    });
    expect(server.requests).toEqual([]);
    expect(spent()).toEqual([]);
  });

  test("takes less output where the allowance bears no more", async () => {
    server.enqueue(GOOD);
    const { model } = create({ allowance: { micros: 4_000, tokens: 0 } });
    await model.generate({ ...call, maxOutput: 16_000 }, "answer", answerSchema);
    const limit = /"(?:max_tokens|max_output_tokens)":(\d+)/.exec(bodies()[0] ?? "")?.[1];
    expect(Number(limit)).toBeGreaterThan(2_048);
    expect(Number(limit)).toBeLessThan(4_000);
  });

  test("blames the allowance, and not the model, when that is what cuts replies off", async () => {
    server.handle(() => ({ text: "{", truncated: true }));
    const { model } = create({ allowance: { micros: 4_000, tokens: 0 } });
    const asked = { ...call, maxOutput: 16_000 };
    const failure = await failureOf(model.generate(asked, "answer", answerSchema));
    expect(failure).toMatchObject({ reason: "over-budget", spent: 110, allowance: 4_000 });
    expect(server.requests).toHaveLength(1);
  });

  test("stops a loop over tools in the middle, before the call that would pass", async () => {
    server.handle(() => ({
      calls: [{ tool: "read", input: {} }],
      usage: { input: 2_000, output: 400 },
    }));
    const { model, spent } = create({ allowance: { micros: 9_000, tokens: 0 } });
    const failure = await failureOf(model.act(call, [recordingTool("read", () => "ok")], 9));
    // Two responses of 2,400; a third could cost 2,400 + 3,000 and only 4,200 are left.
    expect(failure).toEqual({
      reason: "over-budget",
      phase: "review",
      spent: 4_800,
      allowance: 9_000,
      unit: "usd",
    });
    expect(server.requests).toHaveLength(2);
    expect(spent()[0]).toMatchObject({ micros: 4_800, requests: 2 });
  });

  test("holds a model of unknown price to the token allowance", async () => {
    server.enqueue(GOOD);
    const { model, spent } = create({
      price: unknownPrice,
      allowance: { micros: 0, tokens: 4_000 },
    });
    await model.generate(call, "answer", answerSchema);
    expect(spent()[0]).toMatchObject({ micros: null, input: 100, output: 10 });
    const failure = await failureOf(
      model.generate({ ...call, user: "long ".repeat(2_000) }, "answer", answerSchema),
    );
    expect(failure).toMatchObject({
      reason: "over-budget",
      spent: 110,
      allowance: 4_000,
      unit: "tokens",
    });
    expect(server.requests).toHaveLength(1);
  });

  test("counts calls side by side against one allowance", async () => {
    server.handle(() => GOOD);
    const { model } = create({ allowance: { micros: 8_000, tokens: 0 } });
    const outcomes = await Promise.allSettled(
      [1, 2, 3, 4].map(() => model.generate(call, "answer", answerSchema)),
    );
    // Each may cost a little more than 3,000, so the third does not fit beside two others.
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(2);
    expect(server.requests).toHaveLength(2);
  });

  test("lets calls whose faults are values wait for each other, and tells of each what it cost", async () => {
    server.handle(() => GOOD);
    const { model, spent } = create({ allowance: { micros: 8_000, tokens: 0 } });
    const tried = await Promise.all(
      [1, 2, 3, 4].map(() => model.tryGenerate(call, "answer", answerSchema)),
    );
    expect(tried.map(({ ok, micros }) => [ok, micros])).toEqual(Array(4).fill([true, 110]));
    expect(spent()[0]?.micros).toBe(440);
  });

  test("gives what the allowance no longer bears as a value beside the others, and never passes it", async () => {
    server.handle(() => ({ ...GOOD, usage: { input: 900, output: 2_000 } }));
    const { model, spent } = create({ allowance: { micros: 8_000, tokens: 0 } });
    const tried = await Promise.all(
      [1, 2, 3, 4].map(() => model.tryGenerate(call, "answer", answerSchema)),
    );
    const reasons = tried.map((each) => (each.ok ? "answered" : each.failure.reason));
    expect(reasons.filter((reason) => reason === "answered").length).toBeGreaterThan(0);
    expect(spent()[0]?.micros).toBeLessThanOrEqual(8_000);
    expect(new Set(reasons)).toEqual(new Set(["answered", "over-budget"]));
  });

  test.each([
    ["a refusal", { refusal: "No." }, "model-refused"],
    ["two cut-off replies", { text: "{", truncated: true }, "model-truncated"],
    ["two replies that cannot be used", { text: "Yes!" }, "model-invalid"],
  ])("gives %s as a value, with what it cost", async (_name, reply, reason) => {
    server.handle(() => reply);
    const tried = await create().model.tryGenerate(call, "answer", answerSchema);
    expect(tried).toMatchObject({ ok: false, failure: { reason } });
    expect(tried.micros).toBeGreaterThan(0);
  });

  test("throws an interruption through every value", async () => {
    server.enqueue({ text: "x", breakOff: "stall" });
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("Ctrl-C")), 100);
    const { model } = create({ signal: controller.signal });
    const failure = await failureOf(model.tryGenerate(call, "answer", answerSchema));
    expect(failure).toEqual({ reason: "interrupted", detail: "Ctrl-C" });
  });

  test("ends a stall as a timeout of the model", async () => {
    server.enqueue({ text: "x", breakOff: "stall" });
    const failure = await failureOf(
      create({ timeoutSeconds: 0.2 }).model.generate(call, "answer", answerSchema),
    );
    expect(failure).toEqual({ reason: "model-timeout", role: "reviewer", seconds: 0.2 });
    expect(server.requests).toHaveLength(1);
  });

  test("ends as interrupted when the caller aborts", async () => {
    server.enqueue({ text: "x", breakOff: "stall" });
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("Ctrl-C")), 100);
    const { model } = create({ signal: controller.signal });
    const failure = await failureOf(model.act(call, [], 3));
    expect(failure).toEqual({ reason: "interrupted", detail: "Ctrl-C" });
  });

  test("ends a loop that does not end as out of turns", async () => {
    server.handle(() => ({ calls: [{ tool: "read", input: {} }] }));
    const failure = await failureOf(
      create().model.act(call, [recordingTool("read", () => "ok")], 2),
    );
    expect(failure).toEqual({ reason: "model-turns", role: "reviewer", turns: 2 });
  });
});

test("a bug stays the exception it is", async () => {
  const bug = new TypeError("undefined is not a function");
  const broken: Model = {
    id: "broken:1",
    generate: () => Promise.reject(bug),
    act: () => Promise.reject(bug),
  };
  const { model } = meter(broken);
  expect(await rejection(model.act(call, [], 1))).toBe(bug);
  expect(await rejection(model.generate(call, "answer", z.object({})))).toBe(bug);
});
