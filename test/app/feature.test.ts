import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { TestApp } from "./open-app.ts";
import { type Hamlet, openHamlet, startHamletApp, until, untilIdle } from "./open-hamlet.ts";
import { chooser, openRelay, type Relay } from "./open-relay.ts";
import { offSpecIn, readThread, readThreads } from "./read-hamlet.ts";

// A whole feature by two Apps: one designs, dispatches the rest to the example's read-only workflow, publishes what the runs hand over;
// the other one reviews. Then the same once more with every delivery doubled and late.

let hamlet: Hamlet;
let app: TestApp;
let relay: Relay;
let restore: () => void;
beforeAll(async () => {
  hamlet = await openHamlet({ reviewer: true });
  relay = await openRelay(hamlet.installed.webhookUrl ?? "");
  hamlet.installed.webhookUrl = relay.url;
  restore = hamlet.github.save();
}, 180_000);
beforeEach(async () => {
  await app?.close();
  await hamlet.runner.idle();
  restore();
  relay.held.splice(0);
  app = await startHamletApp(hamlet);
});
afterAll(async () => {
  await app?.close();
  await relay?.close();
  await hamlet?.close();
});

async function carryThrough(): Promise<void> {
  const { mary, seen } = hamlet;
  const issue = await mary.openIssue({ title: "Greet readers", body: "A file should greet." });
  await mary.label(issue, "archwright");
  const approve = await until(app, () => /\/approve [0-9a-f]{7,64}/.exec(seen())?.[0]);
  await mary.comment(issue, approve);
  await until(app, () => seen().includes("accepted, ready for you to merge"), 240);
  const pull = readThreads(hamlet).find((thread) => thread.pull !== null);
  await mary.merge(pull?.number ?? 0);
  await until(app, () => readThread(hamlet, issue).status.includes("*done*"));
}

/** What people see, without what differs between any two runs: ids, hashes and times. */
const plain = (picture: unknown): unknown =>
  JSON.parse(
    JSON.stringify(picture)
      .replace(/\b[0-9a-f]{12}\b/g, "<hash>")
      .replace(/\| 0\.\d+ \|/g, "| <seconds> |")
      .replace(/approved-\d+/g, "approved-<id>"),
  );

let undisturbed: unknown;

test("a label becomes a plan, an approval a pull request that the second App reviews, and a merge the end", async () => {
  await carryThrough();
  const [issue, pull, ...more] = readThreads(hamlet);
  expect(more).toEqual([]);
  expect(issue?.labels).toEqual(["archwright", "archwright:accepted"]);
  expect(pull).toMatchObject({ author: "archwright[bot]", title: "Greet in a file" });
  const by = "second-look[bot]";
  const asked = hamlet.github.requests
    .filter(({ method, route }) => method === "POST" && route.endsWith("/reviews"))
    .map(({ body }) => (body as { event: string }).event);
  expect(asked).toEqual(["REQUEST_CHANGES", "COMMENT"]);
  // The request for changes was real, and was taken back when the score passed.
  expect(pull?.reviews.map(({ author, state }) => [author, state])).toEqual([
    [by, "DISMISSED"],
    [by, "COMMENTED"],
  ]);
  const { checks, statuses } = hamlet.github.picture() as {
    checks: { name: string; app: string; conclusion: string }[];
    statuses: unknown[];
  };
  expect(statuses).toEqual([]);
  expect(checks.map(({ name, app, conclusion }) => [name, app, conclusion])).toEqual([
    ["archwright/review", "second-look", "failure"],
    ["archwright/review", "second-look", "success"],
  ]);
  const events = new Set(hamlet.runner.runs.map(({ event }) => event));
  expect(events).toEqual(new Set(["workflow_dispatch"]));
  expect(offSpecIn(hamlet)).toEqual([]);
  undisturbed = plain(hamlet.github.picture());
}, 400_000);

test("with every delivery doubled and out of order, and all of them sent again at the end, people see the same", async () => {
  const choose = chooser(7);
  relay.plan = () => [choose(400), choose(400)];
  const runs = hamlet.runner.runs.length;
  await carryThrough();
  expect(plain(hamlet.github.picture())).toEqual(undisturbed);
  expect(hamlet.runner.runs.length - runs).toBe(runs);
  await untilIdle(app);
  const writes = () => hamlet.github.requests.filter(({ method }) => method !== "GET").length;
  const before = writes();
  const answers = await relay.replay();
  expect(new Set(answers)).toEqual(new Set([202]));
  await untilIdle(app);
  expect(writes()).toBe(before);
  expect(plain(hamlet.github.picture())).toEqual(undisturbed);
  expect(offSpecIn(hamlet)).toEqual([]);
}, 400_000);
