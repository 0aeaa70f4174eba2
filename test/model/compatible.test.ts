import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { compatibleModel } from "../../src/model/compatible.ts";
import { answerSchema, GOOD, KEY, preparePrompt, recordingTool, rejection } from "./adapters.ts";
import {
  type Recorded,
  type Reply,
  type ScriptedServer,
  startScriptedServer,
} from "./scripted-server.ts";

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => {
  await server.close();
});

const create = () =>
  compatibleModel({
    name: "qwen3:32b",
    provider: "ollama",
    apiKey: KEY,
    baseUrl: `${server.url}/v1`,
    maxRetries: 0,
  });

const formatOf = (request: Recorded): string =>
  (request.body.response_format as { type: string } | undefined)?.type ?? "text";
const formats = () => server.requests.map(formatOf);

/** A server that knows only some of the ways to ask for JSON. */
const knowing =
  (known: readonly string[], status: number) =>
  (request: Recorded): Reply =>
    known.includes(formatOf(request))
      ? GOOD
      : { status, body: { error: { message: "unknown parameter" } } };

describe("the ladder", () => {
  test("starts with the schema and stays there", async () => {
    server.handle(() => GOOD);
    const model = create();
    for (const _ of [1, 2]) {
      expect(await model.generate(preparePrompt().prompt, "answer", answerSchema)).toMatchObject({
        ok: true,
      });
    }
    expect(formats()).toEqual(["json_schema", "json_schema"]);
    expect(JSON.stringify(server.requests[0]?.body)).not.toContain("JSON Schema");
  });

  test.each([400, 404, 415, 422, 501])(
    "steps down when the server answers %i, and remembers it",
    async (status) => {
      server.handle(knowing(["json_object", "text"], status));
      const model = create();
      for (const _ of [1, 2]) {
        expect(await model.generate(preparePrompt().prompt, "answer", answerSchema)).toMatchObject({
          ok: true,
        });
      }
      expect(formats()).toEqual(["json_schema", "json_object", "json_object"]);
      expect(JSON.stringify(server.requests[1]?.body.messages)).toContain("JSON Schema");
    },
  );

  test("goes down to words alone, where a fenced reply with thoughts is understood", async () => {
    const text = `<think>{"answer": "no"}?</think>\nHere it is:\n\`\`\`json\n${GOOD.text}\n\`\`\`\nDone.`;
    server.handle((request) => (formatOf(request) === "text" ? { text } : { status: 400 }));
    const model = create();
    const { prompt, heard } = preparePrompt();
    expect(await model.generate(prompt, "answer", answerSchema)).toMatchObject({
      ok: true,
      value: { count: 2 },
    });
    expect(formats()).toEqual(["json_schema", "json_object", "text"]);
    // Refused requests are asked for leave like any other, and bring no usage.
    expect(heard.estimates).toHaveLength(3);
    expect(heard.usages).toHaveLength(1);
    await model.generate(preparePrompt().prompt, "answer", answerSchema);
    expect(formats().slice(3)).toEqual(["text"]);
  });

  test("gives no fence the benefit of the doubt above the last rung, and then asks in words", async () => {
    const fenced = { text: `\`\`\`json\n${GOOD.text}\n\`\`\`` };
    server.handle(() => fenced);
    const model = create();
    const first = await model.generate(preparePrompt().prompt, "answer", answerSchema);
    expect(first).toMatchObject({ ok: false, why: "invalid" });
    const second = await model.generate(preparePrompt().prompt, "answer", answerSchema);
    expect(second).toMatchObject({ ok: true });
    expect(formats()).toEqual(["json_schema", "text"]);
  });

  test.each([401, 403, 429, 500])("does not step down for %i", async (status) => {
    server.handle(() => ({ status, body: { error: { message: "no" } } }));
    expect(
      await rejection(create().generate(preparePrompt().prompt, "answer", answerSchema)),
    ).toMatchObject({ status });
    expect(server.requests).toHaveLength(1);
  });

  test("does not ask again for a model that the server says it does not have", async () => {
    const body = { error: { code: "model_not_found", message: "no such model" } };
    server.handle(() => ({ status: 404, body }));
    await rejection(create().generate(preparePrompt().prompt, "answer", answerSchema));
    expect(server.requests).toHaveLength(1);
  });

  test("remembers nothing when all rungs are refused, and tells the server's sentence", async () => {
    server.handle(() => ({
      status: 404,
      body: { error: { message: "model 'qwen3:32b' not found, try pulling it" } },
    }));
    const model = create();
    const error = await rejection(model.generate(preparePrompt().prompt, "answer", answerSchema));
    expect(String(Object(error).message)).toContain("try pulling it");
    server.handle(() => GOOD);
    await model.generate(preparePrompt().prompt, "answer", answerSchema);
    expect(formats()).toEqual(["json_schema", "json_object", "text", "json_schema"]);
  });
});

