import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { isLocalRunAlive, localRunId } from "../../src/forge/local/local-run.ts";
import { openLocalForge } from "../../src/forge/local/open-local-forge.ts";

let storage: string;
let shown: string[];
beforeEach(() => {
  storage = mkdtempSync(join(tmpdir(), "archwright-forge-"));
  shown = [];
});
afterEach(() => rmSync(storage, { recursive: true, force: true }));

const open = () =>
  openLocalForge({ storage, person: { id: "local:me" }, show: (text) => void shown.push(text) });
const view = (...keys: string[]) => ({
  issue: 3,
  status: "",
  labels: [],
  comments: keys.map((key, at) => ({
    key,
    markdown: `comment ${key}`,
    at,
    superseded: false,
    document: null,
  })),
  pullRequests: [],
});

describe("the terminal as a thread", () => {
  test("shows each comment once, also for a later process", async () => {
    await open().reconcile(view("plan-1"));
    const again = await open().reconcile(view("plan-1", "review-1"));
    expect(again).toEqual({ ok: true, value: { writes: 1, notes: [] } });
    expect(shown).toEqual(["comment plan-1", "comment review-1"]);
  });

  test("reconciling twice writes nothing", async () => {
    const forge = open();
    await forge.reconcile(view("plan-1"));
    const before = readFileSync(join(storage, "threads/3.json"), "utf8");
    expect(await forge.reconcile(view("plan-1"))).toEqual({
      ok: true,
      value: { writes: 0, notes: [] },
    });
    expect(readFileSync(join(storage, "threads/3.json"), "utf8")).toBe(before);
  });

  test("a torn memory shows a comment once more rather than never", async () => {
    await open().reconcile(view("plan-1"));
    writeFileSync(join(storage, "threads/3.json"), '{"plan-1": "abc');
    await open().reconcile(view("plan-1"));
    expect(shown).toHaveLength(2);
  });

  test("storage that cannot be written is a failure, not a crash", async () => {
    const file = join(storage, "file");
    writeFileSync(file, "");
    chmodSync(file, 0o600);
    const forge = openLocalForge({ storage: file, person: { id: "x" }, show: () => {} });
    expect(await forge.reconcile(view("plan-1"))).toMatchObject({
      ok: false,
      failure: { reason: "ledger-unavailable" },
    });
  });

  test("only the person at the terminal has standing", async () => {
    const approval = { comment: "c", planHash: "h" };
    expect(await open().standing(3, { ...approval, actorId: "local:me" })).toEqual({
      role: "admin",
      intact: true,
    });
    expect(await open().standing(3, { ...approval, actorId: "local:you" })).toEqual({
      role: "none",
      intact: false,
    });
  });
});

describe("whether a run is still there", () => {
  test("this process is", async () => {
    expect(await isLocalRunAlive(localRunId())).toBe("alive");
  });

  test("a process that ended is gone", async () => {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    const [host] = localRunId().split(":").slice(1, 2);
    const id = `local:${host}:${child.pid}:0`;
    expect(await isLocalRunAlive(id)).not.toBe("unknown");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await isLocalRunAlive(id)).toBe("gone");
  });

  test("another process that was given the same number is not the run", async () => {
    const mine = localRunId().split(":");
    expect(await isLocalRunAlive([...mine.slice(0, 3), "1"].join(":"))).toBe("gone");
  });

  test.each(["local:elsewhere:1:1", "github:12:1", ""])(
    "%s cannot be told from here",
    async (id) => {
      expect(await isLocalRunAlive(id)).toBe("unknown");
    },
  );
});
