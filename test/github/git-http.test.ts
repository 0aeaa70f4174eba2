import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { Rights } from "./contract.ts";
import { allRights, type Bench, openBench } from "./open-bench.ts";

let bench: Bench;
let clone: string;

type Ran = { code: number; text: string };

/** Git as a user runs it, without this machine's settings. */
const git = (...options: string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const environment = {
      PATH: process.env.PATH ?? "",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_TERMINAL_PROMPT: "0",
      GIT_AUTHOR_NAME: "Ada",
      GIT_AUTHOR_EMAIL: "ada@example.com",
      GIT_COMMITTER_NAME: "Ada",
      GIT_COMMITTER_EMAIL: "ada@example.com",
    };
    execFile("git", options, { cwd: clone, env: environment }, (fault, out, words) => {
      resolve({ code: fault ? Number(fault.code ?? 1) : 0, text: out + words });
    });
  });

const address = (token: string | null): string => {
  const { gitUrl, owner, repo } = bench.standIn;
  const who = token === null ? "" : `x-access-token:${token}@`;
  return `${gitUrl.replace("http://", `http://${who}`)}/${owner}/${repo}.git`;
};

const bot = (rights: Rights = allRights): string => address(bench.standIn.actionsToken(rights));

async function commit(path: string, text: string): Promise<void> {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), text);
  await git("add", "-A");
  await git("commit", "-qm", `Write ${path}`);
}

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.standIn.close());
beforeEach(async () => {
  clone = mkdtempSync(join(tmpdir(), "clone-"));
  await git("clone", "-q", address(null), ".");
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

test("clones without a token what is public, and pushes only with the right", async () => {
  await commit("a.txt", "a\n");
  const nobody = await git("push", address(null), "HEAD:refs/heads/one");
  const reader = await git("push", bot({ contents: "read" }), "HEAD:refs/heads/one");
  const writer = await git("push", bot(), "HEAD:refs/heads/one");
  expect([nobody.code === 0, reader.code === 0, writer.code]).toEqual([false, false, 0]);
  expect(reader.text).toMatch(/error: 403/);
  const ref = await bench.call("GET", `${bench.repo}/git/ref/heads/one`);
  expect(ref.data.object?.sha).toBe((await git("rev-parse", "HEAD")).text.trim());
});

test("takes refs outside of branches, and gives them back", async () => {
  await commit("b.txt", "b\n");
  const pushed = await git("push", bot(), "HEAD:refs/archwright/issues/7");
  const fetched = await git("fetch", "-q", address(null), "refs/archwright/*:refs/mine/*");
  const mine = await git("rev-parse", "refs/mine/issues/7");
  expect([pushed.code, fetched.code]).toEqual([0, 0]);
  expect(mine.text).toBe((await git("rev-parse", "HEAD")).text);
});

test("an atomic push moves all refs or none", async () => {
  await commit("atomic.txt", "a\n");
  bench.standIn.settings.protectedBranches = ["safe/**"];
  const refs = ["HEAD:refs/heads/free", "HEAD:refs/heads/safe/two"];
  const atomic = await git("push", "--atomic", bot(), ...refs);
  const none = await bench.call("GET", `${bench.repo}/git/ref/heads/free`);
  const single = await git("push", bot(), ...refs);
  bench.standIn.settings.protectedBranches = [];
  const free = await bench.call("GET", `${bench.repo}/git/ref/heads/free`);
  expect([atomic.code === 0, none.status, single.code === 0, free.status]).toEqual([
    false,
    404,
    false,
    200,
  ]);
});

test("a shallow clone can push", async () => {
  rmSync(clone, { recursive: true, force: true });
  mkdirSync(clone);
  await git("clone", "-q", "--depth", "1", address(null), ".");
  await commit("c.txt", "c\n");
  expect((await git("push", bot(), "HEAD:refs/heads/shallow")).code).toBe(0);
});

test("a large push arrives whole", async () => {
  await commit("large.bin", Array.from({ length: 60_000 }, () => Math.random()).join("\n"));
  expect((await git("push", bot(), "HEAD:refs/heads/large")).code).toBe(0);
});

test("a token of Actions may not push workflow files; a person may", async () => {
  await commit(".github/workflows/new.yml", "on: push\n");
  const refused = await git("push", bot(), "HEAD:refs/heads/workflow");
  expect(refused.text).toMatch(
    /remote rejected.*refusing to allow a GitHub App to create or update workflow `.github\/workflows\/new.yml` without `workflows` permission/,
  );
  bench.standIn.person("ada", "write");
  const person = await git(
    "push",
    address(bench.standIn.userToken("ada")),
    "HEAD:refs/heads/workflow",
  );
  expect(person.code).toBe(0);
});

const rules: [string, Partial<Bench["standIn"]["settings"]>, string, RegExp][] = [
  [
    "protected branches",
    { protectedBranches: ["safe/**"] },
    "safe/one",
    /GH006[\s\S]*protected branch hook declined/,
  ],
  [
    "signed commits",
    { requireSignedCommits: true },
    "unsigned",
    /GH013[\s\S]*verified signatures[\s\S]*push declined/,
  ],
  [
    "push protection",
    { pushProtection: true },
    "secret",
    /GH013[\s\S]*Push cannot contain secrets/,
  ],
];

test.each(rules)("%s refuse a push", async (_name, settings, branch, words) => {
  Object.assign(bench.standIn.settings, settings);
  await commit("key.txt", `token = ghp_${"a1B2".repeat(9)}\n`);
  const refused = await git("push", bot(), `HEAD:refs/heads/${branch}`);
  Object.assign(bench.standIn.settings, {
    protectedBranches: [],
    requireSignedCommits: false,
    pushProtection: false,
  });
  expect(refused.code).not.toBe(0);
  expect(refused.text).toMatch(words);
});

test("what somebody else pushed in the meantime is not overwritten", async () => {
  await commit("d.txt", "d\n");
  await git("push", bot(), "HEAD:refs/heads/shared");
  await bench.standIn.person("ada", "write").push("shared", { "e.txt": "e\n" });
  await commit("f.txt", "f\n");
  const refused = await git("push", bot(), "HEAD:refs/heads/shared");
  expect(refused.text).toMatch(/rejected.*fetch first/);
});

test("a push moves the pull request of its branch, and tells so", async () => {
  const events: string[] = [];
  const stop = bench.standIn.listen(({ event, payload }) =>
    events.push(`${event} ${String(payload.action ?? "")}`.trim()),
  );
  await commit("g.txt", "g\n");
  await git("push", bot(), "HEAD:refs/heads/moving");
  const ada = bench.standIn.person("ada", "write");
  const pull = await ada.openPull({ head: "moving", title: "Moving" });
  await commit("h.txt", "h\n");
  await git("push", bot(), "HEAD:refs/heads/moving");
  stop();
  const { data } = await bench.call("GET", `${bench.repo}/pulls/${pull}`);
  expect(data.head?.sha).toBe((await git("rev-parse", "HEAD")).text.trim());
  expect(events).toEqual([
    "create",
    "push",
    "pull_request opened",
    "push",
    "pull_request synchronize",
  ]);
});
