import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { GitHubApi } from "../../../src/forge/github/api.ts";
import type { View, ViewReview } from "../../../src/forge/port.ts";
import { branch, openScene, pullOf, type Scene, show, viewOf } from "./forge-scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(async () => {
  expect(scene.github.offSpec).toEqual([]);
  await scene.close();
});

const anchor = (path: string, line: number, endLine: number | null = null) => ({
  ...{ path, line, endLine, markdown: `finding at ${path}:${line}` },
});
const review = (words: Partial<ViewReview> = {}): ViewReview => ({
  ...{
    key: `review-01-${scene.head.slice(0, 12)}`,
    head: scene.head,
    verdict: "changes-requested",
  },
  ...{
    markdown: "**78 of 100, changes requested**",
    anchors: [anchor("a.txt", 5), anchor("a.txt", 15)],
  },
  ...words,
});
const view = (...reviews: ViewReview[]): View =>
  viewOf(scene, { comments: [], pullRequests: [pullOf(scene, { reviews })] });

type Shown = { state: string; body: string; user: { login: string }; commit_id: string };
async function reviews(): Promise<Shown[]> {
  const pull = await number();
  const answer = await scene.actions.list<Shown>(
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    { pull_number: pull },
    50,
  );
  return answer.ok ? answer.data.items : [];
}
async function lines(): Promise<number[]> {
  const answer = await scene.actions.list<{ line: number }>(
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments",
    { pull_number: await number() },
    50,
  );
  return answer.ok ? answer.data.items.map(({ line }) => line) : [];
}
async function number(): Promise<number> {
  const answer = await scene.actions.list<{ number: number }>(
    "GET /repos/{owner}/{repo}/pulls",
    { state: "all" },
    5,
  );
  return answer.ok ? (answer.data.items[0]?.number ?? 0) : 0;
}
const tried = (): number =>
  scene.github.requests.filter(
    ({ method, route }) => method === "POST" && route.endsWith("/reviews"),
  ).length;

test("on an own pull request the verdict is a comment, chosen before anything is sent", async () => {
  await show(scene.forge(), view(review()));
  expect(await reviews()).toMatchObject([{ state: "COMMENTED", commit_id: scene.head }]);
  expect(tried()).toBe(1);
  scene.writes();
  await show(scene.forge(), view(review()));
  expect(scene.writes()).toEqual([]);
});

test("another identity requests changes, and takes it back when a later head passes", async () => {
  const builder = scene.app("wright");
  const forge = scene.forge({ builder });
  await show(forge, view(review()));
  expect(await reviews()).toMatchObject([
    { state: "CHANGES_REQUESTED", user: { login: "github-actions[bot]" } },
  ]);
  const head = await scene.ada.push(branch, { "a.txt": "new\n" });
  const passed = review({
    key: `review-02-${head.slice(0, 12)}`,
    head,
    verdict: "accepted",
    anchors: [],
  });
  await show(forge, view(review(), passed));
  expect((await reviews()).map(({ state }) => state)).toEqual(["DISMISSED", "COMMENTED"]);
  scene.writes();
  await show(forge, view(review(), passed));
  expect(scene.writes()).toEqual([]);
});

test("where it may not be dismissed, an approval lifts it, once", async () => {
  const builder = scene.app("wright");
  const forge = scene.forge({ builder });
  await show(forge, view(review()));
  const passed = review({ key: "review-02", verdict: "accepted", anchors: [] });
  scene.github.fail({ method: "PUT", route: /dismissals/, kind: "status", status: 403, times: 9 });
  await show(forge, view(review(), passed));
  expect((await reviews()).map(({ state }) => state)).toEqual([
    "CHANGES_REQUESTED",
    "COMMENTED",
    "APPROVED",
  ]);
  scene.writes();
  await show(forge, view(review(), passed));
  expect(scene.writes()).toEqual([]);
});

test("remarks stand at changed lines, the others in the body", async () => {
  await show(scene.forge(), view(review()));
  expect(await lines()).toEqual([5]);
  const [shown] = await reviews();
  expect(shown?.body).toContain("### Not on changed lines");
  expect(shown?.body).toContain("`a.txt:15`");
  expect(shown?.body).not.toContain("`a.txt:5`");
});

test("when GitHub still refuses the lines, everything goes out in one body", async () => {
  const forge = scene.forge();
  await show(forge, view());
  scene.github.fail({ method: "POST", route: /\/reviews$/, kind: "status", status: 422, times: 1 });
  await show(forge, view(review()));
  const shown = await reviews();
  expect(shown).toHaveLength(1);
  expect(shown[0]?.body).toContain("`a.txt:5`");
  expect(await lines()).toEqual([]);
});

test("a lost answer leaves one review", async () => {
  const forge = scene.forge();
  await show(forge, view());
  scene.github.fail({ method: "POST", route: /\/reviews$/, kind: "reset", after: true, times: 1 });
  await show(forge, view(review()));
  expect(await reviews()).toHaveLength(1);
});

test("where we are wrong about whose it is, GitHub's word makes it a comment", async () => {
  const lying: GitHubApi = {
    ...scene.actions,
    identity: async () => ({
      ok: true,
      status: 200,
      data: { id: "7", login: "other[bot]", kind: "actions", appId: null },
    }),
  };
  await show(scene.forge({ api: scene.actions, reviewer: lying }), view(review()));
  expect(await reviews()).toMatchObject([{ state: "COMMENTED" }]);
});

test("a review that a later one has replaced blocks nothing", async () => {
  const builder = scene.app("wright");
  const head = await scene.ada.push(branch, { "b.txt": "new\n" });
  const later = review({ key: `review-02-${head.slice(0, 12)}`, head });
  await show(scene.forge({ builder }), view(review(), later));
  expect((await reviews()).map(({ state }) => state)).toEqual(["COMMENTED", "CHANGES_REQUESTED"]);
});
