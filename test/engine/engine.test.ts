import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { applyTrigger } from "../../src/engine/apply-trigger.ts";
import { conduct } from "../../src/engine/conduct.ts";
import { findSpecBase } from "../../src/engine/find-spec-base.ts";
import { loadFeature } from "../../src/engine/load-feature.ts";
import { documentsOf, nameInLedger, nameLate } from "../../src/engine/name-in-ledger.ts";
import { publishBuild } from "../../src/engine/publish-build.ts";
import type { LedgerStore } from "../../src/ledger/port.ts";
import { Stop } from "../../src/shared/stop.ts";
import type { Lease } from "../../src/workflow/phase.ts";
import { openStage, type Stage } from "../phases/stage.ts";
import { approved, chain, tell } from "../workflow/story.ts";
import { command, openHouse } from "./open-house.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const ISSUE = 7;
const typesOf = async (ledger: LedgerStore): Promise<string[]> => {
  const loaded = await loadFeature(ledger, ISSUE);
  return loaded.ok ? loaded.value.events.map((event) => event.type) : [];
};

describe("a trigger is decided on the newest ledger", () => {
  test("somebody else's append in between is a conflict, and the decision is made again", async () => {
    const house = openHouse(stage);
    const { append } = house.ledger;
    let meddled = false;
    house.ledger.append = async (request) => {
      if (!meddled) {
        meddled = true;
        await applyTrigger(
          { ...house, ledger: { ...house.ledger, append } },
          ISSUE,
          command("/design", "other"),
        );
      }
      return await append(request);
    };
    const applied = await applyTrigger(house, ISSUE, command("/design", "mine"));
    expect(applied).toMatchObject({ ok: true, value: { refusal: { reason: "already-running" } } });
    expect((await typesOf(house.ledger)).filter((type) => type === "PhaseStarted")).toHaveLength(1);
  });

  test("a store that others never leave alone ends as a named failure", async () => {
    const house = openHouse(stage);
    house.ledger.append = async () => ({ ok: true, value: { kind: "conflict", head: null } });
    expect(await applyTrigger(house, ISSUE, command("/design"))).toEqual({
      ok: false,
      failure: { reason: "ledger-conflict", issue: ISSUE },
    });
  });

  test("a refusal, and a command that only asks, write nothing", async () => {
    const house = openHouse(stage);
    await applyTrigger(house, ISSUE, command("/approve 1234567"));
    await applyTrigger(house, ISSUE, command("/help"));
    expect(await house.ledger.list()).toEqual({ ok: true, value: [] });
  });

  test("the request itself is kept as a document", async () => {
    const house = openHouse(stage);
    const applied = await applyTrigger(house, ISSUE, command("/design"));
    expect(applied.ok && applied.value.feature.documents["request.md"]).toBeDefined();
  });
});

describe("a run that ends after its lease", () => {
  test("is kept as a document and changes nothing", async () => {
    const house = openHouse(stage);
    const started = await applyTrigger(house, ISSUE, command("/design"));
    const lease = started.ok ? started.value.started[0] : undefined;
    if (!lease) throw new Error("no lease");
    await applyTrigger(house, ISSUE, command("/cancel"));
    const late = await applyTrigger(
      house,
      ISSUE,
      {
        kind: "run-finished",
        source: `run:${lease.nonce}`,
        at: "2026-11-21T10:05:00.000Z",
        runId: "run-1",
        nonce: lease.nonce,
        lease,
        outcome: { kind: "questions", questions: [] },
        spent: [],
      },
      { "design.md": "late words" },
    );
    const feature = late.ok ? late.value.feature : undefined;
    expect(feature?.state.status).toBe("cancelled");
    expect(feature?.documents[nameLate(lease.nonce, "design.md")]).toBe("late words");
    expect(feature?.documents["design.md"]).toBeUndefined();
  });
});

describe("the conductor", () => {
  test("a day whose budget is used up is a named outcome, and no model is called", async () => {
    const house = openHouse(stage, { config: { budget: { day: 0 } } });
    const conducted = await conduct(house, ISSUE, command("/design"));
    expect(conducted.ok && conducted.value.feature.state.paused).toBe("over-budget");
    expect(house.calls).toEqual([]);
    expect(house.views.at(-1)?.comments.some((one) => one.markdown.includes("day's design"))).toBe(
      true,
    );
  });

  test("a bug in a phase ends visibly, settles its money, and goes to the log", async () => {
    const house = openHouse(stage, {
      reply: () => {
        throw new TypeError("boom");
      },
    });
    const conducted = await conduct(house, ISSUE, command("/design"));
    expect(await typesOf(house.ledger)).toEqual(
      expect.arrayContaining(["PhaseSettled", "PhaseFailed"]),
    );
    expect(conducted.ok && conducted.value.feature.state.leases).toEqual([]);
    expect(house.logged).toEqual(["boom"]);
  });

  test("the same trigger delivered twice starts nothing twice", async () => {
    const house = openHouse(stage, { config: { budget: { day: 0 } } });
    await conduct(house, ISSUE, command("/design", "delivery-1"));
    const again = await conduct(house, ISSUE, command("/design", "delivery-1"));
    expect(again.ok && again.value.refusal?.reason).toBe("already-seen");
  });

  test("a day that is used up is told at once, without a view that promises a run", async () => {
    const house = openHouse(stage, { config: { budget: { day: 0 } } });
    await conduct(house, ISSUE, command("/design"));
    expect(house.views.length).toBe(1);
    expect(house.views[0]?.status).not.toContain("running: design");
  });

  test("the thread is reconciled after each append", async () => {
    const house = openHouse(stage, { config: { limits: { automaticRetries: 0 } } });
    await conduct(house, ISSUE, command("/design"));
    expect(house.views.length).toBe(2);
    expect(house.views[0]?.status).toContain("running: design");
  });
});

