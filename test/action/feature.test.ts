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
      jobs.flatMap(({ log }) => /^(route|checks|phase|publish): ([a-z-]+)\./m.exec(log)?.slice(1, 3).join(" ") ?? []),
    );

test("label, design, validation, approval, build, review, fix round, acceptance", async () => {
  scene = await openScene();
  scene.standIn.settings.actionsMayCreatePullRequests = true;
  const mary = scene.person("mary", "maintain");
  const issue = await scene.request(mary);
  const line = /\/approve [0-9a-f]{7,64}/.exec(JSON.stringify(scene.standIn.picture()))?.[0] ?? "";
  await mary.comment(issue, line);
  await scene.runner.idle();
  if (process.env.SHOW) {
    for (const run of scene.runner.runs) {
      for (const job of run.jobs) console.log(run.id, job.name, job.conclusion, "\n", job.log.slice(-3000));
    }
    const { threads: _t, ...rest } = scene.standIn.picture() as { threads: unknown };
    console.log(JSON.stringify(rest, null, 1).slice(0, 5000));
    console.log(JSON.stringify(scene.standIn.picture(), null, 1).slice(0, 3000), scene.standIn.requests.length);
  }
  expect(outcomes(scene)).toEqual([]);
  expect(scene.standIn.offSpec).toEqual([]);
}, 300_000);
