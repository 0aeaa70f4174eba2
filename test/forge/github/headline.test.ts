import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { View, ViewReview } from "../../../src/forge/port.ts";
import { bodies, comment, openScene, pullOf, type Scene, show, viewOf } from "./forge-scene.ts";

// What stands in full on a pull request has a headline in the issue, and the status comment leads there.

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(async () => {
  expect(scene.github.offSpec).toEqual([]);
  await scene.close();
});

const review = (): ViewReview => ({
  key: "scored-1",
  head: scene.head,
  verdict: "changes-requested",
  markdown: "**78 of 100** and the whole table",
  anchors: [],
});
const whole = "**78 of 100** and the whole table";
const told = (brief: string | null) =>
  comment(0, { markdown: whole, onPull: { spec: "BUILD_01", review: "scored-1", brief } });
const status =
  "**Archwright**\n\nPull requests from: BUILD_01 `archwright/1-collector-01`\n\n<sub>spent $1</sub>";
const view = (comments: View["comments"], reviews = [review()], open = true): View =>
  viewOf(scene, { status, comments, pullRequests: [pullOf(scene, { reviews, open })] });

test("a score that the pull request tells has one headline with its number, and again changes nothing", async () => {
  const shown = view([told("**78 of 100**\n\nA fix round follows.")]);
  await show(scene.forge(), shown);
  expect((await bodies(scene))[1]).toBe("**78 of 100** · #2\n\nA fix round follows.");
  scene.writes();
  await show(scene.forge(), shown);
  expect(scene.writes()).toEqual([]);
});

test("what another comment has as its headline is not said again", async () => {
  await show(scene.forge(), view([told(null), comment(1)]));
  expect((await bodies(scene)).slice(1)).toEqual(["Told 1"]);
});

test("without a review there, or without a pull request, it is said in full", async () => {
  await show(scene.forge(), view([told("**78 of 100**")], []));
  expect((await bodies(scene))[1]).toBe(whole);
  await show(scene.forge(), viewOf(scene, { status, comments: [told("**78 of 100**")] }));
  expect((await bodies(scene))[1]).toBe(whole);
});

test("once the pull request is closed, what was said stays", async () => {
  const shown = view([told("**78 of 100**")]);
  await show(scene.forge(), shown);
  const before = await bodies(scene);
  const close = scene.person();
  await close("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
    pull_number: 2,
    state: "closed",
  });
  await show(scene.forge(), { ...shown, pullRequests: view([], [review()], false).pullRequests });
  expect(await bodies(scene)).toEqual(before);
});

test("the status leads to the pull request and to the log, and says what a verdict can block", async () => {
  await show(scene.forge(), { ...view([]), run: "actions:77:1" });
  const [first = ""] = await bodies(scene);
  expect(first).toContain("BUILD_01 #2 (`archwright/1-collector-01`)");
  expect(first).toMatch(
    /\[run log\]\(https:\/\/github\.example\/[\w-]+\/[\w-]+\/actions\/runs\/77\)/,
  );
  expect(first).toContain("verdict by commit status, which advises; reviews are comments</sub>");
  await show(scene.forge(), { ...view([]), run: "local:host:1:2" });
  expect((await bodies(scene))[0]).toMatch(
    /\[run log\]\(https:\/\/github\.example\/[\w-]+\/[\w-]+\/actions\)/,
  );
});

test("a comment that has to stand for itself is whole where earlier ones are hidden", async () => {
  await show(
    scene.forge(),
    viewOf(scene, { comments: [comment(0, { hosted: "the whole plan" })] }),
  );
  expect((await bodies(scene))[1]).toBe("the whole plan");
});
