import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Event } from "../../src/workflow/event.ts";
import { evolve, initialState } from "../../src/workflow/evolve.ts";
import { foldEvents } from "../../src/workflow/fold-events.ts";
import { ask, label, reviewed, summarise, tell } from "./story.ts";
import { issueOf, person } from "./world.ts";

const base = { v: 1, at: "2026-11-21T10:00:00.000Z", source: "s1" } as const;
const opened = {
  ...base,
  type: "FeatureOpened",
  repository: issueOf("rita").repository,
  issue: { id: "I12", number: 12, title: "t" },
  requester: { id: "rita", login: "rita" },
  by: person("tom", "triage"),
} satisfies Event;

describe("folding a ledger", () => {
  test("an empty one is the initial state", () => {
    expect(foldEvents([])).toEqual(initialState);
  });

  test("a type, a version and a shape that are not known are counted, and their sources are seen", () => {
    const state = foldEvents([
      opened,
      { ...base, type: "CoachTaught", source: "s2" },
      { ...base, type: "CoachTaught", source: "s3" },
      { ...base, type: "FeatureCancelled", v: 2, source: "s4" },
      { ...base, type: "PlanPosted", source: "s5", plan: "later a string" },
      "not even an object",
      null,
    ]);
    expect(state.status).toBe("open");
    expect(state.unknownEvents).toEqual({
      CoachTaught: 2,
      FeatureCancelled: 1,
      PlanPosted: 1,
      unreadable: 2,
    });
    expect([...state.sources]).toEqual(["s1", "s2", "s3", "s4", "s5"]);
    expect(summarise(ask(state, () => ({ ...label()(state, 0), source: "s3" })))).toBe(
      "refused: already-seen",
    );
  });

  test("names that every object has do no harm", () => {
    const state = foldEvents([
      { ...base, type: "__proto__" },
      { ...base, type: "constructor" },
      { ...base, type: "toString", source: "__proto__" },
    ]);
    expect(Object.entries(state.unknownEvents)).toEqual([
      ["__proto__", 1],
      ["constructor", 1],
      ["toString", 1],
    ]);
    expect(Object.getPrototypeOf(state.unknownEvents)).toBe(Object.prototype);
  });

  test("a second opening cannot move the ledger to another issue", () => {
    const moved = { ...opened, source: "s2", issue: { id: "I99", number: 99, title: "other" } };
    expect(foldEvents([opened, moved]).feature?.issue.number).toBe(12);
  });

  test("keys of a later version are carried along", () => {
    expect(foldEvents([{ ...opened, mood: "calm" }]).unknownEvents).toEqual({});
  });

  test("evolve changes neither state nor event", () => {
    const before = tell(reviewed(78));
    const copy = structuredClone(before);
    const event = { ...base, type: "FeatureCancelled", by: person("wendy", "write") } as const;
    evolve(Object.freeze(before), Object.freeze(event));
    expect(before).toEqual(copy);
  });

  test("no heap of JSON is an error", () => {
    const known = fc.constantFrom("PlanPosted", "PhaseStarted", "LeaseExpired", "SpecAccepted");
    const event = fc.record(
      { v: fc.constantFrom(1, 2), type: fc.oneof(known, fc.string()), source: fc.string() },
      { requiredKeys: [] },
    );
    const holds = fc.property(fc.array(fc.oneof(event, fc.jsonValue())), (heap) => {
      const { unknownEvents } = foldEvents(heap);
      const counted = Object.values(unknownEvents).reduce((sum, count) => sum + count, 0);
      expect(counted).toBe(heap.length);
    });
    fc.assert(holds, { numRuns: 300, seed: 3 });
  });

  test("events in an order that never was fold without an error", () => {
    const key = { phase: "build", spec: "BUILD_09", exploration: "gone" } as const;
    const by = person("wendy", "write");
    const odd: Event[] = [
      { ...base, type: "LeaseExpired", nonce: "n", key, why: "run-gone" },
      {
        ...base,
        type: "BuildCompleted",
        spec: "__proto__",
        attempt: 1,
        round: 0,
        branch: "b",
        base: "c",
        head: "d",
        commits: 1,
        deviations: 0,
      },
      { ...base, type: "ExplorationSelected", exploration: "constructor", by },
      { ...base, type: "FeatureResumed", by },
      { ...base, type: "PhaseSettled", nonce: "never", key, micros: 5, tokens: 5, spent: [] },
      { ...base, type: "RetryRequested", key, by },
      { ...base, type: "PersonPushed", spec: "toString", branch: "b", head: "d", by },
    ];
    const state = odd.reduce(evolve, initialState);
    expect(state.money.spent).toEqual({ micros: 0, tokens: 0 });
    expect(state.plan).toBeNull();
  });

  test("is linear: 20,000 events within two seconds", () => {
    const events = Array.from({ length: 20_000 }, (_, index) => ({
      ...base,
      type: "FindingDismissed",
      source: `s${index}`,
      spec: null,
      finding: "F-1",
      why: "no",
      by: person("wendy", "write"),
    }));
    const started = process.hrtime.bigint();
    expect(foldEvents(events).sources.size).toBe(20_000);
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(2_000);
  });
});
