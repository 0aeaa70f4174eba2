import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { chainStart, renderEventLines } from "../../src/ledger/event-lines.ts";
import { openGitLedger } from "../../src/ledger/git/open-git-ledger.ts";
import type { LedgerStore } from "../../src/ledger/port.ts";
import { eventsOf, mustAppend, opened, unwrap } from "./contract.ts";
import { environment, forgeCommit, makeRepository, type Repository } from "./git-repository.ts";

let repository: Repository;
let store: LedgerStore;
beforeEach(async () => {
  repository = await makeRepository();
  store = openGitLedger({ directory: repository.directory, environment });
});
afterEach(() => repository.close());

const inGit = (...path: string[]): string => join(repository.directory, ".git", ...path);

describe("the user's repository is left alone", () => {
  test("work tree, index, branches and configuration stay as they were, and no hook runs", async () => {
    const { directory, git } = repository;
    await writeFile(join(directory, "file.txt"), "one\n");
    await git("add", "file.txt");
    await git("commit", "-q", "-m", "first");
    await writeFile(join(directory, "file.txt"), "changed\n");
    await git("config", "commit.gpgSign", "true");
    const hook = `#!/bin/sh\ntouch '${directory}/hook-ran'\nexit 1\n`;
    await writeFile(inGit("hooks/reference-transaction"), hook, { mode: 0o755 });
    const look = async () => ({
      status: await git("status", "--porcelain"),
      branches: await git("for-each-ref", "refs/heads", "refs/tags", "HEAD"),
      head: await readFile(inGit("HEAD"), "utf8"),
      config: await readFile(inGit("config"), "utf8"),
      index: (await readFile(inGit("index"))).toString("base64"),
    });
    const before = await look();
    const head = await mustAppend(store, null, [opened(1)], { documents: { "file.txt": "x" } });
    await mustAppend(store, head, [{ type: "A" }]);
    await store.recordSpend("2026-01-01", "a", 1, 9);
    expect(await look()).toEqual(before);
    const author = "Archwright <archwright@localhost>";
    const format = "--format=%an <%ae>|%cn <%ce>|%G?";
    expect(await git("log", "-1", format, "refs/archwright/issues/1")).toBe(
      `${author}|${author}|N`,
    );
    await git("fsck", "--strict", "--no-dangling");
  });

  test("documents that did not change keep their blobs", async () => {
    const documents = { "design.md": "big\n", "adrs/001-a.md": "same\n" };
    const head = await mustAppend(store, null, [opened(1)], { documents });
    const trees = () => repository.git("ls-tree", "-r", "refs/archwright/issues/1", "adrs/");
    const before = await trees();
    const count = async () =>
      Number(/^count: (\d+)/.exec(await repository.git("count-objects", "-v"))?.[1]);
    const objects = await count();
    await mustAppend(store, head, [{ type: "A" }], { documents: { "design.md": "big\n" } });
    expect(await trees()).toBe(before);
    // The events' blob, the root tree and the commit; nothing else is new.
    expect((await count()) - objects).toBe(3);
  });

  test("variables that would send git elsewhere are not followed", async () => {
    const elsewhere = await makeRepository();
    try {
      const git = join(elsewhere.directory, ".git");
      const script = join(import.meta.dirname, "append-worker.ts");
      await promisify(execFile)(process.execPath, [script, repository.directory, "w", "1"], {
        env: {
          ...environment,
          GIT_DIR: git,
          GIT_WORK_TREE: elsewhere.directory,
          GIT_INDEX_FILE: join(git, "other-index"),
          GIT_OBJECT_DIRECTORY: join(git, "objects"),
          GIT_COMMON_DIR: git,
          GIT_NAMESPACE: "other",
          GIT_QUARANTINE_PATH: git,
          GIT_DEFAULT_HASH: "sha256",
        },
      });
      expect(await elsewhere.git("for-each-ref")).toBe("");
      expect(unwrap(await store.load(1)).records).toHaveLength(1);
    } finally {
      await elsewhere.close();
    }
  });
});

