import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { TransportError } from "../../src/model/transport-error.ts";
import { Stop } from "../../src/shared/stop.ts";
import {
  adapters,
  answerSchema,
  createModel,
  GOOD,
  preparePrompt,
  recordingTool,
  rejection,
} from "./adapters.ts";
import { type ScriptedServer, startScriptedServer } from "./scripted-server.ts";

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => {
  await server.close();
});

const call = (tool: string, input: unknown = { path: "a.ts" }) => ({ calls: [{ tool, input }] });
const bodies = () => server.requests.map((request) => JSON.stringify(request.body));

describe.each(adapters)("$name: generate", (adapter) => {
  const generate = (retries = 0, overrides = {}) => {
    const { prompt, heard } = preparePrompt(overrides);
    const model = createModel(adapter, server.url, retries);
    return { result: model.generate(prompt, "answer", answerSchema), heard };
  };

  test("gives the value, and the usage in one convention", async () => {
    const usage = { input: 1_000, cacheRead: 600, cacheWrite: 0, output: 50, reasoning: 20 };
    server.enqueue({ ...GOOD, usage });
    const { result, heard } = generate();
    expect(await result).toEqual({ ok: true, value: { answer: "yes", count: 2 } });
    expect(heard.usages).toEqual([{ ...usage, requests: 1 }]);
    expect(heard.estimates).toHaveLength(1);
    expect(heard.estimates[0]).toMatchObject({ maxOutput: 1_000 });
    expect(heard.estimates[0]?.input).toBeGreaterThan(10);
  });

  test("gives a refusal as a value, with its usage", async () => {
    server.enqueue({ refusal: "I will not do that" });
    const { result, heard } = generate();
    expect(await result).toMatchObject({ ok: false, why: "refused", detail: "I will not do that" });
    expect(heard.usages).toHaveLength(1);
  });

  test("gives a cut-off reply as truncated, with its usage, whatever its text is", async () => {
    server.enqueue({ text: '{"answer": "ye', truncated: true });
    const { result, heard } = generate();
    expect(await result).toMatchObject({ ok: false, why: "truncated" });
    expect(heard.usages).toHaveLength(1);
  });

  test("gives a reply that is not JSON as invalid, with its usage", async () => {
    server.enqueue({ text: "I think yes." });
    const { result, heard } = generate();
    expect(await result).toMatchObject({
      ok: false,
      why: "invalid",
      detail: expect.stringContaining("not JSON"),
    });
    expect(heard.usages).toHaveLength(1);
  });

  test("gives a reply against the schema as invalid, and says where", async () => {
    server.enqueue({ text: '{"answer": "yes", "count": "two"}' });
    const { result, heard } = generate();
    expect(await result).toMatchObject({
      ok: false,
      why: "invalid",
      detail: expect.stringContaining("count"),
    });
    expect(heard.usages).toHaveLength(1);
  });

  test("waits as long as a 429 asks, then succeeds", async () => {
    server.enqueue({ status: 429, headers: { "retry-after": "0.7" }, body: { error: {} } }, GOOD);
    expect(await generate(2).result).toMatchObject({ ok: true });
    const [first, second] = server.requests;
    expect(server.requests).toHaveLength(2);
    // Longer than the half second of the SDKs' own first wait.
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(680);
  });

  test.each([529, 503, 500])(
    "repeats a request answered by %i, then gives up with its status",
    async (status) => {
      const refused = {
        status,
        headers: { "retry-after-ms": "1" },
        body: { type: "error", error: { type: "overloaded_error", message: "Overloaded" } },
      };
      server.enqueue(refused, refused);
      const { result, heard } = generate(1);
      const error = await rejection(result);
      expect(error).toBeInstanceOf(TransportError);
      expect(error).toMatchObject({ status, retryable: true });
      expect(server.requests).toHaveLength(2);
      expect(heard.usages).toEqual([]);
    },
  );

  test("does not repeat a request that is wrong in itself", async () => {
    server.enqueue({
      status: 401,
      body: { error: { type: "authentication_error", message: "bad key" } },
    });
    expect(await rejection(generate(2).result)).toMatchObject({ status: 401, retryable: false });
    expect(server.requests).toHaveLength(1);
  });

  test("ends a stalled stream when the signal says so", async () => {
    server.enqueue({ text: "beginning", breakOff: "stall" });
    const started = performance.now();
    const { result, heard } = generate(2, { signal: AbortSignal.timeout(150) });
    expect(await rejection(result)).toMatchObject({ name: "TimeoutError" });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(server.requests).toHaveLength(1);
    // What was begun is paid for.
    expect(heard.usages).toHaveLength(1);
    expect(heard.usages[0]?.input).toBeGreaterThan(0);
  });

  test.each(["end", "reset", "error"] as const)(
    "does not take a stream that breaks off (%s) for a reply",
    async (breakOff) => {
      // A complete value, so that only the missing end can tell.
      server.enqueue({ ...GOOD, breakOff });
      const { result, heard } = generate();
      const error = await rejection(result);
      expect(error).toBeInstanceOf(TransportError);
      expect(error).toMatchObject({ retryable: true });
      expect(heard.usages).toHaveLength(1);
    },
  );

  test.each([
    [
      "a line that is no JSON",
      "text/event-stream",
      'event: message_start\ndata: {"type": oops\n\n',
    ],
    ["an empty stream", "text/event-stream", ""],
    ["a page of a proxy", "text/html", "<html>Please log in</html>"],
    ["JSON that breaks off", "application/json", '{"choices": ['],
    ["another kind of JSON", "application/json", '{"hello": "world"}'],
  ])("does not take %s for a reply", async (_name, type, body) => {
    server.enqueue({ status: 200, headers: { "content-type": type }, body });
    const error = await rejection(generate().result);
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({ retryable: true });
  });

  test("throws what a hook threw even when the signal was aborted as well", async () => {
    const stop = new Stop({
      reason: "over-budget",
      phase: "build",
      spent: 1,
      allowance: 1,
      unit: "usd",
    });
    const onUsage = () => {
      throw stop;
    };
    server.enqueue({ text: "beginning", breakOff: "stall" });
    expect(await rejection(generate(0, { onUsage, signal: AbortSignal.timeout(100) }).result)).toBe(
      stop,
    );
  });

  test("fails as a connection fault when nobody listens", async () => {
    await server.close();
    const error = await rejection(generate().result);
    expect(error).toMatchObject({ name: "TransportError", status: null, retryable: true });
    expect(String(Object(error).message)).toContain("ECONNREFUSED");
  });

  test("asks nothing when the hook forbids it, and throws what the hook threw", async () => {
    const stop = new Stop({
      reason: "over-budget",
      phase: "build",
      spent: 1,
      allowance: 1,
      unit: "usd",
    });
    const beforeRequest = () => {
      throw stop;
    };
    expect(await rejection(generate(0, { beforeRequest }).result)).toBe(stop);
    expect(server.requests).toEqual([]);
  });
});

