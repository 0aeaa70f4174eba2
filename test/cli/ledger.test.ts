import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type LedgerOptions, type LedgerVerb, runLedger } from "../../src/cli/ledger.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { chainStart, renderEventLines } from "../../src/ledger/event-lines.ts";
import { openGitLedger } from "../../src/ledger/git/open-git-ledger.ts";
import type { LedgerStore } from "../../src/ledger/port.ts";
import { eventsOf, mustAppend, opened, unwrap } from "../ledger/contract.ts";
import {
  environment,
  forgeCommit,
  makeRepository,
  type Repository,
} from "../ledger/git-repository.ts";

let repository: Repository;
let store: LedgerStore;
let head: string;
const ref = "refs/archwright/issues/1";
beforeEach(async () => {
  repository = await makeRepository("--bare");
  store = openGitLedger({ directory: repository.directory, environment });
  const first = await mustAppend(store, null, [opened(1)], {
    documents: { "design.md": "# Plan\n", "adrs/001-a.md": "because\n" },
  });
  head = await mustAppend(store, first, [{ type: "A" }, { type: "FromTheFuture", x: [1] }]);
});
afterEach(() => repository.close());

async function run(verb: LedgerVerb, more: Partial<LedgerOptions> = {}) {
  let out = "";
  let err = "";
  const terminal: Terminal = {
    out: (text) => {
      out += `${text}\n`;
    },
    err: (text) => {
      err += `${text}\n`;
    },
    interactive: false,
    colours: false,
    ask: async () => null,
  };
  const { directory } = repository;
  const options = {
    directory,
    issue: null,
    json: false,
    yes: false,
    to: null,
    authors: [],
    ...more,
  };
  const code = await runLedger(verb, options, terminal);
  return { code, out, err };
}

const refs = () => repository.git("for-each-ref", "--format=%(refname)");
const types = async (): Promise<unknown[]> =>
  eventsOf(unwrap(await store.load(1))).map(({ type }) => type);
const stored = (commit: string) => repository.git("cat-file", "blob", `${commit}:events.jsonl`);

describe("verify", () => {
  test("verify asks who may have written a ledger that came from elsewhere", async () => {
    const tree = await repository.git("rev-parse", `${head}^{tree}`);
    const other = await repository.git("commit-tree", tree, "-p", head, "-m", "x");
    await repository.git("update-ref", ref, other);
    const refused = await run("verify");
    expect(refused.code).toBe(1);
    expect(refused.out).toContain("--author");
    const accepted = await run("verify", {
      authors: ["Somebody <somebody@localhost>", "archwright@localhost"],
    });
    expect(accepted).toMatchObject({ code: 0, out: expect.stringContaining("sound") });
  });

  test("sound ledgers, in words and as JSON", async () => {
    await mustAppend(store, null, [opened(10)], { issue: 10 });
    const words = await run("verify");
    expect(words).toMatchObject({ code: 0, err: "" });
    expect(words.out).toBe(
      `issue 1: sound (3 events in 2 commits, head ${head.slice(0, 12)})\n` +
        `issue 10: sound (1 events in 1 commits, head ${unwrap(await store.load(10)).head?.slice(0, 12)})\n`,
    );
    const json = JSON.parse((await run("verify", { issue: 1, json: true })).out);
    expect(json).toEqual({ ledgers: [{ issue: 1, head, commits: 2, events: 3, faults: [] }] });
  });

  test("faults with commit and line, and what helps", async () => {
    const lines = `${await stored(head)}\n`.replace('"A"', '"Z"');
    const forged = await forgeCommit(repository, ref, { "events.jsonl": lines }, head);
    const { code, out } = await run("verify", { issue: 1 });
    expect(code).toBe(1);
    expect(out).toContain(`${forged.slice(0, 12)} events.jsonl:3: prev is not the hash of line 2`);
    expect(out).toContain(`${forged.slice(0, 12)} events.jsonl:2: the lines of its parent`);
    expect(out).toContain("written by Somebody <somebody@localhost> (author)");
    expect(out).toContain("archwright ledger repair --issue 1");
  });

  test("no ledger, no such issue, no repository, no number", async () => {
    const empty = await makeRepository();
    try {
      const nothing = await run("verify", { directory: empty.directory });
      expect(nothing).toEqual({
        code: 0,
        out: "There is no ledger in this repository.\n",
        err: "",
      });
    } finally {
      await empty.close();
    }
    expect(await run("verify", { issue: 3 })).toMatchObject({
      code: 2,
      err: expect.stringContaining("no feature 3"),
    });
    expect(await run("verify", { directory: "/nonexistent" })).toMatchObject({
      code: 2,
      err: expect.stringContaining("not inside a git repository"),
    });
    expect((await run("verify", { issue: 1.5 })).code).toBe(2);
    expect((await run("repair")).code).toBe(2);
    expect((await run("purge", { yes: true })).code).toBe(2);
  });
});

