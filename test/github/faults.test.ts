import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { allRights, type Bench, openBench } from "./open-bench.ts";

let bench: Bench;
let token: string;
let issue: number;

beforeEach(async () => {
  bench = await openBench();
  token = bench.standIn.actionsToken(allRights);
  issue = await bench.standIn.person("ada", "write").openIssue({ title: "One", body: "one" });
});
afterEach(() => bench.standIn.close());

const comment = () =>
  bench.call("POST", `${bench.repo}/issues/${issue}/comments`, { token, body: { body: "hello" } });

const count = async (): Promise<number> => {
  const { data } = await bench.call("GET", `${bench.repo}/issues/${issue}`, { token });
  return Number(data.comments);
};

test("a fault hits as often as it was asked for, and only where", async () => {
  bench.standIn.fail({ method: "POST", route: /comments$/, kind: "status", status: 502, times: 2 });
  const seen = [await comment(), await comment(), await comment()].map(({ status }) => status);
  expect(seen).toEqual([502, 502, 201]);
  expect(await count()).toBe(1);
});

test("an answer that is lost leaves its effect", async () => {
  bench.standIn.fail({ method: "POST", kind: "status", status: 502, after: true });
  expect((await comment()).status).toBe(502);
  expect(await count()).toBe(1);
});

test("a connection is cut before or after the effect", async () => {
  bench.standIn.fail({ method: "POST", kind: "reset" });
  await expect(comment()).rejects.toThrow("fetch failed");
  expect(await count()).toBe(0);
  bench.standIn.fail({ method: "POST", kind: "reset", after: true });
  await expect(comment()).rejects.toThrow("fetch failed");
  expect(await count()).toBe(1);
});

test("limits say how long to wait", async () => {
  bench.standIn.fail({ kind: "secondary-limit" });
  const slow = await comment();
  expect([slow.status, slow.headers.get("retry-after"), slow.data.message]).toEqual([
    403,
    "1",
    expect.stringMatching(/secondary rate limit/),
  ]);
  bench.standIn.fail({ kind: "primary-limit" });
  const used = await comment();
  expect([used.status, used.headers.get("x-ratelimit-remaining")]).toEqual([403, "0"]);
  bench.standIn.fail({ kind: "bad-credentials" });
  expect((await comment()).status).toBe(401);
});

test("a ref is read as it was, as often as asked for", async () => {
  const ada = bench.standIn.person("ada", "write");
  const first = await ada.push("feature", { "a.txt": "1\n" });
  const second = await ada.push("feature", { "a.txt": "2\n" });
  bench.standIn.serveStale("refs/heads/feature", 2);
  const read = async () =>
    (await bench.call("GET", `${bench.repo}/git/ref/heads/feature`, { token })).data.object?.sha;
  expect([await read(), await read(), await read()]).toEqual([first, first, second]);
});

test("a move is judged by what the ref is, not by what was served", async () => {
  const ada = bench.standIn.person("ada", "write");
  const first = await ada.push("feature", { "a.txt": "1\n" });
  const second = await ada.push("feature", { "a.txt": "2\n" });
  bench.standIn.serveStale("refs/heads/feature", 9);
  const body = { sha: first, force: false };
  const back = await bench.call("PATCH", `${bench.repo}/git/refs/heads/feature`, { token, body });
  const create = { ref: "refs/heads/feature", sha: second };
  const again = await bench.call("POST", `${bench.repo}/git/refs`, { token, body: create });
  expect([back.status, again.status]).toEqual([422, 422]);
});

test("what is known already is not sent again", async () => {
  const first = await bench.call("GET", `${bench.repo}/issues/${issue}`, { token });
  const headers = { "if-none-match": first.headers.get("etag") ?? "" };
  const same = await bench.call("GET", `${bench.repo}/issues/${issue}`, { token, headers });
  await comment();
  const changed = await bench.call("GET", `${bench.repo}/issues/${issue}`, { token, headers });
  expect([same.status, changed.status]).toEqual([304, 200]);
  expect(bench.standIn.requests.map(({ status }) => status)).toEqual([200, 304, 201, 200]);
});

test("every request is counted before it is answered, and logged with its route and account", async () => {
  const calls: string[] = [];
  bench.standIn.onRequest = (n, method) => void calls.push(`${n} ${method}`);
  await comment();
  await count();
  expect(calls).toEqual(["1 POST", "2 GET"]);
  expect(bench.standIn.requests[0]).toEqual({
    method: "POST",
    route: "/repos/{owner}/{repo}/issues/{issue_number}/comments",
    path: `${bench.repo}/issues/${issue}/comments`,
    status: 201,
    by: "github-actions[bot]",
    body: { body: "hello" },
  });
});

test("what GitHub does not describe is written down", async () => {
  const path = `${bench.repo}/issues/${issue}/comments`;
  await bench.call("POST", path, { token, body: { bodyy: "x" } });
  await bench.call("GET", `${path}?perpage=3`, { token });
  await bench.call("GET", `${bench.repo}/isues`, { token });
  await bench.graphql("query { viewer { name_of_it } }", {}, token);
  expect(bench.standIn.offSpec).toEqual([
    expect.stringContaining("must have required property 'body'"),
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments has no query parameter perpage",
    "GET /repos/acme/widgets/isues is not described",
    "GraphQL: Field 'name_of_it' doesn't exist on type 'User'",
  ]);
});
