import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { Answer, GitHubApi } from "../../../src/forge/github/api.ts";
import { classifyPushRefusal } from "../../../src/forge/github/classify-push-refusal.ts";
import { openGitHubApi } from "../../../src/forge/github/open-api.ts";
import type { Person, Rights, Settings, StandIn } from "../../github/contract.ts";
import { openStandIn } from "../../github/open-stand-in.ts";
import { environment } from "../../ledger/git-repository.ts";

const rights: Rights = {
  contents: "write",
  issues: "write",
  pull_requests: "write",
  actions: "write",
};
let standIn: StandIn;
let folder: string;
let ada: Person;
let friendly: Settings;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "archwright-settings-"));
  await writeFile(join(folder, "README.md"), "# Widgets\n");
  standIn = await openStandIn({ files: folder });
  ada = standIn.person("ada", "admin");
  friendly = structuredClone(standIn.settings);
});
afterEach(() => {
  Object.assign(standIn.settings, structuredClone(friendly));
  expect(standIn.offSpec).toEqual([]);
});
afterAll(async () => {
  await standIn.close();
  await rm(folder, { recursive: true, force: true });
});

const open = (granted: Rights = rights): GitHubApi =>
  openGitHubApi({
    baseUrl: standIn.url,
    auth: { token: standIn.actionsToken(granted) },
    repository: { owner: standIn.owner, name: standIn.repo },
    pace: "none",
  });
const ruleOf = (answer: Answer<unknown>): string =>
  answer.ok || answer.failure.reason !== "forge-refused" ? "none" : answer.failure.rule;

let branches = 0;
const openPull = async (api = open()) => {
  branches += 1;
  const head = `topic-${branches}`;
  await ada.push(head, { [`${head}.txt`]: "x\n" });
  const parameters = { head, base: standIn.defaultBranch, title: "T", body: "B" };
  return api.request("POST /repos/{owner}/{repo}/pulls", parameters);
};

describe("the API", () => {
  test("pull requests that Actions may not open", async () => {
    standIn.settings.actionsMayCreatePullRequests = false;
    expect(ruleOf(await openPull())).toBe("actions-may-not-create-pull-requests");
  });

  test("pull requests beyond a limit, and for collaborators only", async () => {
    standIn.settings.openPullRequestLimit = 0;
    expect(["open-pull-request-limit", "collaborators-only"]).toContain(ruleOf(await openPull()));
    standIn.settings.openPullRequestLimit = null;
    standIn.settings.pullRequestsCollaboratorsOnly = true;
    const guest = open({ contents: "read", pull_requests: "write" });
    expect(ruleOf(await openPull(guest))).toBe("collaborators-only");
  });

  test("a review of one's own pull request, and a remark off the diff", async () => {
    const opened = await openPull();
    const pull_number = opened.ok ? opened.data.number : 0;
    const route = "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
    const own = { pull_number, event: "REQUEST_CHANGES", body: "No" } as const;
    expect(ruleOf(await open().request(route, own))).toBe("own-review");
    const comments = [{ path: `topic-${branches}.txt`, line: 99, body: "?" }];
    const off = { pull_number, event: "COMMENT", body: "x", comments } as const;
    expect(ruleOf(await open().request(route, off))).toBe("anchor-off-diff");
  });

  test("a pull request that exists, and one of nothing", async () => {
    await openPull();
    const parameters = { head: `topic-${branches}`, base: standIn.defaultBranch, title: "T" };
    const route = "POST /repos/{owner}/{repo}/pulls";
    expect(ruleOf(await open().request(route, parameters))).toBe("pull-request-exists");
    const made = await open().request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
      ref: `heads/${standIn.defaultBranch}`,
    });
    const sha = made.ok ? made.data.object.sha : "";
    await open().request("POST /repos/{owner}/{repo}/git/refs", { ref: "refs/heads/same", sha });
    const empty = { head: "same", base: standIn.defaultBranch, title: "T" };
    expect(ruleOf(await open().request(route, empty))).toBe("nothing-to-merge");
  });

  test("a text that is too long, a locked thread, a right that is missing", async () => {
    const issue_number = await ada.openIssue({ title: "t", body: "" });
    const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
    const long = { issue_number, body: "x".repeat(65_537) };
    expect(ruleOf(await open().request(route, long))).toBe("body-too-long");
    const weak = await open({ issues: "read" }).request(route, { issue_number, body: "x" });
    expect(ruleOf(weak)).toBe("missing-right");
    await ada.lockIssue(issue_number);
    const locked = await open({ ...rights, issues: "write" }).request(route, {
      issue_number,
      body: "x",
    });
    expect(locked.ok ? "ok" : ruleOf(locked)).toMatch(/^(ok|issue-locked)$/);
  });

  test("a workflow that is not there", async () => {
    const route = "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches";
    const parameters = { workflow_id: "none.yml", ref: standIn.defaultBranch };
    expect(ruleOf(await open().request(route, parameters))).toBe("workflow-not-found");
  });
});

