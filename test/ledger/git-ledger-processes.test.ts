import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { openGitLedger, openRepository } from "../../src/ledger/git/open-git-ledger.ts";
import { verifyGitLedger } from "../../src/ledger/git/verify-git-ledger.ts";
import { eventsOf, mustAppend, opened, unwrap } from "./contract.ts";
import { environment, makeRepository } from "./git-repository.ts";

const worker = join(import.meta.dirname, "append-worker.ts");

/** A process group of its own, so that a kill takes its git with it, as a power cut would. */
function startWriter(directory: string, writer: string, count: number): ChildProcess {
  const script = ["--disable-warning=ExperimentalWarning", worker, directory, writer, `${count}`];
  return spawn(process.execPath, script, {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LEDGER_ENVIRONMENT: JSON.stringify(environment) },
  });
}

async function outputOf(child: ChildProcess): Promise<{ code: number | null; text: string }> {
  let text = "";
  child.stdout?.on("data", (data: Buffer) => {
    text += data;
  });
  let errors = "";
  child.stderr?.on("data", (data: Buffer) => {
    errors += data;
  });
  const [code] = await once(child, "close");
  if (code !== 0 && code !== null) throw new Error(errors);
  return { code, text };
}

test("eight processes that append at once lose nothing and double nothing", async () => {
  const { directory, close } = await makeRepository("--bare");
  try {
    const store = openGitLedger({ directory, environment });
    await mustAppend(store, null, [opened(1)]);
    const each = Number(process.env.LEDGER_APPENDS ?? 5);
    const writers = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const ended = await Promise.allSettled(
      writers.map((writer) => outputOf(startWriter(directory, writer, each))),
    );
    const codes = ended.map((end) => (end.status === "fulfilled" ? end.value.code : end.reason));
    expect(codes).toEqual(writers.map(() => 0));
    const loaded = unwrap(await store.load(1));
    const seen = eventsOf(loaded).slice(1);
    for (const writer of writers) {
      const own = seen.filter((event) => event.writer === writer).map((event) => event.n);
      expect(own).toEqual(Array.from({ length: each }, (_, n) => n));
      expect(loaded.documents[`${writer}/note.md`]).toBe(`${each - 1}\n`);
    }
    expect(seen).toHaveLength(writers.length * each);
    expect(loaded.documents["shared.md"]).toBe(`${seen.at(-1)?.writer}\n`);
    const report = unwrap(await verifyGitLedger(openRepository({ directory, environment }), 1));
    expect(report).toMatchObject({ faults: [], commits: writers.length * each + 1 });
  } finally {
    await close();
  }
});

test("a writer killed at any moment leaves a ledger that verifies and holds all it was told of", async () => {
  const { directory, git, close } = await makeRepository("--bare");
  try {
    const store = openGitLedger({ directory, environment });
    const repository = openRepository({ directory, environment });
    await mustAppend(store, null, [opened(1)]);
    const rounds = Number(process.env.LEDGER_KILLS ?? 4);
    for (let round = 0; round < rounds; round += 1) {
      const child = startWriter(directory, `w${round}`, 1_000);
      const ended = outputOf(child);
      if (child.stdout) await Promise.race([once(child.stdout, "data"), ended]);
      await sleep(Math.random() * 60);
      process.kill(-(child.pid ?? 0), "SIGKILL");
      const told = (await ended).text.split("\n").filter(Boolean).map(Number);
      const loaded = unwrap(await store.load(1));
      const own = eventsOf(loaded)
        .filter((event) => event.writer === `w${round}`)
        .map((event) => event.n);
      expect(told.length).toBeGreaterThan(0);
      expect(own.slice(0, told.length)).toEqual(told);
      // What landed in the moment of the kill may be one more than was told.
      expect(own.length - told.length).toBeLessThanOrEqual(1);
      expect(unwrap(await verifyGitLedger(repository, 1)).faults).toEqual([]);
    }
    await git("fsck", "--strict");
  } finally {
    await close();
  }
});
