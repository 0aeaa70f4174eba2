import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { operations } from "./describe.ts";
import { allRights, type Bench, openBench } from "./open-bench.ts";
import { findNeed } from "./rules/rights.ts";

let bench: Bench;
let issue: number;
let pull: number;

beforeAll(async () => {
  bench = await openBench({ private: true, organisation: true });
  const ada = bench.standIn.person("ada", "admin");
  issue = await ada.openIssue({ title: "One", body: "one" });
  await ada.push("feature", { "src/two.txt": "2\n" });
  pull = await ada.openPull({ head: "feature", title: "Feature" });
});
afterAll(() => bench.standIn.close());

test("every operation of the description says which right it needs, where it needs one", () => {
  const keys = Object.keys(operations);
  const asking = keys.filter((key) => findNeed(key) !== null);
  expect(asking.length).toBeGreaterThan(90);
  expect(keys.filter((key) => findNeed(key) === null)).not.toContain(
    "POST /repos/{owner}/{repo}/git/refs",
  );
});

const without = (right: string) =>
  Object.fromEntries(Object.entries(allRights).filter(([name]) => name !== right));

const writes: [string, string, string, () => unknown][] = [
  ["issues", "POST", "/issues", () => ({ title: "x" })],
  ["issues", "POST", `/issues/1/comments`, () => ({ body: "x" })],
  ["pull_requests", "PATCH", "/pulls/2", () => ({ title: "x" })],
  ["contents", "POST", "/git/blobs", () => ({ content: "x" })],
  ["statuses", "POST", `/statuses/${"1".repeat(40)}`, () => ({ state: "success" })],
  ["checks", "POST", "/check-runs", () => ({ name: "x", head_sha: "1" })],
  ["actions", "POST", "/actions/workflows/run.yml/dispatches", () => ({ ref: "main" })],
];

test.each(writes)("without %s there is no %s %s", async (right, method, path, body) => {
  const token = bench.standIn.actionsToken(without(right));
  const reply = await bench.call(method, bench.repo + path, { token, body: body() });
  expect([reply.status, reply.data.message]).toEqual([
    403,
    "Resource not accessible by integration",
  ]);
  expect(reply.headers.get("x-accepted-github-permissions")).toContain(`${right}=write`);
});

test("pull_requests alone speaks on pull requests, not on issues", async () => {
  const token = bench.standIn.actionsToken({ pull_requests: "write" });
  const say = (thread: number) =>
    bench.call("POST", `${bench.repo}/issues/${thread}/comments`, { token, body: { body: "x" } });
  expect([(await say(pull)).status, (await say(issue)).status]).toEqual([201, 403]);
});

test("a private repository is not there for those who may not see it", async () => {
  bench.standIn.person("mallory", "none");
  const mallory = bench.standIn.userToken("mallory");
  const replies = await Promise.all([
    bench.call("GET", `${bench.repo}/issues/${issue}`),
    bench.call("GET", `${bench.repo}/issues/${issue}`, { token: mallory }),
  ]);
  expect(replies.map(({ status }) => status)).toEqual([404, 404]);
});

test("a token without any right sees that its repository is there, and no more", async () => {
  const token = bench.standIn.actionsToken({});
  const paths = ["", `/issues/${issue}`, "/contents/README.md"];
  const replies = await Promise.all(
    paths.map((path) => bench.call("GET", bench.repo + path, { token })),
  );
  expect(replies.map(({ status }) => status)).toEqual([200, 403, 403]);
});

test("a wrong or expired token is bad credentials", async () => {
  const token = bench.standIn.actionsToken(allRights);
  bench.standIn.expireToken(token);
  const expired = await bench.call("GET", bench.repo, { token });
  const wrong = await bench.call("GET", bench.repo, { token: "ghs_wrong" });
  const said = [expired, wrong].map(({ status, data }) => `${status} ${String(data.message)}`);
  expect(said).toEqual(["401 Bad credentials", "401 Bad credentials"]);
});

const roles: [string, string, string][] = [
  ["admin", "admin", "admin,maintain,push,triage,pull"],
  ["maintain", "write", "maintain,push,triage,pull"],
  ["write", "write", "push,triage,pull"],
  ["triage", "read", "triage,pull"],
  ["read", "read", "pull"],
  ["none", "none", ""],
];

test.each(roles)("role %s is told as %s in the old way", async (role, legacy, may) => {
  bench.standIn.person("grace", role as "admin");
  const token = bench.standIn.actionsToken({ contents: "read" });
  const path = `${bench.repo}/collaborators/grace/permission`;
  const { data } = await bench.call("GET", path, { token });
  const permissions = Object.entries(data.user?.permissions ?? {}).filter(([, has]) => has);
  expect([data.permission, data.role_name, permissions.map(([name]) => name).join()]).toEqual([
    legacy,
    role,
    may,
  ]);
});

test("a bot is no user to ask the permission of", async () => {
  const token = bench.standIn.actionsToken({ contents: "read" });
  const path = `${bench.repo}/collaborators/${encodeURIComponent("github-actions[bot]")}/permission`;
  expect((await bench.call("GET", path, { token })).status).toBe(404);
});

test("people do what their role lets them", async () => {
  const reader = bench.standIn.person("rita", "read");
  const triager = bench.standIn.person("tom", "triage");
  const comment = await reader.comment(issue, "may I?");
  await expect(reader.label(issue, "design")).rejects.toThrow("Not Found");
  await triager.label(issue, "design");
  await expect(triager.editComment(comment, "forged")).rejects.toThrow("admin rights");
  await bench.standIn.person("wim", "write").editComment(comment, "changed");
  expect(JSON.stringify(bench.standIn.picture())).toContain("changed");
});

test("nothing of it is off GitHub's description", () => {
  expect(bench.standIn.offSpec).toEqual([]);
});
