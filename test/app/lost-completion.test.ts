import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { TestApp } from "./open-app.ts";
import { type Hamlet, openHamlet, startHamletApp, until, untilIdle } from "./open-hamlet.ts";
import { openRelay, type Relay } from "./open-relay.ts";
import { countOf, offSpecIn, readLedger, readThread } from "./read-hamlet.ts";

let hamlet: Hamlet;
let app: TestApp;
let relay: Relay;
let issue = 0;
beforeAll(async () => {
  hamlet = await openHamlet();
  relay = await openRelay(hamlet.installed.webhookUrl ?? "");
  hamlet.installed.webhookUrl = relay.url;
  // GitHub believes that it delivered them: nobody can ask for them again.
  relay.plan = ({ event }) => (event === "workflow_run" ? [] : [0]);
  app = await startHamletApp(hamlet);
  issue = await hamlet.mary.openIssue({ title: "Greet readers", body: "A file should greet." });
}, 180_000);
afterAll(async () => {
  await app?.close();
  await relay?.close();
  await hamlet?.close();
});

const isReady = (): boolean =>
  readThread(hamlet, issue).own.some((body) => body.includes("**Ready**"));

test("a run whose completion was never heard of is found by the sweep, and published once", async () => {
  await hamlet.mary.label(issue, "archwright");
  await until(app, () => hamlet.runner.runs.some(({ status }) => status === "completed"));
  await hamlet.runner.idle();
  expect(isReady()).toBe(false);
  await app.close();
  // A survey stands at every start; another queue knows nothing of what was done before.
  app = await startHamletApp(hamlet);
  await until(app, isReady);
  await until(app, () => readThread(hamlet, issue).status.includes("waiting for approval"));
  const published = readLedger(hamlet, issue);
  expect([countOf(published, "PhaseStarted"), countOf(published, "PhaseSettled")]).toEqual([2, 2]);
  expect(countOf(published, "LeaseExpired")).toBe(0);
  // What was lost comes after all, to an App that has never seen any of it.
  relay.plan = () => [0];
  const picture = hamlet.seen();
  expect(new Set(await relay.replay())).toEqual(new Set([202]));
  const over = () => app.lines.some((line) => line.includes("the run holds no lease"));
  await until(app, over);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(readLedger(hamlet, issue)).toEqual(published);
  expect(hamlet.runner.runs).toHaveLength(1);
  expect(hamlet.seen()).toBe(picture);
  expect(offSpecIn(hamlet)).toEqual([]);
}, 240_000);

test("a question is answered by the worker, starts no run and changes nothing", async () => {
  const runs = hamlet.runner.runs.length;
  await hamlet.mary.comment(issue, "/ask How are texts kept?");
  await until(app, () =>
    readThread(hamlet, issue).own.some((body) => body.includes("**mary asked**")),
  );
  const answers = readThread(hamlet, issue).own.filter((body) => body.includes("**mary asked**"));
  expect(answers).toHaveLength(1);
  expect(answers[0]).toContain("How are texts kept?");
  expect(answers[0]).toContain("`README.md:3` ✓");
  expect(hamlet.runner.runs).toHaveLength(runs);
  const branches = (hamlet.github.picture() as { branches: { name: string }[] }).branches;
  expect(branches.map(({ name }) => name)).toEqual(["main"]);
  expect(readThread(hamlet, issue).status).toContain("waiting for approval");
  const pushed = hamlet.github.requests.filter(({ route }) => route.includes("receive-pack"));
  expect(pushed.filter(({ by }) => by.endsWith("[bot]"))).toEqual([]);
  expect(offSpecIn(hamlet)).toEqual([]);
}, 180_000);

test("a run whose artifact is gone when we come is said to be lost, and a person can try again", async () => {
  const { mary, runner, github } = hamlet;
  const runs = runner.runs.length;
  relay.plan = ({ event }) => (event === "workflow_run" ? [] : [0]);
  relay.held.splice(0);
  await mary.comment(issue, "/validate");
  await until(app, () => runner.runs.length > runs);
  await runner.idle();
  for (const artifact of github.actions.artifacts) artifact.expired = true;
  const settled = countOf(readLedger(hamlet, issue), "PhaseFailed");
  relay.plan = () => [0];
  await relay.replay();
  await until(app, () => countOf(readLedger(hamlet, issue), "PhaseFailed") > settled);
  await until(app, () => readThread(hamlet, issue).status.includes("failed"));
  await untilIdle(app);
  const { status } = readThread(hamlet, issue);
  expect(status).toContain("*failed: validation*");
  expect(status).toContain("/retry validate");
  const failure = readLedger(hamlet, issue).find(({ type }) => type === "PhaseFailed");
  expect(failure?.reason).toBe("run-lost");
  expect(offSpecIn(hamlet)).toEqual([]);
}, 240_000);