describe.each(adapters.filter(({ name }) => name !== "compatible"))("$name: effort", (adapter) => {
  const refused = {
    status: 400,
    body: {
      type: "error",
      error: {
        type: "invalid_request_error",
        message: "This model does not support the effort parameter.",
        param: "reasoning.effort",
      },
    },
  };
  const asked = () =>
    server.requests.map((request) => JSON.stringify(request.body).includes('"effort":"high"'));

  test("is sent when it is wanted, and only then", async () => {
    server.enqueue(GOOD, GOOD);
    const model = createModel(adapter, server.url);
    await model.generate(preparePrompt({ effort: "high" }).prompt, "answer", answerSchema);
    await model.generate(preparePrompt().prompt, "answer", answerSchema);
    expect(asked()).toEqual([true, false]);
  });

  test("is left out, and stays out, where the model refuses it", async () => {
    server.enqueue(refused, GOOD, { text: "done" });
    const model = createModel(adapter, server.url);
    const { prompt } = preparePrompt({ effort: "high" });
    expect(await model.generate(prompt, "answer", answerSchema)).toMatchObject({ ok: true });
    expect(await model.act(prompt, [], 2)).toMatchObject({ ok: true });
    expect(asked()).toEqual([true, false, false]);
  });

  test("is left out of a loop over tools, too", async () => {
    server.enqueue(refused, { text: "done" });
    const { prompt, heard } = preparePrompt({ effort: "high" });
    expect(await createModel(adapter, server.url).act(prompt, [], 2)).toMatchObject({ ok: true });
    expect(asked()).toEqual([true, false]);
    expect(heard.usages).toHaveLength(1);
  });
});

