import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openTown, type Town } from "../e2e-action/open-town.ts";
import { outcomesOf, readLedger, readThread, typesOf } from "../e2e-action/read-town.ts";

// The button "Re-run" sends the same event again, with another person behind it. Whoever may press it may not thereby speak for somebody else.

let town: Town;
beforeAll(async () => {
  town = await openTown({ config: "approval: { roles: [admin, maintain] }" });
}, 60_000);
afterAll(() => town.close());

const lastRun = (): number => Math.max(...town.runner.runs.map(({ id }) => id));

test("an approval that was refused is not made by somebody else who runs it again", async () => {
  const issue = await town.at("proposed");
  const { approve } = readThread(town, issue);
  town.github.setRole("mary", "write");
  await town.mary.comment(issue, approve);
  await town.idle();
  expect(outcomesOf(town).at(-1)).toBe("route refused");
  town.github.setRole("mary", "maintain");
  await town.runner.rerun(lastRun(), "walt", "all");
  await town.idle();
  expect(typesOf(readLedger(town, issue))).not.toContain("PlanApproved");
  expect(outcomesOf(town).at(-1)).toBe("route refused");
}, 120_000);

test("whoever said it may run it again", async () => {
  const issue = await town.at("proposed");
  const { approve } = readThread(town, issue);
  town.github.setRole("mary", "write");
  await town.mary.comment(issue, approve);
  await town.idle();
  town.github.setRole("mary", "maintain");
  await town.runner.rerun(lastRun(), "mary", "all");
  await town.idle();
  expect(typesOf(readLedger(town, issue))).toContain("PlanApproved");
}, 120_000);