describe("only the ledger's own ref is read", () => {
  test("a branch or tag of the ref's full name is not taken for it", async () => {
    const { git } = repository;
    const head = await mustAppend(store, null, [opened(7)], { issue: 7 });
    await git("update-ref", "refs/heads/refs/archwright/issues/1", head);
    await git("update-ref", "refs/tags/refs/archwright/issues/1", head);
    await git("update-ref", "refs/archwright/issues/x1", head);
    await git("update-ref", "refs/archwright/issues/01", head);
    await git("update-ref", "refs/archwright/issues/2/3", head);
    expect(unwrap(await store.load(1)).head).toBeNull();
    expect(unwrap(await store.load(2)).head).toBeNull();
    expect(unwrap(await store.list())).toEqual([7]);
    await mustAppend(store, null, [opened(1)]);
    expect(unwrap(await store.list())).toEqual([1, 7]);
  });

  test("packed refs and a packed repository read the same", async () => {
    const head = await mustAppend(store, null, [opened(1)], { documents: { "a.md": "x" } });
    await mustAppend(store, null, [opened(10)], { issue: 10 });
    await repository.git("gc", "-q");
    const next = await mustAppend(store, head, [{ type: "A" }]);
    const fresh = openGitLedger({ directory: repository.directory, environment });
    expect(unwrap(await fresh.load(1, { contains: head })).head).toBe(next);
    expect(unwrap(await fresh.list())).toEqual([1, 10]);
  });
});

test("no object of the repository holds a secret that was to be written", async () => {
  const secrets = [
    `ghp_${"a1B2c3D4".repeat(5)}`,
    `sk-ant-api03-${"Zx9".repeat(20)}`,
    "AKIA2OGYBAH6STMMNXNN",
  ];
  const text = secrets.join("\n");
  const head = await mustAppend(store, null, [opened(1), { type: text, [text]: [text] }], {
    documents: { "a.md": `before ${text} after` },
  });
  await mustAppend(store, head, [{ type: "A", nested: { deep: [{ text }] } }]);
  await store.recordSpend("2026-01-01", "nonce", 1, 9);
  const all = await repository.git("cat-file", "--batch-all-objects", "--batch", "--unordered");
  expect(all).toContain("before [redacted:");
  for (const secret of secrets) expect(all).not.toContain(secret);
});

describe("what was tampered with is told with its line", () => {
  const good = renderEventLines(chainStart, [opened(1), { type: "A" }, { type: "B" }]).text;
  const ref = "refs/archwright/issues/1";
  const cases: [string, Record<string, string | Buffer>, number, RegExp][] = [
    ["a changed event", { "events.jsonl": good.replace('"A"', '"Z"') }, 3, /hash of line 2/],
    ["a cut file", { "events.jsonl": good.slice(0, -9) }, 3, /cut off/],
    ["bytes that are no text", { "events.jsonl": Buffer.from("\xff\n", "latin1") }, 1, /UTF-8/],
    ["no events at all", { "design.md": "x" }, 0, /no events.jsonl/],
    ["a name that is refused", { "events.jsonl": good, "a b.md": "x" }, 0, /a b\.md/],
    [
      "a document that is no text",
      { "events.jsonl": good, "a.md": Buffer.from([0xff, 0xfe]) },
      0,
      /a\.md is not valid UTF-8/,
    ],
  ];
  test.each(cases)("%s", async (_name, files, line, detail) => {
    const head = await forgeCommit(repository, ref, files, null);
    const failure = {
      reason: "ledger-corrupt",
      issue: 1,
      line,
      detail: expect.stringMatching(detail),
    };
    expect(await store.load(1)).toEqual({ ok: false, failure });
    if (line === 0) return;
    const late = await store.append({ issue: 1, parent: head, events: [], documents: {} });
    expect(late).toEqual({ ok: false, failure });
  });

  test.each(["missing", "damaged"])("a blob that is %s", async (how) => {
    const head = await mustAppend(store, null, [opened(1)], { documents: { "a.md": "text" } });
    const id = await repository.git("rev-parse", `${head}:a.md`);
    const path = inGit("objects", id.slice(0, 2), id.slice(2));
    if (how === "missing") await promisify(execFile)("rm", ["-f", path]);
    else await promisify(execFile)("sh", ["-c", 'rm -f "$0"; echo broken > "$0"', path]);
    const answer = await store.load(1);
    expect(answer).toMatchObject({ ok: false, failure: { reason: "ledger-corrupt", issue: 1 } });
  });

  test("a ledger written by a later version is read, appended to and keeps its bytes", async () => {
    const { git } = repository;
    const line = `{"hmac":"x", "event":{"type":"New","v":2,"n":1.0,"big":12345678901234567890},"prev":"${"0".repeat(64)}","seq":1}`;
    const head = await forgeCommit(repository, ref, { "events.jsonl": `${line}\n` }, null);
    await mustAppend(store, head, [{ type: "A" }]);
    const lines = (await git("cat-file", "blob", `${ref}:events.jsonl`)).split("\n");
    expect(lines[0]).toBe(line);
    expect(eventsOf(unwrap(await store.load(1)))).toMatchObject([{ type: "New" }, { type: "A" }]);
  });
});
