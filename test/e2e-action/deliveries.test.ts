import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { openTown, type Town } from "./open-town.ts";
import {
  expectNamedEnds,
  listPulls,
  outcomesOf,
  readLedger,
  readThread,
  typesOf,
} from "./read-town.ts";
import { write } from "./replies.ts";

let town: Town;
/** A number for each copy: the same order in every run of this test. */
let seed = 7;
const random = (): number => {
  seed = (seed * 16_807) % 2_147_483_647;
  return seed / 2_147_483_647;
};
const pause = (milliseconds: number): Promise<void> =>
  new Promise((wake) => setTimeout(wake, milliseconds));
let twice = false;

beforeAll(async () => {
  town = await openTown({
    deliver: async (hear, delivery) => {
      const copies = twice ? [delivery, delivery] : [delivery];
      await Promise.all(
        copies.map(async (copy) => {
          if (twice) await pause(random() * 400);
          hear(copy);
        }),
      );
    },
  });
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  twice = false;
  expectNamedEnds(town);
});

const typesIn = (issue: number): string[] => typesOf(readLedger(town, issue));
const times = (types: string[], type: string): number =>
  types.filter((each) => each === type).length;

test("every delivery comes twice and out of order: everything happens once", async () => {
  const asked = await town.at("asked");
  twice = true;
  await town.mary.label(asked, "archwright");
  await town.idle();
  expect(times(typesIn(asked), "PlanPosted")).toBe(1);
  town.say("build.BUILD_01.S-1.json", write("hello, please\n"));
  const { approve } = readThread(town, asked);
  await town.rita.comment(asked, approve);
  await town.walt.comment(asked, approve);
  await town.mary.comment(asked, "/status");
  await town.idle();
  const types = typesIn(asked);
  for (const once of ["PlanApproved", "BuildCompleted", "ReviewScored", "SpecAccepted"]) {
    expect([once, times(types, once)]).toEqual([once, 1]);
  }
  const thread = readThread(town, asked);
  const keys = thread.bodies.flatMap((body) => /^<!-- archwright key=(\S+)/.exec(body)?.[1] ?? []);
  expect(keys).toEqual([...new Set(keys)]);
  expect(keys.filter((key) => key.startsWith("reply-"))).toHaveLength(2);
  expect(listPulls(town)).toHaveLength(1);
  expect(listPulls(town)[0]?.reviews).toHaveLength(1);
  await town.mary.merge(listPulls(town)[0]?.number ?? 0);
  await town.idle();
  expect(times(typesIn(asked), "PullRequestClosed")).toBe(1);
  expect(readThread(town, asked).status).toContain("*done*");
}, 300_000);

test("two approvals at once are one build, and two issues at once do not wait for each other", async () => {
  const first = await town.at("proposed");
  town.say("build.BUILD_01.S-1.json", write("hello, please\n"));
  const second = await town.mary.openIssue({ title: "Greet again", body: "Politely." });
  const { approve } = readThread(town, first);
  await Promise.all([
    town.mary.comment(first, approve),
    town.walt.comment(first, approve),
    town.mary.label(second, "archwright"),
  ]);
  await town.idle();
  expect(times(typesIn(first), "BuildCompleted")).toBe(1);
  expect(readThread(town, first).status).toContain("accepted, ready for you to merge");
  expect(readThread(town, second).status).toContain("waiting for approval");
  expect(listPulls(town)).toHaveLength(1);
}, 300_000);

test("a run that somebody dispatches for a lease which another run carries out does nothing", async () => {
  const issue = await town.at("proposed");
  const thinking = town.hold("build.BUILD_01.S-1.json");
  await town.walt.comment(issue, readThread(town, issue).approve);
  await thinking.reached;
  const lease = readLedger(town, issue).findLast(({ type }) => type === "PhaseStarted")?.lease;
  const { nonce } = lease as { nonce: string };
  const head = "0".repeat(40);
  const work = JSON.stringify({ issue, phase: "build", nonce, head });
  const { url, owner, repo } = town.github;
  const before = outcomesOf(town);
  for (const said of [work, work.replace(nonce, "f".repeat(64)), "{}"]) {
    const sent = await fetch(
      `${url}/repos/${owner}/${repo}/actions/workflows/archwright.yml/dispatches`,
      {
        method: "POST",
        headers: { authorization: `Bearer ${town.github.userToken("walt")}` },
        body: JSON.stringify({ ref: "main", inputs: { work: said } }),
      },
    );
    expect(sent.status).toBeLessThan(300);
  }
  await pause(100);
  while (town.runner.runs.slice(-3).some(({ status }) => status !== "completed")) await pause(50);
  thinking.release(write("hello, please\n"));
  await town.idle();
  expect(outcomesOf(town).length).toBeGreaterThan(before.length);
  expect(times(typesIn(issue), "BuildCompleted")).toBe(1);
  expect(readThread(town, issue).status).toContain("accepted, ready for you to merge");
}, 300_000);