describe("export", () => {
  test("JSON holds every event and document, also of a later version", async () => {
    const { code, out } = await run("export", { issue: 1 });
    expect(code).toBe(0);
    const snapshot = unwrap(await store.load(1));
    expect(JSON.parse(out)).toEqual({ ledgers: [snapshot] });
    expect(out).toContain("FromTheFuture");
  });

  test("files are the ledger's bytes; a folder that is not empty is left alone", async () => {
    const to = join(repository.directory, "exported");
    await mustAppend(store, null, [opened(10)], { issue: 10 });
    expect(await run("export", { to })).toMatchObject({ code: 0, out: "" });
    expect(await readFile(join(to, "1/events.jsonl"), "utf8")).toBe(`${await stored(head)}\n`);
    expect(await readFile(join(to, "1/adrs/001-a.md"), "utf8")).toBe("because\n");
    expect((await readdir(to)).sort()).toEqual(["1", "10"]);
    await writeFile(join(to, "1/design.md"), "mine\n");
    expect(await run("export", { to })).toMatchObject({
      code: 2,
      err: expect.stringContaining("not empty"),
    });
    expect(await readFile(join(to, "1/design.md"), "utf8")).toBe("mine\n");
  });

  test("a place that cannot be written is told", async () => {
    await writeFile(join(repository.directory, "file"), "");
    const to = join(repository.directory, "file/below");
    expect(await run("export", { to })).toMatchObject({ code: 2 });
  });

  test("a broken ledger is not exported as if it were sound", async () => {
    await forgeCommit(repository, ref, { "events.jsonl": "{}\n" }, null);
    expect(await run("export")).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("broken at line 1"),
    });
  });
});

