import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { zipSync } from "fflate";
import { openTown, type Town } from "../e2e-action/open-town.ts";
import { outcomesOf, readLedger, readThread } from "../e2e-action/read-town.ts";

// Every job of a run may leave artifacts, under any name. The job `checks` runs the code that is under review: where that code gets hold of
// the runner's own token, it can leave a hand-over. Publish takes the one that the phase itself has left, and no other.

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 60_000);
afterAll(() => town.close());

const plant = (run: number, text: string): void => {
  const { artifacts, nextId } = town.github.actions;
  const zip = zipSync({ "hand-over.json": new TextEncoder().encode(text) });
  const createdAt = "2026-11-21T10:00:00Z";
  artifacts.push({
    ...{ id: nextId(), run, name: "archwright-hand-over", zip, createdAt, expired: false },
  });
};

test("a hand-over that the phase did not leave is not read, whatever its name", async () => {
  const issue = await town.at("asked");
  town.onStep = ({ job, run, kill }) => {
    if (!job.endsWith("phase")) return;
    plant(run, '{"v":1,"forged":true}');
    kill({ machine: true });
  };
  await town.mary.label(issue, "archwright");
  await town.idle();
  expect(outcomesOf(town)).toEqual(["route started", "publish run-lost"]);
  expect(JSON.stringify(readLedger(town, issue))).not.toContain("hand-over-refused");
  expect(readThread(town, issue).last).toContain("The run ended without a result");
}, 60_000);

test("one that was left before the phase leaves its own is replaced", async () => {
  const issue = await town.at("asked");
  town.onStep = ({ job, run }) => {
    if (job.endsWith("phase")) plant(run, "{}");
  };
  await town.mary.label(issue, "archwright");
  await town.idle();
  expect(readThread(town, issue).status).toContain("waiting for approval");
}, 60_000);
