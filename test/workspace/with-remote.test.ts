import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { fetchIssueRefs, readWorkRefs } from "../../src/workspace/git/fetch-issue-refs.ts";
import { withRemote } from "../../src/workspace/git/with-remote.ts";
import type { Workspace } from "../../src/workspace/port.ts";
import { type GitServer, openGitServer } from "./git-server.ts";
import {
  createSample,
  demand,
  environment,
  openSample,
  openTree,
  type Sample,
} from "./repository.ts";

const TOKEN = "ghs_installationTokenOfTheTest0123456789";
const BRANCH = "archwright/7-multiply-01";

let origin: string;
let sample: Sample;
let server: GitServer;
let own: Workspace;
let workspace: Workspace;
let base: string;

const classify = (words: string) =>
  words.includes("GH013")
    ? { rule: "push-rule", detail: "Repository rule violations", link: null }
    : null;
const remoteOf = (token = TOKEN) => ({
  repository: sample.directory,
  url: server.url,
  token: async () => token,
  environment,
});

beforeEach(async () => {
  sample = createSample({ "a.txt": "a\n" });
  base = sample.git("rev-parse", "HEAD").trim();
  origin = join(dirname(sample.directory), "origin.git");
  sample.git("clone", "--quiet", "--bare", ".", origin);
  server = await openGitServer(origin, TOKEN);
  server.git("config", "http.receivepack", "true");
  own = await openSample(sample);
  workspace = demand(await withRemote(own, { ...remoteOf(), classify }));
});
afterEach(async () => {
  await server.close();
  sample.remove();
});

const make = async (from: string, name: string) => {
  const tree = await openTree(own, from);
  demand(await tree.write(name, `${name}\n`));
  const made = demand(await tree.commit(name));
  await tree.close();
  return made ?? "";
};
/** A commit that only the remote has, as a person's push. */
const pushed = (parent: string) => {
  const tree = server.git("rev-parse", `${parent}^{tree}`);
  return server.git(
    "-c",
    "user.name=P",
    "-c",
    "user.email=p@x.org",
    "commit-tree",
    tree,
    "-p",
    parent,
    "-m",
    "by hand",
  );
};

