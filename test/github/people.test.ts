import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { allRights, type Bench, openBench } from "./open-bench.ts";

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
});
afterEach(async () => {
  await bench.standIn.close();
  expect(bench.standIn.offSpec).toEqual([]);
});

/** A small feature, the same in every world. */
async function live(
  { standIn, repo, call }: Bench,
  noise: number,
): Promise<{ issue: number; pull: number }> {
  const ada = standIn.person("ada", "write");
  const token = standIn.actionsToken(allRights);
  const issue = await ada.openIssue({ title: "Widgets", body: "More.", labels: ["design"] });
  for (let at = 0; at < noise; at++) {
    const extra = await ada.comment(issue, "noise");
    await ada.deleteComment(extra);
  }
  const head = await ada.push("feature", { "src/two.txt": "2\n" });
  const body = { title: "Two", head: "feature", base: "main", body: `Closes #${issue}` };
  const { data } = await call("POST", `${repo}/pulls`, { token, body });
  const pull = Number(data.number);
  const comment = {
    body: `See ${head}, ${head.slice(0, 8)} at ${new Date().toISOString()}, ${standIn.url}/acme`,
  };
  await call("POST", `${repo}/issues/${issue}/comments`, { token, body: comment });
  const status = { state: "success", context: "archwright", description: "90 of 100" };
  await call("POST", `${repo}/statuses/${head}`, { token, body: status });
  await ada.review(pull, { event: "APPROVE", body: "good" });
  return { issue, pull };
}

test("a merge is a merge commit, closes what its words name, and tells everybody", async () => {
  const { issue, pull } = await live(bench, 0);
  const { standIn, repo, call } = bench;
  const events: string[] = [];
  standIn.listen(({ event, payload }) =>
    events.push(`${event} ${String(payload.action ?? payload.ref)}`),
  );
  await standIn.person("ada", "write").merge(pull);
  expect(events).toEqual(["push refs/heads/main", "pull_request closed", "issues closed"]);
  const token = standIn.actionsToken(allRights);
  const main = await call("GET", `${repo}/commits/main`, { token });
  expect(Object.keys(main.data.parents ?? {})).toHaveLength(2);
  expect(String(main.data.commit?.message)).toContain(`Merge pull request #${pull}`);
  const closed = await call("GET", `${repo}/issues/${issue}`, { token });
  expect([closed.data.state, closed.data.state_reason, closed.data.closed_by?.login]).toEqual([
    "closed",
    "completed",
    "ada",
  ]);
  const merged = await call("GET", `${repo}/pulls/${pull}`, { token });
  expect([merged.data.merged, merged.data.merge_commit_sha]).toEqual([true, main.data.sha]);
  const file = await call("GET", `${repo}/contents/src/two.txt`, { token });
  expect(Buffer.from(String(file.data.content), "base64").toString()).toBe("2\n");
});

test("what cannot be merged is not", async () => {
  const ada = bench.standIn.person("ada", "write");
  await ada.push("feature", { "README.md": "# One\n" });
  const pull = await ada.openPull({ head: "feature", title: "One" });
  await ada.push("main", { "README.md": "# Two\n" });
  await expect(ada.merge(pull)).rejects.toThrow("not mergeable");
  const { data } = await bench.call("GET", `${bench.repo}/pulls/${pull}`);
  expect([data.mergeable, data.state]).toEqual([false, "open"]);
});

test("two worlds in which the same happened look the same, whatever ids and times they had", async () => {
  const other = await openBench();
  try {
    await live(bench, 0);
    await live(other, 3);
    expect(other.standIn.picture()).toEqual(bench.standIn.picture());
  } finally {
    await other.standIn.close();
  }
});

test("a picture tells apart what differs", async () => {
  const { issue } = await live(bench, 0);
  const before = JSON.stringify(bench.standIn.picture());
  const ada = bench.standIn.person("ada", "write");
  const differences = [
    () => ada.comment(issue, "one more"),
    () => ada.label(issue, "build"),
    () => ada.push("feature", { "src/two.txt": "3\n" }),
    () => ada.closeIssue(issue),
  ];
  const pictures = [before];
  for (const act of differences) {
    await act();
    pictures.push(JSON.stringify(bench.standIn.picture()));
  }
  expect(new Set(pictures).size).toBe(5);
});

test("a branch that is deleted closes its pull request", async () => {
  const { pull } = await live(bench, 0);
  await bench.standIn.person("ada", "write").deleteBranch("feature");
  const { data } = await bench.call("GET", `${bench.repo}/pulls/${pull}`);
  expect([data.state, data.merged]).toEqual(["closed", false]);
});

