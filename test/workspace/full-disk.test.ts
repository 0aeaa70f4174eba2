import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { detectIsolation } from "../../src/workspace/git/detect-isolation.ts";
import { failureOfError } from "../../src/workspace/git/failure-of-error.ts";
import { createSample, environment } from "./repository.ts";

const { available } = await detectIsolation();

/** What the program `fill-disk.ts` saw on a disk of its own of 400 kB; null where no disk can be mounted. */
function fill(): Record<string, unknown> | null {
  if (!available) return null;
  const sample = createSample({ "a.txt": "a\n", "big.txt": `${"x".repeat(99)}\n`.repeat(2_000) });
  const script =
    'mount -n -t tmpfs -o size=400k x "$1" && exec "$2" --disable-warning=ExperimentalWarning "$3" "$4" "$1"';
  const disk = join(sample.directory, "../disk");
  spawnSync("mkdir", [disk]);
  const program = join(import.meta.dirname, "fill-disk.ts");
  const run = spawnSync(
    "unshare",
    [
      "--user",
      "--map-root-user",
      "--mount",
      "sh",
      "-c",
      script,
      "sh",
      disk,
      process.execPath,
      program,
      sample.directory,
    ],
    { env: environment, encoding: "utf8" },
  );
  sample.remove();
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

describe("a full disk", () => {
  const seen = fill();

  test("is told as such by writing, committing and checking out, and what was there stays", () => {
    if (seen === null) {
      // Without a disk of our own there is still one that is always full: see the next test.
      expect(available).toBe(false);
      return;
    }
    expect(seen).toEqual({
      write: "disk-full",
      kept: "a\n",
      leftovers: [],
      commit: "disk-full",
      head: "unchanged",
      open: "disk-full",
      worktrees: 1,
      closed: 0,
      again: "ok",
    });
  });

  test("is recognised by the system's code", async () => {
    const error: unknown = await writeFile("/dev/full", "x").catch((reason: unknown) => reason);
    expect(failureOfError(error, "write", "/dev/full")).toEqual({
      reason: "disk-full",
      path: "/dev/full",
    });
    const denied = Object.assign(new Error("no"), { code: "EROFS" });
    expect(failureOfError(denied, "write", "x")).toEqual({
      reason: "git-failed",
      command: "write",
      detail: "EROFS: x",
    });
    expect(() => failureOfError(new TypeError("a bug"), "write", "x")).toThrow(TypeError);
  });
});
