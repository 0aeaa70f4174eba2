import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { meterModels } from "../../src/model/meter-model.ts";
import type { Purpose } from "../../src/model/port.ts";
import { nameScripts, scriptedModel } from "../../src/model/scripted.ts";
import { Stop } from "../../src/shared/stop.ts";
import { answerSchema, preparePrompt, recordingTool, rejection } from "./adapters.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "scripted-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const write = (name: string, content: unknown): Promise<void> =>
  writeFile(join(directory, name), typeof content === "string" ? content : JSON.stringify(content));
const create = () => scriptedModel({ directory, name: "demo" });
const purpose: Purpose = {
  role: "builder",
  phase: "build",
  spec: "BUILD_01",
  attempt: 2,
  step: "S-3",
};
const value = { answer: "yes", count: 2 };

test("the most specific file comes first", () => {
  expect(nameScripts(purpose)).toEqual([
    "build.BUILD_01.2.S-3",
    "build.BUILD_01.S-3",
    "build.BUILD_01.2",
    "build.BUILD_01",
    "build.2.S-3",
    "build.S-3",
    "build.2",
    "build",
  ]);
  expect(nameScripts({ ...purpose, phase: "design", spec: null, step: null })).toEqual([
    "design.2",
    "design",
  ]);
});

test("a name cannot lead out of the directory", () => {
  const names = nameScripts({ ...purpose, spec: "../../etc/passwd", step: "a/b\\c" });
  expect(names.join("\n")).not.toMatch(/[/\\]|\.\./);
});

describe("generate", () => {
  const generate = (model = create(), overrides: Partial<Purpose> = {}) => {
    const { prompt, heard } = preparePrompt({ purpose: { ...purpose, ...overrides } });
    return { result: model.generate(prompt, "answer", answerSchema), heard };
  };

  test("answers from the file, with usage estimated from the real words", async () => {
    await write("build.json", { answer: "general", count: 1 });
    await write("build.BUILD_01.2.json", value);
    const { result, heard } = generate();
    expect(await result).toEqual({ ok: true, value });
    expect(heard.usages).toHaveLength(1);
    expect(heard.usages[0]?.input).toBeGreaterThan(10);
    expect(heard.usages[0]?.output).toBeGreaterThan(3);
    expect(heard.estimates).toHaveLength(1);
    expect(await generate(create(), { attempt: 1 }).result).toMatchObject({
      value: { answer: "general" },
    });
  });

  test("checks what it answers like any model", async () => {
    await write("build.json", { answer: "yes" });
    expect(await generate().result).toMatchObject({ ok: false, why: "invalid" });
    await write("build.BUILD_01.txt", "Sorry, no JSON today.");
    expect(await generate().result).toMatchObject({
      ok: false,
      why: "invalid",
      detail: expect.stringContaining("Sorry"),
    });
  });

  test.each(["refused", "truncated"])("plays a fault: %s", async (why) => {
    await write("build.json", { $fault: why });
    const { result, heard } = generate();
    expect(await result).toMatchObject({ ok: false, why });
    expect(heard.usages).toHaveLength(1);
  });

  test("gives the replies of a sequence in order, the last for all that follow", async () => {
    await write("build.json", { $sequence: ["no object", { $fault: "truncated" }, value] });
    const model = create();
    const outcomes = [];
    for (let call = 0; call < 4; call += 1) outcomes.push(await generate(model).result);
    expect(outcomes).toMatchObject([
      { why: "invalid" },
      { why: "truncated" },
      { ok: true, value },
      { ok: true, value },
    ]);
  });

  test("stops where there is no file, naming the most specific one", async () => {
    const error = await rejection(generate().result);
    expect(error).toBeInstanceOf(Stop);
    const path = join(directory, "build.BUILD_01.2.S-3.json");
    expect((error as Stop).failure).toEqual({ reason: "script-missing", path });
  });

  test("says which file is no JSON", async () => {
    await write("build.json", "{ oops");
    const error = await rejection(generate().result);
    expect(Object(error).failure).toMatchObject({
      reason: "config-invalid",
      path: join(directory, "build.json"),
    });
  });

  test("is repaired under the meter like any model", async () => {
    await write("build.json", { $sequence: [{ answer: "no count" }, value] });
    const model = create();
    const metered = meterModels(() => model, {
      allowance: { micros: 0, tokens: 100_000 },
      price: () => null,
      signal: new AbortController().signal,
      progress: () => {},
      timeoutSeconds: 5,
      phase: "build",
    });
    const { prompt } = preparePrompt({ purpose });
    expect(await metered.model.generate(prompt, "answer", answerSchema)).toEqual(value);
    expect(metered.spent()).toMatchObject([{ model: "scripted:demo", micros: null, requests: 2 }]);
  });
});

