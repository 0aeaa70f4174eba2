import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { applyTrigger } from "../../src/engine/apply-trigger.ts";
import { conduct } from "../../src/engine/conduct.ts";
import { publishWhileLive } from "../../src/engine/publish-while-live.ts";
import { fail } from "../../src/shared/result.ts";
import { openStage, type Stage } from "../phases/stage.ts";
import { command, openHouse } from "./open-house.ts";

const ISSUE = 7;
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

test("a build whose lease ended while it ran moves no branch", async () => {
  const house = openHouse(stage);
  const started = await applyTrigger(house, ISSUE, command("/design"));
  const lease = started.ok ? started.value.started[0] : undefined;
  if (!started.ok || !lease) throw new Error("no lease");
  const publish = (branch: string) =>
    publishWhileLive(house, started.value.feature, lease, {
      kind: "built",
      branch,
      base: stage.base,
      head: stage.commit(stage.base, { "a.txt": branch }),
      commits: 1,
      checkpoints: [],
      deviations: 0,
    });

  expect(await publish("archwright/7-in-time")).toMatchObject({ kind: "built" });
  await applyTrigger(house, ISSUE, command("/cancel"));
  expect(await publish("archwright/7-late")).toMatchObject({ kind: "built" });

  expect(await stage.workspace.branchHead("archwright/7-in-time")).toMatch(/^[0-9a-f]{40}$/);
  expect(await stage.workspace.branchHead("archwright/7-late")).toBeNull();
});

test("a day's account that cannot be settled does not cost what the phase brought", async () => {
  const question = { id: "Q-1", text: "Which?", decides: "all", options: [], default: null };
  const house = openHouse(stage, { reply: () => ({ questions: [question], plan: null }) });
  const { recordSpend } = house.ledger;
  let records = 0;
  house.ledger.recordSpend = async (...spend) => {
    records += 1;
    if (records === 1) return await recordSpend(...spend);
    return fail({ reason: "ledger-unavailable", detail: "the disk is read-only for a moment" });
  };

  const conducted = await conduct(house, ISSUE, command("/design"));

  expect(records).toBe(2);
  if (!conducted.ok) throw new Error(conducted.failure.reason);
  const { leases, money } = conducted.value.feature.state;
  expect({ leases, reserved: money.reserved }).toEqual({ leases: [], reserved: {} });
});