describe("repair", () => {
  const backups = async () =>
    (await refs()).split("\n").filter((name) => name.startsWith("refs/archwright/backup/"));

  test("a sound ledger is left as it is", async () => {
    const { code, out } = await run("repair", { issue: 1 });
    expect({ code, out }).toEqual({ code: 0, out: "issue 1: sound, nothing to repair\n" });
    expect(unwrap(await store.load(1)).head).toBe(head);
  });

  test("a broken last line: the sound ones are kept, also those the broken commit brought", async () => {
    const good = `${await stored(head)}\n`;
    const end = { seq: 3, hash: JSON.parse((await nextLine()) ?? "{}").prev };
    const added = renderEventLines(end, [{ type: "Kept" }, { type: "Lost" }]).text;
    const files = { "events.jsonl": good + added.replace("Lost", "Lo").slice(0, -4) };
    const broken = await forgeCommit(repository, ref, { ...files, "new.md": "n\n" }, head);
    const { code, out } = await run("repair", { issue: 1 });
    expect(code).toBe(0);
    expect(out).toContain("repaired, 4 sound events kept");
    expect(await types()).toEqual([
      "FeatureOpened",
      "A",
      "FromTheFuture",
      "Kept",
      "LedgerRepaired",
    ]);
    const backup = `refs/archwright/backup/1-${broken.slice(0, 12)}`;
    expect(await backups()).toEqual([backup]);
    expect(await repository.git("rev-parse", backup)).toBe(broken);
    const loaded = unwrap(await store.load(1, { contains: head }));
    expect(loaded.documents).toEqual({ "new.md": "n\n" });
    expect(loaded.records.at(-1)?.event).toMatchObject({ broken, backup, keptEvents: 4 });
    expect((await run("verify", { issue: 1 })).code).toBe(0);
    await mustAppend(store, loaded.head, [{ type: "GoesOn" }]);

    async function nextLine(): Promise<string | undefined> {
      const probe = await mustAppend(store, head, [{ type: "Probe" }]);
      return (await stored(probe)).split("\n")[3];
    }
  });

  test("rewritten lines: back to the last commit whose history is sound", async () => {
    const rewritten = renderEventLines(chainStart, [opened(1), { type: "Evil" }, { type: "B" }]);
    const forged = await forgeCommit(repository, ref, { "events.jsonl": rewritten.text }, head);
    await mustAppend(store, forged, [{ type: "Later" }]);
    expect((await run("repair", { issue: 1, json: true })).code).toBe(0);
    expect(await types()).toEqual(["FeatureOpened", "A", "FromTheFuture", "LedgerRepaired"]);
    expect(unwrap(await store.load(1)).documents["design.md"]).toBe("# Plan\n");
    expect((await run("verify", { issue: 1 })).code).toBe(0);
    expect(await backups()).toHaveLength(1);
  });

  test("nothing sound at all: kept as a backup, and the ledger begins anew", async () => {
    const forged = await forgeCommit(repository, ref, { "events.jsonl": "nonsense\n" }, null);
    const { code, out } = await run("repair", { issue: 1 });
    expect(code).toBe(0);
    expect(out).toContain("begins anew");
    expect(await backups()).toEqual([`refs/archwright/backup/1-${forged.slice(0, 12)}`]);
    expect(unwrap(await store.load(1)).head).toBeNull();
  });

  test.each(["design.md", "events.jsonl"])("a damaged object of the head: %s", async (name) => {
    const next = await mustAppend(store, head, [{ type: "B" }], {
      documents: { "design.md": "2" },
    });
    const id = await repository.git("rev-parse", `${next}:${name}`);
    const path = join(repository.directory, "objects", id.slice(0, 2), id.slice(2));
    await rm(path);
    await writeFile(path, "damaged");
    expect((await run("verify", { issue: 1 })).code).toBe(1);
    expect((await run("repair", { issue: 1 })).code).toBe(0);
    const events = ["FeatureOpened", "A", "FromTheFuture"];
    const kept = name === "design.md" ? [...events, "B"] : events;
    expect(await types()).toEqual([...kept, "LedgerRepaired"]);
    const { documents } = unwrap(await store.load(1));
    expect(documents).toEqual({
      "adrs/001-a.md": "because\n",
      ...(name === "design.md" ? {} : { "design.md": "# Plan\n" }),
    });
  });

  test("a commit missing in the middle: the lines of the head are kept", async () => {
    const next = await mustAppend(store, head, [{ type: "B" }]);
    await rm(join(repository.directory, "objects", head.slice(0, 2), head.slice(2)));
    const { out } = await run("verify", { issue: 1 });
    expect(out).toContain(`${head.slice(0, 12)} the commit is missing in the repository`);
    expect((await run("repair", { issue: 1 })).code).toBe(0);
    expect(await types()).toEqual(["FeatureOpened", "A", "FromTheFuture", "B", "LedgerRepaired"]);
    expect((await run("verify", { issue: 1 })).code).toBe(0);
    expect(await backups()).toEqual([`refs/archwright/backup/1-${next.slice(0, 12)}`]);
  });

  test("a foreign author is shown, but no line is thrown away for it", async () => {
    const files = { "events.jsonl": `${await stored(head)}\n` };
    const forged = await forgeCommit(repository, ref, files, head);
    const { code, out } = await run("repair", { issue: 1 });
    expect(code).toBe(1);
    expect(out).toContain("nothing that a repair could mend");
    expect(unwrap(await store.load(1)).head).toBe(forged);
  });
});

describe("purge", () => {
  test("shows what would go and deletes nothing without --yes", async () => {
    const before = await refs();
    const { code, out, err } = await run("purge", { issue: 1 });
    expect(code).toBe(3);
    expect(out).toContain("issue 1: 3 events, adrs/001-a.md, design.md");
    expect(out).toContain(ref);
    expect(err).toContain("--yes");
    expect(await refs()).toBe(before);
  });

  test("deletes the ledger and its backups, and nothing else", async () => {
    await mustAppend(store, null, [opened(10)], { issue: 10 });
    await store.recordSpend("2026-01-01", "a", 1, 9);
    await forgeCommit(repository, "refs/archwright/backup/1-abc", { x: "" }, null);
    await forgeCommit(repository, "refs/archwright/backup/10-abc", { x: "" }, null);
    const { code, out } = await run("purge", { issue: 1, yes: true, json: true });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ issue: 1, purged: true, events: 3 });
    expect((await refs()).split("\n")).toEqual([
      "refs/archwright/backup/10-abc",
      "refs/archwright/issues/10",
      "refs/archwright/spend/2026-01-01",
    ]);
    expect((await run("purge", { issue: 1, yes: true })).code).toBe(2);
  });
});

test("works from a folder inside a work tree", async () => {
  const work = await makeRepository();
  try {
    const inside = join(work.directory, "a/b");
    await mkdir(inside, { recursive: true });
    await mustAppend(openGitLedger({ directory: inside, environment }), null, [opened(1)]);
    expect((await run("verify", { directory: inside })).out).toContain("issue 1: sound");
    const { stdout } = await promisify(execFile)("git", ["status", "--porcelain"], {
      cwd: work.directory,
      env: environment,
    });
    expect(stdout).toBe("");
  } finally {
    await work.close();
  }
});
