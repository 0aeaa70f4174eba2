import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { allRights, type Bench, type Json, openBench } from "./open-bench.ts";

let bench: Bench;
let token: string;
let main: string;

beforeAll(async () => {
  bench = await openBench();
  token = bench.standIn.actionsToken(allRights);
  main = String((await get("/git/ref/heads/main")).data.object?.sha);
});
afterAll(async () => {
  await bench.standIn.close();
  expect(bench.standIn.offSpec).toEqual([]);
});

const get = (path: string) => bench.call("GET", bench.repo + path, { token });
const post = (path: string, body: unknown) =>
  bench.call("POST", bench.repo + path, { token, body });
const listOf = (data: Json): Json[] => data as unknown as Json[];

type Item = { path: string; mode: string; type: string; sha?: string | null; content?: string };

async function commit(tree: Item[], parent = main): Promise<string> {
  const base = (await get(`/git/commits/${parent}`)).data.tree?.sha;
  const { data } = await post("/git/trees", { base_tree: base, tree });
  const made = await post("/git/commits", { message: "x", tree: data.sha, parents: [parent] });
  return String(made.data.sha);
}

const file = (path: string, content: string): Item => ({
  path,
  mode: "100644",
  type: "blob",
  content,
});

test("a prefix finds more than a name", async () => {
  const sha = await commit([file("a", "a")]);
  for (const n of [1, 10]) await post("/git/refs", { ref: `refs/archwright/issues/${n}`, sha });
  const found = listOf((await get("/git/matching-refs/archwright/issues/1")).data);
  expect(found.map(({ ref }) => ref)).toEqual([
    "refs/archwright/issues/1",
    "refs/archwright/issues/10",
  ]);
  expect((await get("/git/ref/archwright/issues")).status).toBe(404);
});

test("trees are changed as git would: files put, taken out, and modes kept", async () => {
  const script = { path: "bin/run", mode: "100755", type: "blob", content: "#!/bin/sh\n" };
  const gone = { path: "src/one.txt", mode: "100644", type: "blob", sha: null };
  const sha = await commit([script, gone]);
  const tree = (await get(`/git/commits/${sha}`)).data.tree?.sha;
  const { data } = await get(`/git/trees/${String(tree)}?recursive=1`);
  const files = listOf(data.tree as Json).filter(({ type }) => String(type) === "blob");
  expect(files.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
    "100644 .github/workflows/closed.yml",
    "100644 .github/workflows/run.yml",
    "100644 README.md",
    "100755 bin/run",
  ]);
  const missing = { path: "none", mode: "100644", type: "blob", sha: null };
  const refused = await post("/git/trees", { base_tree: tree, tree: [missing] });
  expect(refused.status).toBe(422);
});

test("a commit of a bot in its own name is signed by GitHub; one with another author is not", async () => {
  const own = await commit([file("b", "b")]);
  const verified = (await get(`/git/commits/${own}`)).data;
  expect([verified.verification?.verified, verified.author?.name]).toEqual([
    true,
    "github-actions[bot]",
  ]);
  const author = { name: "Ada", email: "ada@example.com", date: "2026-01-02T03:04:05Z" };
  const body = { message: "x", tree: verified.tree?.sha, parents: [main], author };
  const made = (await post("/git/commits", body)).data;
  expect([made.verification?.verified, made.author]).toEqual([false, author]);
});

test("a comparison tells who is ahead, and by which files", async () => {
  const ahead = await commit([file("src/one.txt", "changed\n")]);
  await post("/git/refs", { ref: "refs/heads/side/one", sha: ahead });
  await bench.standIn.person("ada", "write").push("main", { "c.txt": "c\n" });
  const { data } = await get("/compare/main...side%2Fone");
  expect([data.status, data.ahead_by, data.behind_by, data.merge_base_commit?.sha]).toEqual([
    "diverged",
    1,
    1,
    main,
  ]);
  expect(listOf(data.files as Json).map(({ filename, status }) => `${status} ${filename}`)).toEqual(
    ["modified src/one.txt"],
  );
  expect(String(data.files?.[0]?.patch)).toMatch(/^@@ -1,40 \+1 @@/);
});

test("contents are a file, a folder, or raw", async () => {
  const text = await get("/contents/README.md");
  const folder = await get("/contents/.github/workflows");
  const raw = await bench.call("GET", `${bench.repo}/contents/README.md?ref=main`, {
    token,
    headers: { accept: "application/vnd.github.raw+json" },
  });
  expect(Buffer.from(String(text.data.content), "base64").toString()).toBe("# Widgets\n");
  expect(listOf(folder.data).map(({ name }) => name)).toEqual(["closed.yml", "run.yml"]);
  expect(raw.data).toBe("# Widgets\n");
  expect((await get("/contents/none.md")).status).toBe(404);
});

test("long lists come in pages that name the next", async () => {
  const ada = bench.standIn.person("ada", "write");
  const issue = await ada.openIssue({ title: "x", body: "x" });
  for (let at = 0; at < 5; at++) await ada.comment(issue, `comment ${at}`);
  const bodies: unknown[] = [];
  let path: string | undefined = `${bench.repo}/issues/${issue}/comments?per_page=2`;
  while (path !== undefined) {
    const page = await bench.call("GET", path, { token });
    bodies.push(...listOf(page.data).map(({ body }) => body));
    path = /<([^>]+)>; rel="next"/
      .exec(page.headers.get("link") ?? "")?.[1]
      ?.replace(bench.standIn.url, "");
  }
  expect(bodies).toEqual([0, 1, 2, 3, 4].map((at) => `comment ${at}`));
});

test("the latest status of a context counts", async () => {
  for (const state of ["pending", "failure", "success"]) {
    await post(`/statuses/${main}`, { state, context: "archwright" });
  }
  const { data } = await get(`/commits/${main}/status`);
  expect([data.state, data.total_count]).toEqual(["success", 1]);
  const all = await get(`/commits/${main}/statuses`);
  expect(listOf(all.data).map(({ state }) => state)).toEqual(["success", "failure", "pending"]);
});

test("a thousand statuses of a context are enough", async () => {
  const set = () => post(`/statuses/${main}`, { state: "success", context: "many" });
  for (let at = 0; at < 20; at++) await Promise.all(Array.from({ length: 50 }, set));
  const refused = await set();
  expect([refused.status, JSON.stringify(refused.data)]).toEqual([
    422,
    expect.stringMatching(/maximum number of statuses/),
  ]);
});

test("the timeline tells what happened, with comments among it", async () => {
  const ada = bench.standIn.person("ada", "write");
  const issue = await ada.openIssue({ title: "x", body: "x" });
  await ada.label(issue, "design");
  await ada.comment(issue, "hello");
  await ada.closeIssue(issue);
  const { data } = await get(`/issues/${issue}/timeline`);
  expect(listOf(data).map(({ event }) => event)).toEqual(["labeled", "commented", "closed"]);
});

test("rules of a branch are what its settings say", async () => {
  Object.assign(bench.standIn.settings, {
    requireSignedCommits: true,
    protectedBranches: ["main"],
  });
  const { data } = await get("/rules/branches/main");
  Object.assign(bench.standIn.settings, { requireSignedCommits: false, protectedBranches: [] });
  expect(listOf(data).map(({ type }) => type)).toEqual(["required_signatures", "update"]);
});
