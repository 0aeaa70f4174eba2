import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { meterModels } from "../../src/model/meter-model.ts";
import {
  adapters,
  answerSchema,
  createModel,
  KEY,
  preparePrompt,
  recordingTool,
} from "./adapters.ts";
import { type Answer, type ScriptedServer, startScriptedServer } from "./scripted-server.ts";

let server: ScriptedServer;
let printed: string[];
beforeEach(async () => {
  server = await startScriptedServer();
  printed = [];
  // Both SDKs would print requests and replies at this level.
  process.env.ANTHROPIC_LOG = "debug";
  process.env.OPENAI_LOG = "debug";
  const catchText = (...all: unknown[]): true => {
    printed.push(all.map((each) => inspect(each, { depth: 20 })).join(" "));
    return true;
  };
  for (const method of ["log", "info", "debug", "warn", "error", "trace"] as const) {
    jest.spyOn(console, method).mockImplementation(catchText);
  }
  jest.spyOn(process.stdout, "write").mockImplementation(catchText);
  jest.spyOn(process.stderr, "write").mockImplementation(catchText);
});
afterEach(async () => {
  jest.restoreAllMocks();
  delete process.env.ANTHROPIC_LOG;
  delete process.env.OPENAI_LOG;
  await server.close();
});

const echo = {
  error: {
    type: "invalid_request_error",
    message: `Incorrect API key provided: ${KEY}`,
    code: KEY,
  },
};
const call = { calls: [{ tool: "read", input: {} }] };

/** Everything that can go wrong with the key at hand: servers that echo it, tools that find it, words that hold it. */
const situations: [string, Answer[]][] = [
  ["a wrong key", [{ status: 401, body: echo }]],
  [
    "a bad request",
    [
      { status: 400, body: echo },
      { status: 400, body: echo },
      { status: 400, body: echo },
    ],
  ],
  [
    "a server fault",
    [{ status: 500, headers: { "request-id": KEY, "x-request-id": KEY }, body: echo }],
  ],
  ["a body that is no JSON", [{ status: 404, body: `<h1>${KEY}</h1>` }]],
  ["a broken stream", [{ text: "x", breakOff: "reset" }]],
  ["a tool that reads it", [call, { text: "done" }]],
  ["a tool that fails with it", [{ calls: [{ tool: "fail", input: {} }] }, { text: "done" }]],
  ["a reset in the loop", [call, { text: "x", breakOff: "reset" }]],
];

describe.each(adapters)("the key of $name", (adapter) => {
  test.each(situations)("stays in the header after %s", async (_name, answers) => {
    const tool = recordingTool("read", () => `.env: API_KEY=${KEY}`);
    const fail = recordingTool("fail", () => {
      throw new Error(`cannot log in with ${KEY}`);
    });
    const model = createModel(adapter, server.url);
    const errors: unknown[] = [];
    const { prompt } = preparePrompt({ user: `Use ${KEY}`, system: `The key is ${KEY}.` });
    const progressed: unknown[] = [];
    const metered = meterModels(() => model, {
      allowance: { micros: 1_000_000, tokens: 1_000_000 },
      price: () => 1,
      signal: prompt.signal,
      progress: (event) => void progressed.push(event),
      timeoutSeconds: 5,
      phase: "build",
      retryMilliseconds: 1,
    });
    const attempts = [
      () => model.generate(prompt, "answer", answerSchema),
      () => model.act(prompt, [tool, fail], 5),
      () => metered.model.generate(prompt, "answer", answerSchema),
      () => metered.model.act(prompt, [tool, fail], 5),
    ];
    for (const attempt of attempts) {
      server.enqueue(...answers, ...answers);
      errors.push(await attempt().catch((error: unknown) => error));
    }
    const seen = [
      inspect(errors, { depth: 20, showHidden: true }),
      JSON.stringify(
        errors.map((error) => [
          error,
          Object(error).message,
          Object(error).stack,
          Object(error).failure,
        ]),
      ),
      JSON.stringify(progressed),
      JSON.stringify(metered.spent()),
      JSON.stringify(server.requests.map((request) => [request.path, request.body])),
    ];
    expect(printed).toEqual([]);
    expect(seen.filter((text) => text.includes(KEY))).toEqual([]);
    // The capture works at all: the key did travel, where it belongs.
    expect(server.requests.length).toBeGreaterThan(3);
    for (const request of server.requests) {
      expect(request.headers.authorization).toBe(`Bearer ${KEY}`);
    }
  });
});
