import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { carryThrough, failWrites, faults, readOutcome } from "./fail-writes.ts";
import { openTown, type Town } from "./open-town.ts";
import { expectNamedEnds } from "./read-town.ts";

/** `npm run test:faults` fails every single write in a run of its own; here each write fails once, all in one run. */
const isWhole = process.env.FAULTS === "all";
/** FAULTS_FROM=3 FAULTS_EVERY=10 tries the third write, and every tenth after it. */
const stride = Number(process.env.FAULTS_EVERY ?? "1");
const sample = ["502 before it was done", "a secondary rate limit"];
const kinds = Object.entries(faults).filter(([name]) => isWhole || sample.includes(name));

let town: Town;
let calm: { writes: number; outcome: ReturnType<typeof readOutcome> };
beforeAll(async () => {
  town = await openTown();
  const { seen, stop } = failWrites(town, { kind: "reset" }, () => false);
  const issue = await carryThrough(town);
  stop();
  calm = { writes: seen.writes, outcome: readOutcome(town, issue) };
}, 300_000);
afterAll(() => town.close());
afterEach(() => expectNamedEnds(town));

test("undisturbed, the feature is accepted", () => {
  expect(calm.outcome.headline).toContain("accepted, ready for you to merge");
  expect(calm.writes).toBeGreaterThan(20);
});

describe.each(kinds)("%s", (_, fault) => {
  test("at every write, once: nothing is lost, nothing is there twice", async () => {
    // Every second attempt: what is tried again succeeds, and the next write fails.
    const { seen, stop } = failWrites(town, fault, (write) => write % 2 === 1);
    const issue = await carryThrough(town);
    stop();
    expect(seen.failed).toBeGreaterThan(calm.writes / 3);
    expect(readOutcome(town, issue)).toEqual(calm.outcome);
  }, 600_000);

  if (isWhole) {
    test("at one write, as often as it is tried at once", async () => {
      const differing: unknown[] = [];
      for (let at = Number(process.env.FAULTS_FROM ?? "1"); at <= calm.writes; at += stride) {
        const { stop } = failWrites(town, fault, (write) => write >= at && write < at + 6);
        const issue = await carryThrough(town);
        stop();
        const outcome = readOutcome(town, issue);
        if (JSON.stringify(outcome) !== JSON.stringify(calm.outcome))
          differing.push({ at, outcome });
        expectNamedEnds(town);
      }
      expect(differing).toEqual([]);
    }, 7_200_000);
  }
});
