import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { openSqliteQueue } from "../../src/queue/open-sqlite-queue.ts";
import { sign } from "./deliver.ts";
import type { TestApp } from "./open-app.ts";
import { type Hamlet, openHamlet, startHamletApp, until, untilIdle } from "./open-hamlet.ts";
import { openRelay, type Relay } from "./open-relay.ts";
import { offSpecIn, readThread } from "./read-hamlet.ts";

// What GitHub, an operator or somebody else's repository can do to the App.

let hamlet: Hamlet;
let app: TestApp;
let relay: Relay;
let issue = 0;
let restore: () => void;
beforeAll(async () => {
  hamlet = await openHamlet({ workflow: false });
  issue = await hamlet.mary.openIssue({ title: "Greet readers", body: "A file should greet." });
  relay = await openRelay(hamlet.installed.webhookUrl ?? "");
  hamlet.installed.webhookUrl = relay.url;
  restore = hamlet.github.save();
});
beforeEach(async () => {
  app = await startHamletApp(hamlet);
  await untilIdle(app);
  relay.held.splice(0);
  relay.plan = () => [0];
});
afterEach(async () => {
  await app.close();
  expect(offSpecIn(hamlet)).toEqual([]);
  restore();
});
afterAll(async () => {
  await relay?.close();
  await hamlet?.close();
});

const answers = (): string[] =>
  readThread(hamlet, issue).own.filter((body) => body.includes("| command |"));
const logged = (words: string): string[] => app.lines.filter((line) => line.includes(words));

test.each([
  ["removed", 404],
  ["suspended", 403],
])(
  "an installation that was %s fails for good, and is heard again when it is back",
  async (_, status) => {
    const { github, mary } = hamlet;
    github.fail({ method: "POST", route: /access_tokens/, kind: "status", status, times: 2 });
    await mary.comment(issue, "/help");
    await until(app, () => logged("failed for good").length > 0);
    await untilIdle(app);
    expect(answers()).toEqual([]);
    expect(logged("will try again")).toEqual([]);
    await mary.comment(issue, "/help");
    await until(app, () => answers().length === 1);
  },
);

test("a token that ends in the middle is replaced, and nothing is said twice", async () => {
  const { github, mary } = hamlet;
  const route = /\/issues\/\{issue_number\}\/comments$/;
  github.fail({ method: "POST", route, kind: "bad-credentials" });
  await mary.comment(issue, "/help");
  await until(app, () => answers().length === 1);
  await untilIdle(app);
  expect(answers()).toHaveLength(1);
});

test("while the limit of calls is used up the job waits, and is not given up", async () => {
  const { github, mary } = hamlet;
  const route = /\/repos\/\{owner\}\/\{repo\}$/;
  github.fail({ method: "GET", route, kind: "primary-limit", times: 9 });
  await mary.comment(issue, "/help");
  await until(app, () => logged("will try again").length > 0 || answers().length > 0);
  expect(logged("failed for good")).toEqual([]);
});

type Payload = { installation: { id: number }; repository: { id: number } };

/** A delivery as GitHub signs it, about another place. */
async function deliverElsewhere(other: {
  installation?: number;
  repository?: number;
}): Promise<number> {
  relay.plan = () => [];
  await hamlet.mary.comment(issue, "/help");
  await until(app, () => relay.held.length > 0);
  const [{ headers, body } = { headers: {}, body: "{}" }] = relay.held;
  const payload = JSON.parse(body) as Payload;
  payload.installation.id = other.installation ?? payload.installation.id;
  payload.repository.id = other.repository ?? payload.repository.id;
  const text = JSON.stringify(payload);
  const signature = sign(text, hamlet.installed.webhookSecret);
  const answer = await fetch(`${app.url}/api/github/webhooks`, {
    method: "POST",
    body: text,
    headers: { ...headers, "x-hub-signature-256": signature },
  });
  return answer.status;
}

const writesOfOurs = () =>
  hamlet.github.requests.filter(
    ({ method, route, by }) =>
      !/^(GET|HEAD)$/.test(method) && !route.includes("/app/") && by === "archwright[bot]",
  ).length;

test("an installation of somebody else gets no answer about this repository", async () => {
  const before = writesOfOurs();
  expect(await deliverElsewhere({ installation: 424_242 })).toBe(202);
  await until(app, () => logged("failed for good").length > 0);
  await untilIdle(app);
  expect(writesOfOurs()).toBe(before);
  expect(answers()).toEqual([]);
});

test("what was asked of a repository is not asked of the next one with its name", async () => {
  const before = writesOfOurs();
  expect(await deliverElsewhere({ repository: 701 })).toBe(202);
  await until(app, () => logged("another repository").length > 0);
  await untilIdle(app);
  expect(writesOfOurs()).toBe(before);
  expect(answers()).toEqual([]);
});

test("a phase or a sweep of another repository does nothing here, whatever ids it names", async () => {
  await hamlet.mary.label(issue, "archwright");
  await until(app, () => readThread(hamlet, issue).own.some((body) => body.includes("/retry")));
  await untilIdle(app);
  const before = writesOfOurs();
  const { owner, repo, installed } = { ...hamlet.github, ...hamlet };
  const repository = { id: "701", owner, name: repo };
  const place = { installation: installed.installationId, repository };
  const work = { issue, phase: "design", nonce: "a".repeat(64), head: "b".repeat(40) };
  const queue = openSqliteQueue(app.settings.queue);
  if (!queue.ok) throw new Error(queue.failure.reason);
  for (const data of [
    { kind: "phase", ...place, work },
    { kind: "sweep", ...place },
  ]) {
    await queue.value.enqueue({ id: data.kind, key: data.kind, lane: data.kind, data });
  }
  const ended = async (id: string) => {
    const state = await queue.value.find(id);
    return state.ok && state.value === "done";
  };
  for (const id of ["phase", "sweep"]) {
    for (let tries = 0; !(await ended(id)) && tries < 200; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await ended(id)).toBe(true);
  }
  await queue.value.close();
  expect(writesOfOurs()).toBe(before);
});

test("a delivery that cannot be kept is answered with 503, and taken when it comes again", async () => {
  relay.plan = () => [];
  await hamlet.mary.comment(issue, "/help");
  await until(app, () => relay.held.length > 0);
  const statusOf = async (path: string) => (await fetch(`${app.url}${path}`)).status;
  const broken = new DatabaseSync(app.settings.queue, { timeout: 5_000 });
  broken.exec("alter table job rename to away");
  expect(await relay.replay()).toEqual([503]);
  expect([await statusOf("/health"), await statusOf("/ready")]).toEqual([200, 503]);
  broken.exec("alter table away rename to job");
  broken.close();
  expect(await relay.replay()).toEqual([202]);
  expect(await statusOf("/ready")).toBe(200);
  await until(app, () => answers().length === 1);
});