/** A push of one commit on the default branch's head; what git writes to standard error. */
async function push(
  files: Record<string, string>,
  { granted = rights, branch = `pushed-${++branches}` }: { granted?: Rights; branch?: string } = {},
): Promise<string> {
  const clone = await mkdtemp(join(tmpdir(), "archwright-push-"));
  const git = (...args: string[]): Promise<string> =>
    new Promise((resolve) => {
      const options = { cwd: clone, env: { ...environment, GIT_TERMINAL_PROMPT: "0" } };
      execFile("git", args, options, (_error, _out, stderr) => resolve(stderr));
    });
  const token = standIn.actionsToken(granted);
  const address = standIn.gitUrl.replace("http://", `http://x-access-token:${token}@`);
  const person = ["-c", "user.name=x", "-c", "user.email=x@localhost"];
  try {
    await git("clone", "-q", `${address}/${standIn.owner}/${standIn.repo}.git`, ".");
    for (const [path, text] of Object.entries(files)) {
      await new Promise((resolve) => execFile("mkdir", ["-p", join(clone, path, "..")], resolve));
      await writeFile(join(clone, path), text);
    }
    await git("add", ".");
    await git(...person, "commit", "-qm", "x");
    return await git("push", "origin", `HEAD:refs/heads/${branch}`);
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
}

describe("git push", () => {
  const pushed = async (...given: Parameters<typeof push>) =>
    classifyPushRefusal(await push(...given));

  test("what is allowed is not refused", async () => {
    expect(await push({ "a.txt": "1" })).not.toMatch(/rejected|error|fatal/);
  });

  test("a protected branch, unsigned commits, a secret, a workflow file", async () => {
    standIn.settings.protectedBranches = ["guarded/**"];
    expect(await pushed({ "b.txt": "1" }, { branch: "guarded/x" })).toMatchObject({
      rule: "protected-ref",
    });
    standIn.settings.requireSignedCommits = true;
    expect(await pushed({ "b.txt": "2" })).toMatchObject({ rule: "signed-commits" });
    standIn.settings.requireSignedCommits = false;
    standIn.settings.pushProtection = true;
    const secret = `ghp_${"a1B2".repeat(9)}`;
    const protection = await pushed({ "c.txt": secret });
    expect(protection).toMatchObject({ rule: "push-protection" });
    expect(JSON.stringify(protection)).not.toContain(secret);
    expect(await pushed({ ".github/workflows/x.yml": "on: push\n" })).toMatchObject({
      rule: "workflow-file",
    });
  });

  test("a branch that moved, a token that may only read, one that is none", async () => {
    await ada.push("moved", { "m.txt": "1" });
    expect(await pushed({ "n.txt": "1" }, { branch: "moved" })).toMatchObject({
      rule: "not-fast-forward",
    });
    const weak = await pushed({ "o.txt": "1" }, { granted: { contents: "read" }, branch: "weak" });
    expect(weak).toMatchObject({
      rule: "missing-right",
      detail: expect.stringContaining("contents: write"),
    });
  });
});