describe("act", () => {
  const act = (tools: ReturnType<typeof recordingTool>[], maxTurns = 10, overrides = {}) => {
    const { prompt, heard } = preparePrompt({ purpose, ...overrides });
    return { result: create().act(prompt, tools, maxTurns), heard };
  };

  test("really runs the calls, in order, and replies with the last text", async () => {
    await write("build.S-3.json", [
      {
        text: "I start",
        calls: [
          { tool: "write", input: { path: "a" } },
          { tool: "write", input: { path: "b" } },
        ],
      },
      { calls: [{ tool: "nonsense", input: {} }] },
      { text: "done" },
    ]);
    const tool = recordingTool("write", () => "written ".repeat(500));
    const { result, heard } = act([tool]);
    expect(await result).toEqual({ ok: true, text: "done" });
    expect(tool.inputs).toEqual([{ path: "a" }, { path: "b" }]);
    expect(heard.usages).toHaveLength(3);
    expect(heard.estimates).toHaveLength(3);
    // Results are part of the next prompt, as they would be.
    expect((heard.usages[1]?.input ?? 0) - (heard.usages[0]?.input ?? 0)).toBeGreaterThan(500);
  });

  test("goes on after a tool that throws, ends at a Stop", async () => {
    await write("build.json", [{ calls: [{ tool: "write", input: {} }] }, { text: "done" }]);
    const broken = recordingTool("write", () => {
      throw new Error("refused");
    });
    expect(await act([broken]).result).toEqual({ ok: true, text: "done" });
    const stop = new Stop({ reason: "disk-full", path: "/" });
    const full = recordingTool("write", () => {
      throw stop;
    });
    expect(await rejection(act([full]).result)).toBe(stop);
  });

  test("keeps to the turn limit, to the budget and to the signal", async () => {
    await write("build.json", Array(5).fill({ calls: [{ tool: "write", input: {} }] }));
    const tool = recordingTool("write", () => "ok");
    expect(await act([tool], 3).result).toMatchObject({ ok: false, why: "turns" });
    let asked = 0;
    const stop = new Stop({
      reason: "over-budget",
      phase: "build",
      spent: 1,
      allowance: 1,
      unit: "usd",
    });
    const beforeRequest = () => {
      asked += 1;
      if (asked === 2) throw stop;
    };
    expect(await rejection(act([tool], 9, { beforeRequest }).result)).toBe(stop);
    const aborted = act([tool], 9, { signal: AbortSignal.abort(new Error("enough")) });
    expect(await rejection(aborted.result)).toMatchObject({ message: "enough" });
  });

  test("plays faults and plain text", async () => {
    await write("build.json", [{ calls: [] }, { $fault: "refused" }]);
    expect(await act([]).result).toMatchObject({ ok: false, why: "refused" });
    await write("build.2.txt", "only words");
    expect(await act([]).result).toEqual({ ok: true, text: "only words" });
  });

  test("says what is wrong with turns that are none", async () => {
    await write("build.json", [{ call: "write" }]);
    expect(Object(await rejection(act([]).result)).failure).toMatchObject({
      reason: "config-invalid",
    });
  });
});
