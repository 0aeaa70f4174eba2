import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { openTown, type Town } from "./open-town.ts";
import { expectNamedEnds, outcomesOf, readLedger, readThread, typesOf } from "./read-town.ts";
import { replies, write } from "./replies.ts";
import type { Stage } from "./stages.ts";

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 60_000);
afterAll(() => town.close());
afterEach(() => expectNamedEnds(town));

const typesIn = (issue: number): string[] => typesOf(readLedger(town, issue));
const label = (issue: number) => town.mary.label(issue, "archwright");
const approve = (issue: number) => town.mary.comment(issue, readThread(town, issue).approve);

/** A model that answers nothing which could be used. */
const useless = { $fault: "refused" };
const polite = write("hello, please\n");

type Failing = { phase: string; from: Stage; reply: string; good: string };
const failing: Failing[] = [
  { phase: "design", from: "asked", reply: "design.json", good: "waiting for approval" },
  { phase: "validate", from: "asked", reply: "validate.json", good: "waiting for approval" },
  { phase: "build", from: "proposed", reply: "build.BUILD_01.S-1.json", good: "accepted" },
  { phase: "review", from: "proposed", reply: "review.BUILD_01.json", good: "accepted" },
];

describe("/retry", () => {
  test.each(failing)(
    "after a $phase that failed goes on where it failed",
    async (each) => {
      const { phase, from, reply, good } = each;
      const issue = await town.at(from);
      // Good at once: a fix round would only take time.
      town.say("build.BUILD_01.S-1.json", polite);
      town.say(reply, useless);
      await (from === "asked" ? label(issue) : approve(issue));
      await town.idle();
      const failed = readThread(town, issue);
      expect(outcomesOf(town).slice(-2)).toEqual(["phase phase-failed", "publish published"]);
      expect(failed.status).toContain(`failed: ${phase === "validate" ? "validation" : phase}`);
      expect(failed.status).toContain(`/retry ${phase}`);
      expect(failed.last).toContain("/retry");
      expect(typesIn(issue).at(-1)).toBe("PhaseFailed");

      town.say(reply, phase === "build" ? polite : replies[reply]);
      await town.rita.comment(issue, "/retry");
      await town.idle();
      expect(outcomesOf(town).at(-1)).toBe("route refused");
      await town.walt.comment(issue, `/retry ${phase}`);
      await town.idle();
      expect(readThread(town, issue).status).toContain(good);
    },
    300_000,
  );
});

describe("the button Re-run", () => {
  test("of a run whose phase failed means /retry, by whoever pressed it", async () => {
    const issue = await town.at("asked");
    town.say("design.json", useless);
    await label(issue);
    await town.idle();
    town.say("design.json", replies["design.json"]);
    const run = town.runner.runs.at(-1)?.id ?? 0;
    // GitHub itself lets nobody press it who may not write.
    await expect(town.runner.rerun(run, "rita", "all")).rejects.toThrow("re-run refused: 404");
    await town.runner.rerun(run, "walt", "all");
    await town.idle();
    expect(outcomesOf(town)).toContain("route started");
    expect(readThread(town, issue).status).toContain("waiting for approval");
    expect(typesIn(issue).filter((type) => type === "DesignRequested")).toHaveLength(1);
  }, 300_000);

  test("of failed jobs alone, after the phase was killed", async () => {
    const issue = await town.at("asked");
    let killed = 0;
    town.onStep = ({ job, kill }) => {
      if (job === "phase" && killed === 0) {
        killed += 1;
        kill();
      }
    };
    await label(issue);
    await town.idle();
    expect(readThread(town, issue).bodies.join("\n")).toMatch(/run/);
    const status = readThread(town, issue).status;
    if (!status.includes("waiting for approval")) {
      const run = town.runner.runs.at(0)?.id ?? 0;
      await town.runner.rerun(run, "walt", "failed");
      await town.idle();
    }
    expect(readThread(town, issue).status).toContain("waiting for approval");
    expect(typesIn(issue).filter((type) => type === "PlanPosted")).toHaveLength(1);
  }, 300_000);

  test("of a run that went well changes nothing", async () => {
    const issue = await town.at("asked");
    await label(issue);
    await town.idle();
    const before = typesIn(issue);
    const seen = readThread(town, issue).bodies;
    const run = town.runner.runs.at(0)?.id ?? 0;
    await town.runner.rerun(run, "walt", "all");
    await town.idle();
    expect(outcomesOf(town).at(-1)).toMatch(/^(route|publish) (refused|ignored|answered)$/);
    expect(typesIn(issue)).toEqual(before);
    expect(readThread(town, issue).bodies).toEqual(seen);
  }, 300_000);
});
