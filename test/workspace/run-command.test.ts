import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { commandEnvironment } from "../../src/workspace/git/command-environment.ts";
import { keepOutput } from "../../src/workspace/git/keep-output.ts";
import { runCommand } from "../../src/workspace/git/run-command.ts";
import { never } from "./repository.ts";

describe("runCommand", () => {
  let directory: string;
  beforeAll(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), "archwright-command-")));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const run = (
    command: string,
    options: { seconds?: number; outputBytes?: number; signal?: AbortSignal } = {},
  ) =>
    runCommand({
      name: "unit",
      command,
      directory,
      environment: commandEnvironment("/usr/local/bin:/usr/bin:/bin", {
        home: join(directory, "home"),
        temporary: directory,
        parent: tmpdir(),
      }),
      limits: { seconds: options.seconds ?? 20, outputBytes: options.outputBytes ?? 10_000 },
      signal: options.signal ?? never(),
    });

  const isAlive = (pid: number) => {
    try {
      // A process that has ended but was not waited for is dead too.
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
    } catch {
      return false;
    }
  };

  const waitUntil = async (holds: () => boolean) => {
    for (let tries = 0; tries < 100 && !holds(); tries += 1) {
      await new Promise((done) => setTimeout(done, 20));
    }
    return holds();
  };

  test("tells the exit code, keeps the order of both streams", async () => {
    const outcome = await run("echo one; echo two >&2; echo three; exit 3");
    expect(outcome).toMatchObject({
      name: "unit",
      ended: "exited",
      exitCode: 3,
      output: "one\ntwo\nthree\n",
      outputBytes: 14,
    });
    expect(outcome.seconds).toBeGreaterThan(0);
  });

  test("gives a minimal environment, the running Node, and no input", async () => {
    process.env.ARCHWRIGHT_TEST_SECRET = "do not leak";
    const outcome = await run("env | cut -d= -f1 | sort; node --version; cat; id -un >/dev/null");
    delete process.env.ARCHWRIGHT_TEST_SECRET;
    const names = outcome.output.split("\n");
    expect(names).toContain(process.version);
    expect(names.filter((name) => /^[A-Z]/.test(name))).toEqual([
      "CI",
      "GIT_CEILING_DIRECTORIES",
      "HOME",
      "LANG",
      "NO_COLOR",
      "PATH",
      "PWD",
      "TMPDIR",
    ]);
  });

  test("passes the command to the shell as it stands", async () => {
    expect((await run(`printf '%s' "a\nb \\$HOME 'q'"`)).output).toBe("a\nb $HOME 'q'");
  });

  test("tells a death by signal like a shell", async () => {
    expect(await run("kill -SEGV $$")).toMatchObject({ ended: "exited", exitCode: 139 });
  });

  test("a command that is not there is a red command", async () => {
    expect(await run("no-such-program-at-all")).toMatchObject({ ended: "exited", exitCode: 127 });
  });

  test("a folder that is not there is not started", async () => {
    const outcome = await runCommand({
      name: "x",
      command: "true",
      directory: join(directory, "absent"),
      environment: { PATH: "/bin" },
      limits: { seconds: 5, outputBytes: 1_000 },
      signal: never(),
    });
    expect(outcome).toMatchObject({ ended: "not-started", exitCode: null });
    expect(outcome.output).not.toBe("");
  });

  test("ends a command that hangs, with its children", async () => {
    const outcome = await run("sleep 1000 & echo $!; trap '' TERM; sleep 1000", { seconds: 0.3 });
    expect(outcome).toMatchObject({ ended: "timed-out", exitCode: null });
    expect(outcome.seconds).toBeLessThan(5);
    const child = Number(outcome.output.trim());
    expect(await waitUntil(() => !isAlive(child))).toBe(true);
  });

  test("ends a command when the run is cancelled", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const outcome = await run("echo $$; exec sleep 1000", { signal: controller.signal });
    expect(outcome).toMatchObject({ ended: "cancelled", exitCode: null });
    expect(isAlive(Number(outcome.output.trim()))).toBe(false);
    expect(await run("echo no", { signal: AbortSignal.abort() })).toMatchObject({
      ended: "cancelled",
      output: "",
    });
  });

  test("leaves no child in the background, whatever it does to stay", async () => {
    const started = performance.now();
    const outcome = await run(
      "sleep 1000 & echo $!; setsid sleep 1000 & setsid sh -c 'echo $$; exec sleep 1000' & sleep 0.2",
    );
    expect(outcome).toMatchObject({ ended: "exited", exitCode: 0 });
    expect(performance.now() - started).toBeLessThan(5_000);
    for (const pid of outcome.output.trim().split("\n").map(Number)) {
      expect(await waitUntil(() => !isAlive(pid))).toBe(true);
    }
  });

  test("300 MB of output are counted, not kept", async () => {
    const before = process.memoryUsage().rss;
    const outcome = await run(
      "echo begin; yes 0123456789012345678901234567890123456789 | head -c 300000000; echo end",
      { outputBytes: 4_000, seconds: 60 },
    );
    expect(outcome).toMatchObject({ ended: "exited", exitCode: 0, outputBytes: 300_000_010 });
    expect(outcome.output.startsWith("begin\n0123")).toBe(true);
    expect(outcome.output.endsWith("end\n")).toBe(true);
    expect(outcome.output).toContain("[… 299996010 bytes left out …]");
    expect(Buffer.byteLength(outcome.output)).toBeLessThan(4_100);
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  });

  test("colours, cursor movements and broken text do no harm", async () => {
    const outcome = await run(
      "printf '\\033[31mred\\033[0m \\033]0;title\\007 a\\000b \\377 \\010x\\r\\n'",
    );
    expect(outcome.output).toBe("red  ab \ufffd x\r\n");
  });
});

describe("keepOutput", () => {
  test("keeps everything up to the limit, byte for byte", () => {
    const keeper = keepOutput(10);
    for (const part of ["ab", "cdefg", "", "hij"]) keeper.take(Buffer.from(part));
    expect(keeper.text()).toBe("abcdefghij");
    keeper.take(Buffer.from("k"));
    expect(keeper.text()).toBe("abcde\n[… 1 bytes left out …]\nghijk");
    expect(keeper.bytes()).toBe(11);
  });

  test("keeps beginning and end of any sequence of chunks", () => {
    const chunks = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 30 }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(chunks, fc.integer({ min: 1, max: 40 }), (parts, limit) => {
        const keeper = keepOutput(limit);
        for (const part of parts) keeper.take(Buffer.from(part));
        const whole = parts.join("");
        const half = Math.floor(limit / 2);
        const missing = whole.length - limit;
        const cut = `${whole.slice(0, half)}\n[… ${missing} bytes left out …]\n${whole.slice(half - limit)}`;
        expect(keeper.text()).toBe(missing > 0 ? cut : whole);
      }),
    );
  });

  test("keeps a character whole that two chunks share", () => {
    const keeper = keepOutput(100);
    for (const byte of Buffer.from("é日本")) keeper.take(Buffer.from([byte]));
    expect(keeper.text()).toBe("é日本");
  });
});
