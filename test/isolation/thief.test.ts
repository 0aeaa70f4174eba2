import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { detectIsolation } from "../../src/workspace/git/detect-isolation.ts";
import type { IsolationRoute } from "../../src/workspace/git/isolate-command.ts";

/**
 * A program runs as a checkpoint while the process that started it holds a key, and tries to get it. The proof is twofold: in isolation
 * no way leads there, and without it many do, so the program is able.
 */
const root = process.getuid?.() === 0;
let base: string;
let count = 0;
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "archwright-thief-")));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

type Report = {
  failure?: { reason: string };
  outcome?: { ended: string; exitCode: number; output: string };
  committed?: { ok: boolean };
  script?: string;
};

function runHarness(route: string, command = "", path = process.env.PATH ?? "") {
  count += 1;
  const folder = join(base, String(count));
  mkdirSync(folder);
  const key = `archwright-fake-key-${randomBytes(16).toString("hex")}`;
  const harness = join(import.meta.dirname, "harness.ts");
  const output = execFileSync(process.execPath, [harness, folder, route, command], {
    env: { PATH: path, FAKE_KEY: key },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const report: Report = JSON.parse(output.trim().split("\n").at(-1) ?? "");
  return { key, report, folder };
}

function readThief({ report }: { report: Report }) {
  expect(report.outcome).toMatchObject({ ended: "exited", exitCode: 0 });
  return JSON.parse(report.outcome?.output ?? "") as {
    found: Record<string, boolean>;
    python: boolean;
  };
}

/** A folder of programs that stand before those of the machine. */
function fakePrograms(programs: Record<string, string>): string {
  count += 1;
  const folder = join(base, `bin-${count}`);
  mkdirSync(folder);
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  return [folder, process.env.PATH].join(delimiter);
}

/** Stands for a sudo that asks for no password, where the test is root already. */
const sudo = '#!/bin/sh\n[ "$1 $2" = "-n --" ] || exit 1\nshift 2\nexec "$@"\n';
const real = realpathSync(
  execFileSync("/bin/sh", ["-c", "command -v unshare || echo /"], { encoding: "utf8" }).trim(),
);
/** Ubuntu 24.04's AppArmor: an ordinary user may make no namespaces. */
const forbidding = `#!/bin/sh\nfor word; do [ "$word" = --user ] && { echo 'unshare: write failed /proc/self/uid_map: Operation not permitted' >&2; exit 1; }; [ "$word" = -- ] && break; done\nexec ${real} "$@"\n`;

const fakeSudo = () => fakePrograms({ sudo });

const routes: readonly (readonly [IsolationRoute, boolean])[] = [
  ["user", true],
  ["root", root],
  ["sudo", root || spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0],
];

describe("a program that wants the key", () => {
  test("gets it in many ways where commands are not isolated: it is able", () => {
    const { found } = readThief(runHarness("none"));
    expect(found).toMatchObject({
      "environment of any process": true,
      "settings of the repository": true,
      "a file of the runner": true,
      "a file command of the job": true,
      "a key in the home": true,
      "any file of temporary folders and homes": true,
      "files above the worktree": true,
      "socket like docker's": true,
      "abstract socket": true,
      "server of the parent on 127.0.0.1": true,
      "shared memory files": true,
      "a signal to the parent": true,
    });
  });

  for (const [route, possible] of routes) {
    const path = root && route === "sudo" ? fakeSudo : () => process.env.PATH ?? "";
    test(`gets it in no way in isolation by the route ${route}`, async () => {
      const answer = possible ? await detectIsolation(path(), [route]) : { route: null };
      if (answer.route === null) {
        // Not to be had here: then nothing runs at all, which is the named outcome.
        expect(runHarness(possible ? route : "", "").report).toMatchObject({
          failure: { reason: "isolation-unavailable" },
        });
        return;
      }
      const run = runHarness(route, "", path());
      const { found, python } = readThief(run);
      expect(Object.keys(found).length).toBeGreaterThan(24);
      expect(Object.keys(found).filter((name) => found[name])).toEqual([]);
      expect(python).toBe(existsSync("/usr/bin/python3"));
      expect(run.report).toMatchObject({ script: "fine", committed: { ok: true } });
      expect(JSON.stringify(run.report)).not.toContain(run.key);
    });
  }
});

describe("where an ordinary user may make no namespaces", () => {
  test("and there is no other way, nothing is executed", () => {
    const marker = join(base, "executed");
    const path = fakePrograms({ unshare: forbidding });
    const { report } = runHarness("user", `touch ${marker}`, path);
    expect(report).toEqual({
      failure: {
        reason: "isolation-unavailable",
        detail: expect.stringContaining("Operation not permitted"),
      },
    });
    expect(existsSync(marker)).toBe(false);
  });

  test("sudo is the way, and it is told", async () => {
    const path = fakePrograms({ unshare: forbidding, sudo });
    const answer = await detectIsolation(path, ["user", "sudo"]);
    const expected = root ? { available: true, route: "sudo" } : { available: false, route: null };
    expect(answer).toMatchObject(expected);
    expect(answer.detail).toContain("sudo");
  });

  test("a sudo that asks for a password is none", async () => {
    const path = fakePrograms({
      unshare: forbidding,
      sudo: "#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n",
    });
    const answer = await detectIsolation(path, ["user", "sudo"]);
    expect(answer).toMatchObject({ available: false, route: null });
    expect(answer.detail).toMatch(/Operation not permitted.*a password is required/s);
  });
});
