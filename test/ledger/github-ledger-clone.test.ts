import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { openBareGit, openLedgerClone } from "../../src/door/open-ledger-clone.ts";
import { actionsIdentity } from "../../src/forge/github/find-identity.ts";
import type { LedgerClone } from "../../src/ledger/github/clone.ts";
import { fail } from "../../src/shared/result.ts";
import { eventsOf, mustAppend, opened, unwrap } from "./contract.ts";
import { actions, openPlace, type Place } from "./github-place.ts";

// What is read over git costs no calls, and is proved as what the API tells is.

let place: Place;
let folder: string;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archwright-clone-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function openClone(
  url = `${place.standIn.gitUrl}/${place.standIn.owner}/${place.standIn.repo}.git`,
) {
  const token = place.standIn.actionsToken({ contents: "read" });
  const environment = { PATH: process.env.PATH ?? "" };
  const remote = { url, token: async () => token, environment };
  return openLedgerClone(openBareGit(join(folder, "ledger.git"), remote), url);
}

/** A store as a job of the Action has it: it knows who it is, and has a clone. */
const store = (clone: LedgerClone, signed = false) => {
  const api = { ...place.api(), identity: async () => known };
  return place.store({ api, clone, signed });
};
const known = { ok: true as const, status: 200, data: actionsIdentity };

/** Calls of the API, git apart. */
async function count<T>(work: Promise<T>): Promise<{ calls: string[]; value: T }> {
  const { requests } = place.standIn;
  const before = requests.length;
  const value = await work;
  const asked = requests.slice(before).filter(({ route }) => !route.startsWith("git "));
  return { calls: asked.map(({ method, route }) => `${method} ${route}`), value };
}

const verdict = "GET /repos/{owner}/{repo}/git/commits/{commit_sha}";
const documents = { "design.md": "# Plan", "adrs/1.md": "# One", "a/b/c.md": "Zo\u00eb" };

/** A commit on top of another one, written by who says so. */
function forge(issue: number, head: string, author: string, committer: string): string {
  const git = (words: string[], env: Record<string, string> = {}): string =>
    execFileSync("git", ["-C", place.standIn.bare, ...words], {
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "", ...env },
    }).trim();
  const [authorName = "", authorEmail = ""] = author.split(" <");
  const [name = "", email = ""] = committer.split(" <");
  const people = {
    GIT_AUTHOR_NAME: authorName,
    GIT_AUTHOR_EMAIL: authorEmail.replace(">", ""),
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email.replace(">", ""),
  };
  const commit = git(["commit-tree", `${head}^{tree}`, "-p", head, "-m", "forged"], people);
  git(["update-ref", `refs/archwright/issues/${issue}`, commit]);
  return commit;
}

const bot = `github-actions[bot] <${actions}>`;

describe("a ledger over git", () => {
  test("costs no call, and one for GitHub's signature where that is asked for", async () => {
    const head = await mustAppend(place.store(), null, [opened(1)], { documents });
    const plain = await count(store(openClone()).load(1));
    expect(unwrap(plain.value)).toMatchObject({ head, documents });
    expect(plain.calls).toEqual([]);
    const reader = store(openClone(), true);
    const signed = await count(reader.load(1));
    expect([unwrap(signed.value).head, signed.calls]).toEqual([head, [verdict]]);
    expect((await count(reader.load(1, { contains: head }))).calls).toEqual([]);
  });

  test("what others append is seen, and what a pin asks for is contained", async () => {
    const first = await mustAppend(place.store(), null, [opened(2)], { issue: 2 });
    const reader = store(openClone());
    expect(unwrap(await reader.load(2)).head).toBe(first);
    const second = await mustAppend(place.store(), first, [{ type: "A" }], { issue: 2 });
    const third = await mustAppend(place.store(), second, [{ type: "B" }], { issue: 2 });
    const loaded = await count(reader.load(2, { contains: first }));
    expect(unwrap(loaded.value).head).toBe(third);
    expect(eventsOf(unwrap(loaded.value))).toHaveLength(3);
    expect(loaded.calls).toEqual([]);
    expect(await reader.load(2, { contains: "0".repeat(40) })).toMatchObject({ ok: false });
  });

  test("an append after it builds on what was read, and is known without asking", async () => {
    const first = await mustAppend(place.store(), null, [opened(3)], { issue: 3, documents });
    const writer = store(openClone());
    unwrap(await writer.load(3));
    const made = await count(mustAppend(writer, first, [{ type: "A" }], { issue: 3 }));
    // Tree, commit, the repository's id that GraphQL wants, and the move.
    expect(made.calls).toHaveLength(4);
    const own = await count(writer.load(3, { at: made.value }));
    expect([own.calls, unwrap(own.value).documents]).toEqual([[], documents]);
  });

  test("money of a day is read over git, too", async () => {
    unwrap(await place.store().recordSpend("2026-05-01", "a", 1, 9));
    const spent = await count(store(openClone()).recordSpend("2026-05-01", "b", 2, 9, { a: 3 }));
    expect(unwrap(spent.value)).toEqual({ fitted: true, total: 5 });
    expect(spent.calls).toHaveLength(4);
  });

  test.each([
    ["somebody else", "Mallory <m@example.com>", bot, false],
    ["us, by somebody else", bot, "Mallory <m@example.com>", false],
    ["us, in GitHub's name, unsigned", bot, "GitHub <noreply@github.com>", true],
    ["us, unsigned", bot, bot, true],
  ])("a commit by %s is refused", async (_, author, committer, signed) => {
    const head = await mustAppend(place.store(), null, [opened(4)], { issue: 4 }).catch(() => {
      const show = ["-C", place.standIn.bare, "rev-parse", "refs/archwright/issues/4"];
      return execFileSync("git", show, { encoding: "utf8" }).trim();
    });
    forge(4, head, author, committer);
    expect(await store(openClone(), signed).load(4)).toMatchObject({
      ok: false,
      failure: { reason: "ledger-corrupt" },
    });
  });

  test("where git fails, the API is asked", async () => {
    const head = await mustAppend(place.store(), null, [opened(5)], { issue: 5, documents });
    const failure = { reason: "git-failed" as const, command: "fetch", detail: "no network" };
    const broken: LedgerClone = {
      fetch: async () => fail(failure),
      read: async () => new Map(),
      contains: async () => null,
    };
    const loaded = await count(store(broken).load(5));
    expect(unwrap(loaded.value)).toMatchObject({ head, documents });
    expect(loaded.calls.length).toBeGreaterThan(2);
  });

  test("an object that is not what its id says is not believed", async () => {
    await mustAppend(place.store(), null, [opened(6)], { issue: 6, documents });
    const real = openClone();
    const lying: LedgerClone = {
      ...real,
      read: async (ids) => {
        const read = await real.read(ids);
        const changed = ([id, object]: [string, { type: string; bytes: Buffer }]) =>
          [id, { ...object, bytes: Buffer.concat([object.bytes, Buffer.from("x")]) }] as const;
        return new Map([...read].map(changed));
      },
    };
    expect(unwrap(await store(lying).load(6)).documents).toEqual(documents);
  });
});
