import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parseRecording, type Recording } from "../../src/workspace/parse-recording.ts";
import type { Workspace, Worktree } from "../../src/workspace/port.ts";
import { recordRuns } from "../../src/workspace/record-runs.ts";
import { replayRuns } from "../../src/workspace/replay-runs.ts";
import {
  createSample,
  demand,
  limits,
  never,
  openSample,
  openTree,
  type Sample,
} from "./repository.ts";

let sample: Sample;
let own: Workspace;
beforeAll(async () => {
  sample = createSample({ "a.txt": "a\n" });
  own = await openSample(sample);
});
afterAll(() => sample.remove());

const COMMAND = "cat a.txt; touch ran; exit 3";
const run = (tree: Worktree, command = COMMAND, name = "unit", bytes = limits.outputBytes) =>
  tree.run(name, command, { ...limits, outputBytes: bytes }, never());

async function record(edit: (tree: Worktree) => Promise<unknown>): Promise<Recording> {
  const { workspace, recording } = recordRuns(own);
  const tree = await openTree(workspace);
  await edit(tree);
  await run(tree);
  await tree.close();
  return demand(parseRecording(JSON.stringify(recording())));
}

describe("a replayed command", () => {
  test("ends as it did when it was recorded, and is not run", async () => {
    const recording = await record(async () => {});
    const tree = await openTree(replayRuns(own, recording));
    const outcome = await run(tree);
    expect(outcome).toMatchObject({
      name: "unit",
      command: COMMAND,
      ended: "exited",
      exitCode: 3,
      output: "a\n",
    });
    expect(existsSync(join(tree.directory, "ran"))).toBe(false);
    expect((await run(tree, COMMAND, "unit", 1)).output).toBe("a");
    await tree.close();
  });

  test("is found by commit, edits, name and command only; else it was not started and says so", async () => {
    const recording = await record((tree) => tree.write("b.txt", "b\n"));
    const replay = replayRuns(own, recording);
    const outcomeOf = async (edit: (tree: Worktree) => Promise<unknown>, ...call: string[]) => {
      const tree = await openTree(replay);
      await edit(tree);
      const { ended, output } = await run(tree, ...call);
      expect(existsSync(join(tree.directory, "ran"))).toBe(false);
      await tree.close();
      return ended === "not-started" && output.includes("counts as not run") ? "none" : ended;
    };
    const same = (tree: Worktree) => tree.write("b.txt", "b\n");
    expect(await outcomeOf(same)).toBe("exited");
    expect(await outcomeOf(async () => {})).toBe("none");
    expect(await outcomeOf((tree) => tree.write("b.txt", "c\n"))).toBe("none");
    expect(await outcomeOf((tree) => tree.write("b.txt\0b", "\n"))).toBe("none");
    expect(await outcomeOf(async (tree) => [await same(tree), await tree.remove("b.txt")])).toBe(
      "none",
    );
    expect(
      await outcomeOf(async (tree) => [await same(tree), await tree.move("b.txt", "c.txt")]),
    ).toBe("none");
    expect(await outcomeOf(async (tree) => [await same(tree), await tree.commit("b")])).toBe(
      "none",
    );
    expect(await outcomeOf(same, "true")).toBe("none");
    expect(await outcomeOf(same, COMMAND, "other")).toBe("none");
  });

  test("the first of two runs counts, and a cancelled one does not", async () => {
    const { workspace, recording } = recordRuns(own);
    const tree = await openTree(workspace);
    const count = "echo x >> count; wc -l < count";
    const cancelled = await tree.run("unit", count, limits, AbortSignal.abort());
    expect(cancelled.ended).toBe("cancelled");
    expect(recording().runs).toEqual({});
    await run(tree, count);
    await run(tree, count);
    expect(Object.values(recording().runs)).toMatchObject([{ output: "1\n" }]);
    await tree.close();
  });
});

test("a workspace that never runs commands opens worktrees and says so", async () => {
  const tree = await openTree(await openSample(sample, { isolation: "never" }));
  demand(await tree.write("b.txt", "b\n"));
  expect(await run(tree)).toMatchObject({
    ended: "not-started",
    output: "commands are not run here",
  });
  expect(existsSync(join(tree.directory, "ran"))).toBe(false);
  await tree.close();
});

describe("a recording from another job", () => {
  const key = "a".repeat(64);
  const good = { ended: "exited", exitCode: 0, seconds: 1, output: "", outputBytes: 0 };
  const many = Object.fromEntries(
    Array.from({ length: 1001 }, (_, at) => [String(at).padStart(64, "0"), good]),
  );

  test.each<[string, unknown]>([
    ["no object", []],
    ["another version", { v: 2, runs: {} }],
    ["a word too many", { v: 1, runs: {}, more: 1 }],
    ["a name that is no hash", { v: 1, runs: { constructor: good } }],
    ["an ending of its own", { v: 1, runs: { [key]: { ...good, ended: "cancelled" } } }],
    ["an exit code that is none", { v: 1, runs: { [key]: { ...good, exitCode: 0.5 } } }],
    ["endless seconds", { v: 1, runs: { [key]: { ...good, seconds: 1e12 } } }],
    ["an output too long", { v: 1, runs: { [key]: { ...good, output: "x".repeat(2_000_001) } } }],
    ["too many outcomes", { v: 1, runs: many }],
  ])("is refused with %s", (_what, value) => {
    expect(parseRecording(JSON.stringify(value))).toMatchObject({
      failure: { reason: "hand-over-refused", path: "recorded-runs.json" },
    });
  });

  test("is refused when it is no JSON or too large, and taken when it is good", () => {
    expect(parseRecording("{").ok).toBe(false);
    expect(parseRecording(" ".repeat(50_000_001)).ok).toBe(false);
    expect(
      demand(parseRecording(JSON.stringify({ v: 1, runs: { [key]: good } }))).runs[key],
    ).toEqual(good);
  });
});
