import { spawn } from "node:child_process";
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { detectIsolation } from "../../src/workspace/git/detect-isolation.ts";
import type { IsolationRoute } from "../../src/workspace/git/isolate-command.ts";
import type { Worktree } from "../../src/workspace/port.ts";
import {
  createSample,
  demand,
  environment,
  limits,
  never,
  openSample,
  openTree,
  type Sample,
} from "../workspace/repository.ts";

const root = process.getuid?.() === 0;
const MEGABYTE = 1024 ** 2;
const bounds = { processes: 60, memoryBytes: 300 * MEGABYTE, fileBytes: MEGABYTE };
/** Where control groups can be made: memory is bounded by them alone. */
const hasGroups = ["memory", "cgroup.controllers"].some((name) =>
  existsSync(`/sys/fs/cgroup/${name}`),
);

const routes: [IsolationRoute, string][] = [];
for (const route of ["user", "root", "sudo"] as const) {
  if (route === "root" ? !root : route === "sudo" && root) continue;
  const { available, detail } = await detectIsolation(undefined, [route]);
  if (available) routes.push([route, detail]);
}

test("each route that works here is told in words, and there is a word where none does", async () => {
  expect(routes.map(([, detail]) => detail)).toEqual(
    routes.map(() => expect.stringContaining("namespaces")),
  );
  expect(await detectIsolation("/nonexistent", ["user"])).toMatchObject({
    available: false,
    route: null,
  });
});

for (const [route] of routes) {
  describe(`a command by the route ${route}`, () => {
    let sample: Sample;
    let tree: Worktree;
    beforeAll(async () => {
      sample = createSample({ "a.txt": "a\n", "folder/b.txt": "b\n" });
      const workspace = await openSample(sample, {
        isolation: "namespaces",
        routes: [route],
        bounds,
      });
      tree = await openTree(workspace);
    });
    afterAll(async () => {
      await tree.close();
      sample.remove();
    });
    const run = (command: string, seconds = 30) =>
      tree.run("unit", command, { ...limits, seconds }, never());

    test("writes no file larger than it may, and leaves no core", async () => {
      const outcome = await run("head -c 2000000 /dev/zero > big; wc -c < big; ulimit -c; rm big");
      expect(outcome.output).toMatch(/^1048576\n0\n$/m);
    });

    test("has no more processes than it may", async () => {
      const many = "for i in $(seq 100); do sleep 3 & done; ls -d /proc/[0-9]* | wc -l";
      const outcome = await run(many, 20);
      const left = Number(outcome.output.trim().split("\n").at(-1));
      const passed = outcome.exitCode === 0 && left > bounds.processes + 5;
      // Of root's own processes the kernel counts none: such a machine takes the other route first.
      expect(passed).toBe(route === "user" && root);
    });

    if (route !== "user" && hasGroups) {
      test("is ended when it takes more memory than it may, and the harness is not", async () => {
        const grow = "const a = []; for (;;) a.push(Buffer.alloc(10 * 1024 * 1024, 1)); ";
        const outcome = await run(`node -e "${grow}"`, 60);
        expect(outcome).toMatchObject({ ended: "exited", exitCode: 137 });
        expect(await run("echo still here")).toMatchObject({ exitCode: 0, output: "still here\n" });
      });
    }

    test("leaves files that are the harness's afterwards, whatever it did to them", async () => {
      await run(
        [
          "mkdir -p deep/closed; echo x > deep/closed/file; chmod 000 deep/closed/file",
          "cp /bin/true program; chmod 6755 program; ln -s /etc/passwd link; ln a.txt other; mkfifo pipe",
          "rm folder/b.txt; echo changed > a.txt; chmod 600 a.txt",
        ].join("; "),
      );
      const { uid } = lstatSync(tree.directory);
      const owners = readdirSync(tree.directory, { recursive: true, encoding: "utf8" })
        .map((name) => lstatSync(join(tree.directory, name)))
        // An ordinary user may mark files of its own; the storage is closed to everybody else.
        .map((facts) => [facts.uid, route === "user" ? 0 : facts.mode & 0o6000]);
      expect(uid).toBe(process.getuid?.());
      expect(new Set(owners.map(String))).toEqual(new Set([`${uid},0`]));
      expect(lstatSync("/etc/passwd").uid).toBe(0);
      expect(readFileSync(join(tree.directory, "a.txt"), "utf8")).toBe("changed\n");
      await run("chmod -R u+rwX deep; rm -rf deep program link pipe");
      expect(await tree.changes()).toEqual(["a.txt", "folder/b.txt", "other"]);
      expect(demand(await tree.commit("done"))).not.toBeNull();
    });

    test("that is ended by time or by a person leaves files of the harness too, and no process", async () => {
      const hang = "echo x > made; trap '' TERM; (setsid sleep 4321 &) ; sleep 4321";
      expect(await run(hang, 1)).toMatchObject({ ended: "timed-out", exitCode: null });
      const controller = new AbortController();
      const cancelled = tree.run("unit", hang, limits, controller.signal);
      setTimeout(() => controller.abort(), 700);
      expect(await cancelled).toMatchObject({ ended: "cancelled", exitCode: null });
      expect(lstatSync(join(tree.directory, "made")).uid).toBe(process.getuid?.());
      expect(sleepers("4321")).toBe(0);
      demand(await tree.remove("made"));
    });

    test("of a harness that is killed gives back what it was lent", async () => {
      const folder = mkdtempSync(join(tmpdir(), "archwright-lent-"));
      const script = `
        const { isolateCommand } = await import("./src/workspace/git/isolate-command.ts");
        const { runCommand } = await import("./src/workspace/git/run-command.ts");
        const { mkdirSync } = await import("node:fs");
        const [base] = process.argv.slice(1);
        for (const name of ["work", "tmp"]) mkdirSync(base + "/" + name);
        const view = { directory: base + "/work", writable: [], readable: [], hidden: [], temporary: base + "/tmp",
          network: "none", environment: { PATH: process.env.PATH }, route: "${route}" };
        await runCommand({ name: "x", command: "echo up > up; sleep 4322", directory: view.directory,
          environment: view.environment, limits: { seconds: 60, outputBytes: 1000 },
          signal: new AbortController().signal, isolate: (i) => isolateCommand(i, view) });`;
      const words = ["--input-type=module", "-e", script, folder];
      const runner = spawn(process.execPath, words, { stdio: "ignore", env: environment });
      const up = join(folder, "work/up");
      expect(await until(() => existsSync(up) && sleepers("4322") > 0)).toBe(true);
      runner.kill("SIGKILL");
      const isBack = () => lstatSync(up).uid === process.getuid?.();
      expect(await until(() => sleepers("4322") === 0 && isBack())).toBe(true);
      rmSync(folder, { recursive: true });
    });
  });
}

const sleepers = (seconds: string): number =>
  readdirSync("/proc").filter((entry) => {
    try {
      return readFileSync(`/proc/${entry}/cmdline`, "utf8") === `sleep\0${seconds}\0`;
    } catch {
      return false;
    }
  }).length;

async function until(holds: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 400 && !holds(); tries += 1) {
    await new Promise((done) => setTimeout(done, 25));
  }
  return holds();
}
