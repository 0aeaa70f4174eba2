import { chmod, mkdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { openGitLedger, openRepository } from "../../src/ledger/git/open-git-ledger.ts";
import type { Git, GitAnswer } from "../../src/ledger/git/run-git.ts";
import { verifyGitLedger } from "../../src/ledger/git/verify-git-ledger.ts";
import type { LedgerStore } from "../../src/ledger/port.ts";
import { eventsOf, mustAppend, opened, unwrap } from "./contract.ts";
import { environment, makeRepository, type Repository } from "./git-repository.ts";

let repository: Repository;
let sound: LedgerStore;
let first: string;
beforeEach(async () => {
  repository = await makeRepository();
  sound = openGitLedger({ directory: repository.directory, environment });
  first = await mustAppend(sound, null, [opened(1)]);
});
afterEach(() => repository.close());

type Run = Git["run"];
/** A store over a git whose `verb` is answered by `fake` instead; `fake` may still run the real one. */
function storeWith(fakes: Record<string, (real: () => Promise<GitAnswer>) => Promise<GitAnswer>>) {
  const wrap = (git: Git): Git => ({
    ...git,
    run: ((args, input) => {
      const fake = fakes[args[0] ?? ""];
      const real = () => git.run(args, input);
      return fake ? fake(real) : real();
    }) satisfies Run,
  });
  return openGitLedger({ directory: repository.directory, environment, wrap });
}

const failed: GitAnswer = {
  exitCode: 128,
  stdout: Buffer.alloc(0),
  detail: "fatal: something went wrong",
  code: "",
};
const append = { issue: 1, events: [{ type: "Mine" }], documents: { "a.md": "mine" } };
const types = async (): Promise<unknown[]> =>
  eventsOf(unwrap(await sound.load(1))).map(({ type }) => type);

describe("a faulty git changes nothing in the outcome", () => {
  test("it fails after having written: landed, once", async () => {
    const store = storeWith({
      "update-ref": async (real) => {
        await real();
        return failed;
      },
    });
    const appended = unwrap(await store.append({ ...append, parent: first }));
    expect(appended).toEqual({ kind: "appended", head: unwrap(await sound.load(1)).head });
    expect(await types()).toEqual(["FeatureOpened", "Mine"]);
  });

  test("it fails before having written: tried again, landed, once", async () => {
    let calls = 0;
    const store = storeWith({
      "update-ref": async (real) => {
        calls += 1;
        return calls < 4 ? failed : real();
      },
    });
    expect(unwrap(await store.append({ ...append, parent: first })).kind).toBe("appended");
    expect(await types()).toEqual(["FeatureOpened", "Mine"]);
  });

  test("it fails after having written, and the reads after it are stale: landed, once", async () => {
    const before = await repository.git("for-each-ref", "--format=%(objectname) %(refname)");
    let stale = 3;
    const store = storeWith({
      "update-ref": async (real) => {
        await real();
        return failed;
      },
      "for-each-ref": async (real) => {
        stale -= 1;
        return stale >= 0 ? { ...failed, exitCode: 0, stdout: Buffer.from(`${before}\n`) } : real();
      },
    });
    const appended = unwrap(await store.append({ ...append, parent: first }));
    expect(appended).toEqual({ kind: "appended", head: unwrap(await sound.load(1)).head });
    expect(await types()).toEqual(["FeatureOpened", "Mine"]);
  });

  test("it fails after having written, and others append on top: still landed", async () => {
    const store = storeWith({
      "update-ref": async (real) => {
        await real();
        const { head } = unwrap(await sound.load(1));
        if ((await types()).length === 2) await mustAppend(sound, head, [{ type: "Theirs" }]);
        return failed;
      },
    });
    const appended = unwrap(await store.append({ ...append, parent: first }));
    expect(appended.kind).toBe("appended");
    expect(unwrap(await sound.load(1, { contains: appended.head ?? "" })).records).toHaveLength(3);
    expect(await types()).toEqual(["FeatureOpened", "Mine", "Theirs"]);
  });

  test("somebody else is first, and reads are stale at first: conflict, never landed", async () => {
    const before = await repository.git("for-each-ref", "--format=%(objectname) %(refname)");
    const theirs = await mustAppend(sound, first, [{ type: "Theirs" }]);
    let stale = 2;
    const store = storeWith({
      "for-each-ref": async (real) => {
        stale -= 1;
        return stale >= 0 ? { ...failed, exitCode: 0, stdout: Buffer.from(`${before}\n`) } : real();
      },
    });
    const answer = unwrap(await store.append({ ...append, parent: first }));
    expect(answer).toEqual({ kind: "conflict", head: theirs });
    expect(await types()).toEqual(["FeatureOpened", "Theirs"]);
  });

  test("a pinned load asks again until the answer contains the pin", async () => {
    const before = await repository.git("for-each-ref", "--format=%(objectname) %(refname)");
    const second = await mustAppend(sound, first, [{ type: "Theirs" }]);
    let stale = 2;
    const store = storeWith({
      "for-each-ref": async (real) => {
        stale -= 1;
        return stale >= 0 ? { ...failed, exitCode: 0, stdout: Buffer.from(`${before}\n`) } : real();
      },
    });
    expect(unwrap(await store.load(1, { contains: second })).head).toBe(second);
    stale = 99;
    expect(await store.load(1, { contains: second })).toMatchObject({
      failure: { reason: "ledger-unavailable" },
    });
  });

  test("it never writes: unavailable, and nothing is there", async () => {
    for (const verb of ["update-ref", "unpack-objects"]) {
      const store = storeWith({ [verb]: async () => failed });
      expect(await store.append({ ...append, parent: first })).toEqual({
        ok: false,
        failure: { reason: "ledger-unavailable", detail: failed.detail },
      });
    }
    expect(await types()).toEqual(["FeatureOpened"]);
  });

  test("money is counted once, whatever git answers", async () => {
    const store = storeWith({
      "update-ref": async (real) => {
        await real();
        return failed;
      },
    });
    const spent = unwrap(await store.recordSpend("2026-01-01", "nonce", 30, 100));
    expect(spent).toEqual({ fitted: true, total: 30 });
    expect(unwrap(await sound.recordSpend("2026-01-01", "other", 1, 100)).total).toBe(31);
  });

  test("over random faults, appended is in the ledger once and conflict is not", async () => {
    const fault = fc.constantFrom("none", "none", "none", "before", "after", "stale");
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fault), async (faults) => {
        const answers = new Map<string, GitAnswer>();
        const wrap = (git: Git): Git => ({
          ...git,
          async run(args, input) {
            const kind = faults.next().value;
            if (!["update-ref", "for-each-ref"].includes(args[0] ?? ""))
              return git.run(args, input);
            if (kind === "before") return failed;
            const key = args.join(" ");
            const old = answers.get(key);
            if (kind === "stale" && old !== undefined && args[0] === "for-each-ref") return old;
            const answer = await git.run(args, input);
            answers.set(key, answer);
            return kind === "after" ? failed : answer;
          },
        });
        const { directory } = repository;
        const writers = [0, 1].map(() => openGitLedger({ directory, environment, wrap }));
        const told = new Map<string, string>();
        await Promise.all(
          writers.map(async (store, writer) => {
            for (let n = 0; n < 3; n += 1) {
              const loaded = await store.load(1);
              if (!loaded.ok) continue;
              const id = `${writer}-${n}-${Math.random()}`;
              const request = { issue: 1, parent: loaded.value.head, documents: {} };
              const answer = await store.append({ ...request, events: [{ type: "E", id }] });
              told.set(id, answer.ok ? answer.value.kind : "in doubt");
            }
          }),
        );
        const ids = eventsOf(unwrap(await sound.load(1))).map(({ id }) => id);
        for (const [id, kind] of told) {
          const times = ids.filter((each) => each === id).length;
          if (kind === "appended") expect(times).toBe(1);
          if (kind === "conflict") expect(times).toBe(0);
          expect(times).toBeLessThanOrEqual(1);
        }
        const place = openRepository({ directory, environment });
        expect(unwrap(await verifyGitLedger(place, 1)).faults).toEqual([]);
      }),
      { numRuns: Number(process.env.LEDGER_RUNS ?? 3) },
    );
  });
});