describe("a workspace with a remote", () => {
  test("makes a branch there, moves it forward, and saying it again changes nothing", async () => {
    expect(await workspace.branchHead(BRANCH)).toBeNull();
    const head = await make(base, "b.txt");
    const next = await make(head, "c.txt");
    demand(await workspace.publish(BRANCH, head, null));
    demand(await workspace.publish(BRANCH, next, head));
    demand(await workspace.publish(BRANCH, next, head));
    expect(server.git("rev-parse", BRANCH)).toBe(next);
    expect(await workspace.branchHead(BRANCH)).toBe(next);
    server.git("fsck", "--strict");
  });

  test("gives the credential to the remote, and leaves it nowhere", async () => {
    sample.git(
      "config",
      `http.${new URL(server.url).origin}/.extraheader`,
      "Authorization: Basic b2xkOm9uZQ==",
    );
    demand(await workspace.publish(BRANCH, await make(base, "b.txt"), null));
    const basic = Buffer.from(`x-access-token:${TOKEN}`).toString("base64");
    expect([...server.seen].filter(Boolean)).toEqual([`Basic ${basic}`]);
    const kept = readdirSync(join(sample.directory, ".git"), {
      recursive: true,
      withFileTypes: true,
    })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
      .filter((text) => text.includes(TOKEN) || text.includes(basic));
    expect(kept).toEqual([]);
  });

  test("a credential that is refused, or not to be had, is a failure and no prompt", async () => {
    const wrong = demand(await withRemote(own, { ...remoteOf("ghs_wrong"), classify }));
    const answer = await wrong
      .publish(BRANCH, base, null)
      .catch((stop) => ({ failure: stop.failure }));
    expect(answer).toMatchObject({ failure: { reason: "git-failed" } });
    expect(JSON.stringify(answer)).not.toContain("ghs_wrong");
    const token = async () => Promise.reject(new Error("the App was removed"));
    const none = demand(await withRemote(own, { ...remoteOf(), token, classify }));
    expect(await none.keep("7/BUILD_01-1", base)).toMatchObject({
      failure: {
        reason: "forge-unavailable",
        detail: expect.stringContaining("the App was removed"),
      },
    });
  });

  test("never moves a branch that a person moved, and brings what they pushed", async () => {
    const head = await make(base, "b.txt");
    demand(await workspace.publish(BRANCH, head, null));
    const theirs = pushed(head);
    server.git("update-ref", `refs/heads/${BRANCH}`, theirs);
    const next = await make(head, "c.txt");
    expect(await workspace.publish(BRANCH, next, head)).toEqual({
      ok: false,
      failure: { reason: "branch-moved", branch: BRANCH, expected: head, actual: theirs },
    });
    expect(await workspace.branchHead(BRANCH)).toBe(theirs);
    expect(await workspace.commits(head, theirs)).toEqual([{ sha: theirs, subject: "by hand" }]);
    const aside = await workspace.publish(BRANCH, next, theirs);
    expect(aside).toMatchObject({ failure: { reason: "git-failed", command: "push" } });
    expect(server.git("rev-parse", BRANCH)).toBe(theirs);
    demand(await workspace.publish(BRANCH, next, theirs, { replace: true }));
    expect(server.git("rev-parse", BRANCH)).toBe(next);
  });

  test("a push that comes in between is told as such, and nothing is overwritten", async () => {
    const head = await make(base, "b.txt");
    demand(await workspace.publish(BRANCH, head, null));
    const theirs = pushed(head);
    server.beforePush(() => server.git("update-ref", `refs/heads/${BRANCH}`, theirs));
    const answer = await workspace.publish(BRANCH, await make(head, "c.txt"), head, {
      replace: true,
    });
    expect(answer).toMatchObject({ failure: { reason: "branch-moved", actual: theirs } });
    expect(server.git("rev-parse", BRANCH)).toBe(theirs);
  });

  test("an answer that is lost is judged by the remote's own ref", async () => {
    const head = await make(base, "b.txt");
    server.loseAnswer();
    demand(await workspace.publish(BRANCH, head, null));
    expect(server.git("rev-parse", BRANCH)).toBe(head);
    server.loseAnswer();
    demand(await workspace.keep("7/BUILD_01-1", head));
    expect(server.git("rev-parse", "refs/archwright/work/7/BUILD_01-1")).toBe(head);
  });

  test("a rule of the forge is named; other words stay git's", async () => {
    const hook = join(origin, "hooks", "pre-receive");
    const say = (words: string) => {
      writeFileSync(hook, `#!/bin/sh\necho '${words}' >&2\nexit 1\n`);
      chmodSync(hook, 0o755);
    };
    const head = await make(base, "b.txt");
    say("error: GH013: Repository rule violations found");
    expect(await workspace.publish(BRANCH, head, null)).toMatchObject({
      failure: { reason: "forge-refused", rule: "push-rule" },
    });
    say("no room");
    expect(await workspace.publish(BRANCH, head, null)).toMatchObject({
      failure: { reason: "git-failed", detail: expect.stringContaining("no room") },
    });
    expect(await workspace.branchHead(BRANCH)).toBeNull();
  });

  test("runs no hook of the clone", async () => {
    const marker = join(dirname(sample.directory), "ran");
    const hook = join(sample.directory, ".git", "hooks", "pre-push");
    writeFileSync(hook, `#!/bin/sh\ntouch '${marker}'\n`);
    chmodSync(hook, 0o755);
    demand(await workspace.publish(BRANCH, await make(base, "b.txt"), null));
    expect(existsSync(marker)).toBe(false);
  });

  test("kept work is replaced, and found by a fresh clone with the branches of its issue only", async () => {
    const head = await make(base, "b.txt");
    const next = await make(base, "c.txt");
    demand(await workspace.keep("7/BUILD_01-1", head));
    demand(await workspace.keep("7/BUILD_01-1", next));
    demand(await workspace.keep("70/BUILD_01-1", head));
    demand(await workspace.publish(BRANCH, head, null));
    demand(await workspace.publish("archwright/70-other-01", head, null));
    const folder = join(dirname(sample.directory), "fresh");
    sample.git("clone", "--quiet", origin, folder, "--branch", "main", "--single-branch");
    const fresh = { ...remoteOf(), repository: folder };
    demand(await fetchIssueRefs(fresh, 7));
    const list = () =>
      sample.git("-C", folder, "for-each-ref", "--format=%(refname) %(objectname)");
    expect(list()).toContain(`refs/archwright/work/7/BUILD_01-1 ${next}`);
    expect(list()).toContain(`refs/heads/${BRANCH} ${head}`);
    expect(list()).not.toMatch(/\/70/);
    expect(demand(await readWorkRefs(fresh, 7))).toEqual({
      "refs/archwright/work/7/BUILD_01-1": next,
    });
    server.git("update-ref", "-d", `refs/heads/${BRANCH}`);
    demand(await fetchIssueRefs(fresh, 7));
    expect(list()).not.toContain(BRANCH);
  });
});
