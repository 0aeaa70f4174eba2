import { afterEach, expect, test } from "@jest/globals";
import { openScene, type Scene } from "./open-scene.ts";

let scene: Scene | null = null;
afterEach(async () => {
  await scene?.close();
  scene = null;
});

/** How each job of each run ended, oldest first. */
const outcomes = ({ runner }: Scene): string[] =>
  [...runner.runs]
    .sort((a, b) => a.id - b.id)
    .flatMap(({ jobs }) =>
      jobs.flatMap(
        ({ log }) =>
          /^(route|checks|phase|publish): ([a-z-]+)\./m.exec(log)?.slice(1, 3).join(" ") ?? [],
      ),
    );

test("label, design, validation, approval, build, review, fix round, acceptance", async () => {
  scene = await openScene();
  scene.standIn.settings.actionsMayCreatePullRequests = true;
  const mary = scene.person("mary", "maintain");
  const issue = await scene.request(mary);
  const line = /\/approve [0-9a-f]{7,64}/.exec(JSON.stringify(scene.standIn.picture()))?.[0] ?? "";
  await mary.comment(issue, line);
  await scene.runner.idle();
  expect(outcomes(scene)).toEqual([
    ...["route started", "phase handed-over", "publish published"],
    ...["phase handed-over", "publish published"],
    ...["route started", "phase handed-over", "publish published"],
    ...["checks recorded", "phase handed-over", "publish published"],
    ...["phase handed-over", "publish published"],
    ...["checks recorded", "phase handed-over", "publish published"],
  ]);
  const picture = JSON.stringify(scene.standIn.picture());
  expect(picture).toContain("accepted, ready for you to merge: BUILD_01");
  expect(picture).toContain("archwright:accepted");
  expect(picture).toContain(`archwright/${issue}-`);
  expect(scene.standIn.offSpec).toEqual([]);
}, 300_000);