describe("what the machine refuses is a named failure", () => {
  const load = (directory: string, path = environment.PATH ?? "") =>
    openGitLedger({ directory, environment: { ...environment, PATH: path } }).load(1);

  test("no folder, no repository, no git", async () => {
    const { directory } = repository;
    const missing = join(directory, "missing");
    expect(await load(missing)).toMatchObject({
      failure: { reason: "not-a-repository", path: missing },
    });
    expect(await load("/")).toMatchObject({ failure: { reason: "not-a-repository" } });
    expect(await load(directory, "/nonexistent")).toEqual({
      ok: false,
      failure: { reason: "git-missing" },
    });
  });

  test("a ref folder that cannot be written", async () => {
    await mkdir(join(repository.directory, ".git/refs/archwright"), { recursive: true });
    await writeFile(join(repository.directory, ".git/refs/archwright/spend"), "in the way");
    expect(await sound.recordSpend("2026-01-01", "a", 1, 9)).toMatchObject({
      failure: { reason: "ledger-unavailable" },
    });
  });

  test("a disk that takes no more bytes", async () => {
    const bin = join(repository.directory, "bin");
    await mkdir(bin);
    const script = `#!/bin/sh\nPATH='${environment.PATH}'\nulimit -f 0\nexec git "$@"\n`;
    await writeFile(join(bin, "git"), script);
    await chmod(join(bin, "git"), 0o755);
    const full = { ...environment, PATH: `${bin}:${environment.PATH}` };
    const store = openGitLedger({ directory: repository.directory, environment: full });
    expect(await store.append({ ...append, parent: first })).toMatchObject({
      failure: { reason: "ledger-unavailable" },
    });
    expect(await types()).toEqual(["FeatureOpened"]);
    await mustAppend(sound, first, [{ type: "Mine" }]);
  });

  test("a lock that lives is respected, one that a killed process left behind is cleared", async () => {
    const lock = join(repository.directory, ".git/refs/archwright/issues/1.lock");
    await writeFile(lock, "");
    const request = { ...append, parent: first };
    const alive = setInterval(() => void utimes(lock, new Date(), new Date()), 50);
    const refused = await sound.append(request);
    clearInterval(alive);
    expect(refused).toMatchObject({
      failure: { reason: "ledger-unavailable", detail: expect.stringContaining("1.lock") },
    });
    const almostOld = new Date(Date.now() - 4_000);
    await utimes(lock, almostOld, almostOld);
    expect(unwrap(await sound.append(request)).kind).toBe("appended");
    expect(await repository.git("for-each-ref", "--format=%(refname)")).toBe(
      "refs/archwright/issues/1",
    );
  });
});