test("a reaction that was given is given again without effect", async () => {
  const { issue } = await live(bench, 0);
  const token = bench.standIn.actionsToken(allRights);
  const path = `${bench.repo}/issues/${issue}/reactions`;
  const react = () => bench.call("POST", path, { token, body: { content: "eyes" } });
  const [first, second] = [await react(), await react()];
  expect([first.status, second.status, second.data.id]).toEqual([201, 200, first.data.id]);
});

test("an edit shows in the times of REST and in GraphQL", async () => {
  const ada = bench.standIn.person("ada", "write");
  const issue = await ada.openIssue({ title: "x", body: "x" });
  const id = await ada.comment(issue, "/approve 1234567");
  const token = bench.standIn.actionsToken(allRights);
  const { data } = await bench.call("GET", `${bench.repo}/issues/comments/${id}`, { token });
  const query =
    "query E($id: ID!) { node(id: $id) { ... on IssueComment { lastEditedAt editor { login } } } }";
  const read = async () =>
    (await bench.graphql(query, { id: data.node_id }, token)).data.data?.node;
  expect(await read()).toEqual({ lastEditedAt: null, editor: null });
  await bench.standIn.person("eve", "admin").editComment(id, "/approve 7654321");
  expect(await read()).toEqual({ lastEditedAt: expect.any(String), editor: { login: "eve" } });
});

test("updateRefs moves only what is still where it was", async () => {
  const { standIn, repo, call, graphql } = bench;
  const ada = standIn.person("ada", "write");
  const one = await ada.push("a", { "a.txt": "1\n" });
  const two = await ada.push("a", { "a.txt": "2\n" });
  const token = standIn.actionsToken(allRights);
  const ref = "refs/archwright/issues/1";
  await call("POST", `${repo}/git/refs`, { token, body: { ref, sha: one } });
  const { data } = await call("GET", repo, { token });
  const mutation =
    "mutation M($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }";
  const move = (beforeOid: string, afterOid: string) => {
    const input = { repositoryId: data.node_id, refUpdates: [{ name: ref, beforeOid, afterOid }] };
    return graphql(mutation, { input }, token);
  };
  const moved = await move(one, two);
  const late = await move(one, two);
  expect([moved.data.errors, late.data.errors?.[0]?.type]).toEqual([undefined, "UNPROCESSABLE"]);
  const now = await call("GET", `${repo}/git/ref/archwright/issues/1`, { token });
  expect(now.data.object?.sha).toBe(two);
  standIn.settings.graphqlWithout = ["updateRefs"];
  const old = await move(two, two);
  expect(old.data.errors?.[0]?.message).toMatch(/Field 'updateRefs' doesn't exist/);
});

test("a pull request that was closed opens again only while its branch is there", async () => {
  const { pull } = await live(bench, 0);
  const token = bench.standIn.actionsToken(allRights);
  const set = (state: string) =>
    bench.call("PATCH", `${bench.repo}/pulls/${pull}`, { token, body: { state } });
  await set("closed");
  expect((await set("open")).data.state).toBe("open");
  await set("closed");
  await bench.standIn.person("ada", "write").deleteBranch("feature");
  const refused = await set("open");
  expect([refused.status, JSON.stringify(refused.data)]).toEqual([
    422,
    expect.stringMatching(/cannot be reopened/),
  ]);
});

test("a locked issue takes no comment of who may not write", async () => {
  const { issue } = await live(bench, 0);
  await bench.standIn.person("ada", "write").lockIssue(issue);
  const narrow = bench.standIn.actionsToken({ issues: "write" });
  const path = `${bench.repo}/issues/${issue}/comments`;
  const bot = await bench.call("POST", path, { token: narrow, body: { body: "hello" } });
  expect([bot.status, bot.data.message]).toEqual([403, expect.stringMatching(/issue is locked/)]);
  await expect(bench.standIn.person("rita", "read").comment(issue, "hello")).rejects.toThrow(
    "locked",
  );
  const ada = await bench.standIn.person("ada", "write").comment(issue, "hello");
  expect(ada).toBeGreaterThan(0);
});

test("people say who may open pull requests", async () => {
  const ada = bench.standIn.person("ada", "write");
  await ada.push("feature", { "a.txt": "a\n" });
  bench.standIn.settings.pullRequestsCollaboratorsOnly = true;
  const rita = bench.standIn.person("rita", "read");
  const open = { head: "feature", title: "x" };
  await expect(rita.openPull(open)).rejects.toThrow("correct permissions");
  expect(await ada.openPull(open)).toBe(1);
});