describe.each(adapters)("$name: act", (adapter) => {
  const act = (tools: ReturnType<typeof recordingTool>[], maxTurns = 5, overrides = {}) => {
    const { prompt, heard } = preparePrompt(overrides);
    return { result: createModel(adapter, server.url).act(prompt, tools, maxTurns), heard };
  };
  const read = () => recordingTool("read", () => "contents of the file");

  test("runs tools until the model stops, and reports every response", async () => {
    const tool = read();
    server.enqueue(
      call("read"),
      {
        calls: [
          { tool: "read", input: { path: "b.ts" } },
          { tool: "read", input: { path: "c.ts" }, id: "other" },
        ],
      },
      { text: "done" },
    );
    const { result, heard } = act([tool]);
    expect(await result).toEqual({ ok: true, text: "done" });
    expect(tool.inputs).toEqual([{ path: "a.ts" }, { path: "b.ts" }, { path: "c.ts" }]);
    expect(heard.usages).toHaveLength(3);
    expect(heard.estimates).toHaveLength(3);
    expect(bodies()[1]).toContain("contents of the file");
    // The whole history goes along: nothing is left to a server's memory.
    expect(bodies()[2]).toContain("a.ts");
    expect(bodies()[2]).toContain("Build it.");
    expect(bodies()[2]).toContain("You build.");
  });

  test("estimates later requests from what the last one really used", async () => {
    server.enqueue({ ...call("read"), usage: { input: 40_000, output: 500 } }, { text: "done" });
    const { result, heard } = act([read()]);
    await result;
    expect(heard.estimates[1]?.input).toBeGreaterThan(40_500);
    expect(heard.estimates[1]?.input).toBeLessThan(41_500);
  });

  test("tells the model about a tool that throws", async () => {
    const broken = recordingTool("read", () => {
      throw new Error("no such file: a.ts");
    });
    server.enqueue(call("read"), { text: "I see" });
    expect(await act([broken]).result).toEqual({ ok: true, text: "I see" });
    expect(bodies()[1]).toContain("no such file: a.ts");
  });

  test("tells the model about a tool that does not exist", async () => {
    server.enqueue(call("destroy"), { text: "I see" });
    expect(await act([read()]).result).toEqual({ ok: true, text: "I see" });
    expect(bodies()[1]).toMatch(/destroy/);
    expect(bodies()[1]).toMatch(/[Ee]rror/);
  });

  test("survives malformed tool arguments", async () => {
    const tool = read();
    server.enqueue({ calls: [{ tool: "read", input: '{"path": nonsense' }] }, { text: "I see" });
    const result = await act([tool]).result;
    expect(tool.inputs).toEqual([]);
    if (adapter.name === "anthropic") {
      // Its SDK cannot give such a turn back to be answered, so the loop ends as a fault of the model.
      expect(result).toMatchObject({ ok: false, why: "invalid" });
      return;
    }
    expect(result).toEqual({ ok: true, text: "I see" });
    expect(bodies()[1]).toContain("not valid JSON");
  });

  test("ends at the turn limit, without running calls whose results nobody would see", async () => {
    const tool = read();
    server.handle(() => call("read"));
    const { result, heard } = act([tool], 3);
    expect(await result).toMatchObject({ ok: false, why: "turns" });
    expect(server.requests).toHaveLength(3);
    expect(heard.usages).toHaveLength(3);
    expect(tool.inputs).toHaveLength(2);
  });

  test.each(["onUsage", "beforeRequest"] as const)(
    "stops in the middle when %s throws, and asks nothing more",
    async (hook) => {
      const stop = new Stop({
        reason: "over-budget",
        phase: "build",
        spent: 2,
        allowance: 1,
        unit: "usd",
      });
      let heard = 0;
      const overrides = {
        [hook]: () => {
          heard += 1;
          if (heard === 2) throw stop;
        },
      };
      server.handle(() => call("read"));
      expect(await rejection(act([read()], 5, overrides).result)).toBe(stop);
      const seen = server.requests.length;
      expect(seen).toBe(hook === "onUsage" ? 2 : 1);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(server.requests).toHaveLength(seen);
    },
  );

  test("ends the run when a tool throws a Stop", async () => {
    const stop = new Stop({ reason: "disk-full", path: "/work" });
    const full = recordingTool("read", () => {
      throw stop;
    });
    server.handle(() => call("read"));
    expect(await rejection(act([full]).result)).toBe(stop);
    expect(server.requests).toHaveLength(1);
  });

  test("ends when the signal is aborted while a tool runs", async () => {
    const controller = new AbortController();
    const tool = recordingTool("read", () => {
      controller.abort(new Error("enough"));
      return "late";
    });
    server.handle(() => call("read"));
    const error = await rejection(act([tool], 5, { signal: controller.signal }).result);
    expect(error).toMatchObject({ message: "enough" });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ["refused", { refusal: "no" }],
    ["truncated", { text: "half a", truncated: true }],
  ])("gives a turn that was %s as a value", async (why, reply) => {
    server.enqueue(call("read"), reply);
    const { result, heard } = act([read()]);
    expect(await result).toMatchObject({ ok: false, why });
    expect(heard.usages).toHaveLength(2);
  });

  test("does not take a turn that was cut off for the end", async () => {
    server.enqueue(call("read"), { text: "almost", breakOff: "end" });
    const { result, heard } = act([read()]);
    expect(await rejection(result)).toBeInstanceOf(TransportError);
    expect(heard.usages).toHaveLength(2);
    expect(server.requests).toHaveLength(2);
  });
});