describe("publishing a branch", () => {
  const lease = { phase: "build", spec: "BUILD_01", attempt: 2 } as Lease;
  const built = (branch: string, head: string) => ({
    kind: "built" as const,
    branch,
    base: stage.base,
    head,
    commits: 1,
    checkpoints: [],
    deviations: 0,
  });

  test("creates it, and moves it forward", async () => {
    const first = stage.commit(stage.base, { "a.txt": "1" });
    const second = stage.commit(first, { "a.txt": "2" });
    expect(
      await publishBuild(stage.workspace, 1, lease, built("archwright/1-a", first)),
    ).toMatchObject({ kind: "built" });
    expect(
      await publishBuild(stage.workspace, 1, lease, built("archwright/1-a", second)),
    ).toMatchObject({ kind: "built" });
    expect(await stage.workspace.branchHead("archwright/1-a")).toBe(second);
  });

  test("never takes a person's commit away", async () => {
    const theirs = stage.commit(stage.base, { "a.txt": "theirs" });
    const ours = stage.commit(stage.base, { "a.txt": "ours" });
    stage.git("branch", "archwright/1-b", theirs);
    const outcome = await publishBuild(stage.workspace, 1, lease, built("archwright/1-b", ours));
    expect(outcome).toMatchObject({ kind: "failed", reason: "branch-moved", work: { head: ours } });
    expect(await stage.workspace.branchHead("archwright/1-b")).toBe(theirs);
  });

  test("replaces an earlier attempt of ours", async () => {
    const before = stage.commit(stage.base, { "a.txt": "attempt 1" });
    const after = stage.commit(stage.base, { "a.txt": "attempt 2" });
    await stage.workspace.keep("1/BUILD_01-1", before);
    stage.git("branch", "archwright/1-c", before);
    expect(
      await publishBuild(stage.workspace, 1, lease, built("archwright/1-c", after)),
    ).toMatchObject({ kind: "built" });
    expect(await stage.workspace.branchHead("archwright/1-c")).toBe(after);
  });
});

describe("what a spec is built on", () => {
  const state = tell(approved(chain));
  const withHead = (head: string | null) => ({
    ...state,
    specs: { ...state.specs, BUILD_01: { ...state.specs.BUILD_01, acceptedHead: head } },
  });

  test("the plan's base where it depends on nothing", async () => {
    expect(await findSpecBase(stage.workspace, state, "BUILD_01")).toBe(chain.base);
  });

  test("the accepted work it depends on", async () => {
    const head = stage.commit(stage.base, { "a.txt": "dependency" });
    expect(await findSpecBase(stage.workspace, withHead(head) as never, "BUILD_02")).toBe(head);
  });

  test("of several dependencies the one that holds the others; side branches are refused by name", async () => {
    const low = stage.commit(stage.base, { "a.txt": "low" });
    const high = stage.commit(low, { "b.txt": "high" });
    const side = stage.commit(stage.base, { "c.txt": "side" });
    const plan = {
      ...chain,
      specs: [
        ...chain.specs,
        { id: "BUILD_03", title: "", dependsOn: ["BUILD_01", "BUILD_02"], document: "" },
      ],
    };
    const both = (first: string, second: string) =>
      ({
        ...state,
        plan,
        specs: { BUILD_01: { acceptedHead: first }, BUILD_02: { acceptedHead: second } },
      }) as never;
    expect(await findSpecBase(stage.workspace, both(low, high), "BUILD_03")).toBe(high);
    const refused = findSpecBase(stage.workspace, both(high, side), "BUILD_03");
    await expect(refused).rejects.toThrow(
      new Stop({ reason: "dependencies-diverged", spec: "BUILD_03", needs: "" }).message,
    );
  });
});

test("documents of an exploration have a folder of their own", () => {
  const documents = {
    "design.md": "main",
    [nameInLedger("fast", "design.md")]: "fast",
    [nameLate("a".repeat(64), "design.md")]: "late",
  };
  expect(documentsOf(documents, "main")).toEqual({ "design.md": "main" });
  expect(documentsOf(documents, "fast")).toEqual({ "design.md": "fast" });
});