describe("servers in the wild", () => {
  test("that refuse the option for usage are asked without it, and counted by estimate", async () => {
    server.handle((request) =>
      request.body.stream_options
        ? { status: 400, body: { error: { message: "Unknown parameter: stream_options" } } }
        : GOOD,
    );
    const { prompt, heard } = preparePrompt();
    const model = create();
    expect(await model.generate(prompt, "answer", answerSchema)).toMatchObject({ ok: true });
    expect(formats()).toEqual(["json_schema", "json_schema"]);
    expect(heard.usages[0]?.input).toBeGreaterThan(10);
    expect(heard.usages[0]?.output).toBeGreaterThan(3);
    await model.generate(preparePrompt().prompt, "answer", answerSchema);
    expect(server.requests).toHaveLength(3);
  });

  test("that report no usage are counted by estimate", async () => {
    server.enqueue({ ...GOOD, withoutUsage: true });
    const { prompt, heard } = preparePrompt();
    await create().generate(prompt, "answer", answerSchema);
    expect(heard.usages[0]).toMatchObject({ requests: 1, input: heard.estimates[0]?.input });
    expect(heard.usages[0]?.output).toBeGreaterThan(3);
  });

  test("that do not stream are understood", async () => {
    const calls = [
      { tool: "read", input: { path: "a" } },
      { tool: "read", input: { path: "b" } },
    ];
    server.enqueue(
      { ...GOOD, unstreamed: true },
      { calls, unstreamed: true },
      { text: "done", unstreamed: true },
    );
    const { prompt, heard } = preparePrompt();
    const model = create();
    expect(await model.generate(prompt, "answer", answerSchema)).toMatchObject({ ok: true });
    const tool = recordingTool("read", () => "ok");
    expect(await model.act(prompt, [tool], 3)).toEqual({ ok: true, text: "done" });
    expect(tool.inputs).toEqual([{ path: "a" }, { path: "b" }]);
    expect(heard.usages).toHaveLength(3);
  });

  const chunk = (delta: object, finish: string | null = null) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  const whole = (index: number | undefined, id: string | undefined, argument: unknown) => ({
    tool_calls: [{ index, id, type: "function", function: { name: "read", arguments: argument } }],
  });
  const streamed = (...chunks: string[]): Reply => ({
    status: 200,
    headers: { "content-type": "text/event-stream" },
    body: `${chunks.join("")}data: [DONE]\n\n`,
  });

  test.each([
    [
      "send every call under index 0",
      whole(0, "c1", '{"path":"a"}'),
      whole(0, "c2", '{"path":"b"}'),
    ],
    [
      "leave out the index",
      whole(undefined, "c1", '{"path":"a"}'),
      whole(undefined, "c2", '{"path":"b"}'),
    ],
    ["leave out the ids", whole(0, undefined, '{"path":"a"}'), whole(1, "", '{"path":"b"}')],
    ["send arguments as objects", whole(0, "c1", { path: "a" }), whole(1, "c2", { path: "b" })],
  ])("that %s keep their calls apart", async (_name, first, second) => {
    // They end with "stop" as if nothing was to be called.
    server.enqueue(streamed(chunk(first), chunk(second), chunk({}, "stop")), { text: "done" });
    const tool = recordingTool("read", (input) => `contents ${JSON.stringify(input)}`);
    const { prompt } = preparePrompt();
    expect(await create().act(prompt, [tool], 3)).toEqual({ ok: true, text: "done" });
    expect(tool.inputs).toEqual([{ path: "a" }, { path: "b" }]);
    const messages = server.requests[1]?.body.messages as { role: string; tool_call_id?: string }[];
    const ids = messages
      .filter(({ role }) => role === "tool")
      .map((message) => message.tool_call_id);
    expect(new Set(ids).size).toBe(2);
    expect(ids.every((id) => typeof id === "string" && id !== "")).toBe(true);
  });

  test("that end with an error inside the stream are not believed", async () => {
    server.enqueue(streamed(chunk({ content: "half" }), chunk({}, "error")));
    const { prompt, heard } = preparePrompt();
    expect(await rejection(create().act(prompt, [], 3))).toMatchObject({
      type: "api_error",
      retryable: true,
    });
    expect(heard.usages).toHaveLength(1);
  });

  test("that report an error with status 200 are not believed", async () => {
    const body = { error: { type: "rate_limit_exceeded", message: "later" } };
    server.enqueue({ status: 200, body });
    const { prompt, heard } = preparePrompt();
    const error = await rejection(create().act(prompt, [], 3));
    expect(error).toMatchObject({ type: "rate_limit_exceeded", retryable: true });
    expect(heard.usages).toEqual([]);
  });

  test("are not offered an empty list of tools", async () => {
    server.enqueue({ text: "done" });
    await create().act(preparePrompt().prompt, [], 3);
    expect(server.requests[0]?.body).not.toHaveProperty("tools");
  });

  test("never get malformed arguments back", async () => {
    server.enqueue({ calls: [{ tool: "read", input: "{oops" }] }, { text: "done" });
    await create().act(preparePrompt().prompt, [recordingTool("read", () => "ok")], 3);
    expect(JSON.stringify(server.requests[1]?.body)).not.toContain("oops");
  });
});
