import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { runCommand } from "../../src/workspace/git/run-command.ts";
import { never } from "./repository.ts";

// A process of nobody's concern that happens to have the same temporary folder as a command has: in isolation every
// command has /tmp, and so have most processes of a machine.

let temporary: string;
let bystander: ChildProcess;
let ended: Promise<string>;

beforeEach(async () => {
  temporary = mkdtempSync(join(tmpdir(), "archwright-bystander-"));
  bystander = spawn("sleep", ["60"], { env: { PATH: process.env.PATH, TMPDIR: temporary } });
  ended = new Promise((settle) => bystander.on("exit", () => settle("ended")));
  await new Promise((started) => bystander.on("spawn", started));
});
afterEach(() => {
  bystander.kill("SIGKILL");
  rmSync(temporary, { recursive: true, force: true });
});

const run = (isolated: boolean) =>
  runCommand({
    name: "unit",
    command: "true",
    directory: temporary,
    environment: { PATH: "/usr/bin:/bin", TMPDIR: temporary },
    limits: { seconds: 20, outputBytes: 1_000 },
    signal: never(),
    ...(isolated ? { isolate: (invocation) => invocation } : {}),
  });

const soon = (): Promise<string> =>
  Promise.race([ended, new Promise<string>((settle) => setTimeout(settle, 300, "runs"))]);

describe("what a command left behind", () => {
  test("is known by its private temporary folder, and ended", async () => {
    expect((await run(false)).exitCode).toBe(0);
    expect(await soon()).toBe(process.platform === "linux" ? "ended" : "runs");
  });

  test("is not looked for outside of an isolation, where the folder is everybody's", async () => {
    expect((await run(true)).exitCode).toBe(0);
    expect(await soon()).toBe("runs");
  });
});
