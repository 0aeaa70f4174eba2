import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { anthropicModel } from "../../src/model/anthropic.ts";
import { openaiModel } from "../../src/model/openai.ts";
import { answerSchema, GOOD, KEY, preparePrompt, recordingTool } from "./adapters.ts";
import { type ScriptedServer, startScriptedServer } from "./scripted-server.ts";

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => {
  await server.close();
});

const call = { calls: [{ tool: "read", input: {} }] };
const read = () => recordingTool("read", () => "ok");
const claude = () =>
  anthropicModel({ name: "claude", apiKey: KEY, baseUrl: server.url, maxRetries: 0 });
const gpt = () =>
  openaiModel({ name: "gpt", apiKey: KEY, baseUrl: `${server.url}/v1`, maxRetries: 0 });

test("Anthropic: the prompt that is cached counts as part of the input", async () => {
  const usage = { input: 1_000, cacheRead: 300, cacheWrite: 500, output: 50, reasoning: 20 };
  server.enqueue({ ...GOOD, usage });
  const { prompt, heard } = preparePrompt();
  await claude().generate(prompt, "answer", answerSchema);
  expect(heard.usages).toEqual([{ ...usage, requests: 1 }]);
});

test("Anthropic: the stable prefix and the growing history are cached, nothing is kept at the vendor", async () => {
  server.enqueue(call, { text: "done" });
  await claude().act(preparePrompt().prompt, [read()], 3);
  for (const { body, headers } of server.requests) {
    expect(body.system).toEqual([
      { type: "text", text: "You build.", cache_control: { type: "ephemeral" } },
    ]);
    expect(body.cache_control).toEqual({ type: "ephemeral" });
    expect(body).not.toHaveProperty("thread");
    expect(String(headers["anthropic-beta"] ?? "")).not.toContain("thread");
    expect(body.tools).toHaveLength(1);
  }
  expect(server.requests[1]?.body.messages).toHaveLength(3);
});

test("Anthropic: nothing that newer models refuse is sent", async () => {
  server.enqueue(GOOD);
  await claude().generate(preparePrompt().prompt, "answer", answerSchema);
  for (const name of ["temperature", "top_p", "top_k", "tool_choice", "thinking"]) {
    expect(server.requests[0]?.body).not.toHaveProperty(name);
  }
});

test("OpenAI: nothing is stored, so reasoning travels encrypted with the history", async () => {
  const reasoning = { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "sealed" };
  server.enqueue({ ...call, items: [reasoning] }, { text: "done" });
  await gpt().act(preparePrompt().prompt, [read()], 3);
  for (const { body } of server.requests) {
    expect(body).toMatchObject({ store: false, include: ["reasoning.encrypted_content"] });
    expect(body).not.toHaveProperty("previous_response_id");
  }
  expect(JSON.stringify(server.requests[1]?.body.input)).toContain("sealed");
});

test("OpenAI: the cache key is that of the prefix and tells no purpose", async () => {
  server.handle(() => GOOD);
  const model = gpt();
  const prompts = [{}, { user: "Another." }, { system: "You review." }];
  for (const overrides of prompts) {
    await model.generate(preparePrompt(overrides).prompt, "answer", answerSchema);
  }
  const [first, second, third] = server.requests.map((request) => request.body.prompt_cache_key);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
  expect(JSON.stringify(server.requests[0]?.body)).not.toContain("BUILD_01");
});
