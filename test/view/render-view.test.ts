import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { buildTimeline } from "../../src/view/build-timeline.ts";
import { describeNext } from "../../src/view/describe-next.ts";
import { formatDuration } from "../../src/view/format-duration.ts";
import { renderView } from "../../src/view/render-view.ts";
import { decide } from "../../src/workflow/decide.ts";
import { nextStep } from "../../src/workflow/next-step.ts";
import { moveArbitrary, setupArbitrary, simulate } from "../workflow/simulate.ts";
import {
  approved,
  type Beat,
  built,
  end,
  mary,
  plan,
  planned,
  reviewed,
  say,
  scored,
  validated,
  wendy,
} from "../workflow/story.ts";
import { basePolicy, outcomes } from "../workflow/world.ts";
import { tellEvents } from "./tell-events.ts";

const viewOf = (beats: readonly Beat[], documents: Record<string, string> = {}) => {
  const { events, state } = tellEvents(beats);
  return renderView({ issue: 12, state, events, documents, policy: basePolicy });
};
const keys = (beats: readonly Beat[]): string[] =>
  viewOf(beats).comments.map((comment) => comment.key.replace(/-[0-9a-f]{12}$/, ""));

describe("the status comment", () => {
  test("says the state first, then what can be copied", () => {
    const { status } = viewOf(validated());
    expect(status).toMatch(/^\*\*Archwright\*\* · issue 12 · \*waiting for approval\*/);
    expect(status).toContain(`/approve ${plan.hash.slice(0, 7)}`);
    expect(status).toContain("/refine <what should change>");
  });

  test("shows each phase with its mark, time and cost", () => {
    const rows = viewOf(reviewed(95))
      .status.split("\n")
      .filter((line) => line.startsWith("| ") && !line.startsWith("| |"));
    expect(
      rows.map((row) =>
        row
          .split("|")
          .slice(1, 3)
          .map((cell) => cell.trim())
          .join(" "),
      ),
    ).toEqual(["✓ design", "✓ validate", "✓ approve", "✓ build", "✓ review"]);
    expect(rows[0]).toMatch(/\| 1 m 00 s \| \$0\.0010 \|/);
  });

  test("a score below the threshold starts a fix round and keeps both scores", () => {
    const { status } = viewOf([...reviewed(70), built(), scored(93)]);
    expect(status).toContain("70 → 93 of 100");
    expect(status).toContain("fix round 1");
  });

  test("money that has no known price is said, and is never zero", () => {
    const unpriced: Beat = (state, count) => {
      const trigger = end("design", outcomes.planned(plan))(state, count);
      return {
        ...trigger,
        spent: [
          {
            role: "architect",
            model: "ollama:x",
            micros: null,
            input: 900,
            cacheRead: 0,
            cacheWrite: 0,
            output: 100,
            reasoning: 0,
            requests: 1,
          },
        ],
      } as never;
    };
    const { status } = viewOf([...planned().slice(0, 1), unpriced]);
    expect(status).toContain("1,000 tokens of unknown price");
    expect(status).toMatch(/design .* unknown \|/);
  });

  test("where the ledger is, always", () => {
    expect(viewOf(planned()).status).toContain("`refs/archwright/issues/12`");
  });
});

describe("the comments", () => {
  test("one new comment for each decision, in the order of what happened", () => {
    expect(keys([...reviewed(70), built(), scored(93)])).toEqual([
      "plan-main-1",
      expect.stringMatching(/^validation-/),
      "approved-approval",
      "review",
      "review",
      expect.stringMatching(/^accepted-BUILD_01/),
    ]);
  });

  test("a spec that fails again at the same head, with no round left, is told of again", () => {
    const policy = { ...basePolicy, review: { ...basePolicy.review, maxRounds: 0 } };
    const again = [...reviewed(63), say(mary, "/review"), scored(64)];
    const { events, state } = tellEvents(again, policy);
    const { comments } = renderView({ issue: 12, state, events, documents: {}, policy });
    const ends = comments.filter(({ key }) => key.startsWith("exhausted-BUILD_01"));
    expect(ends.map(({ markdown }) => /stands at (\d+)/.exec(markdown)?.[1])).toEqual(["63", "64"]);
    expect(new Set(ends.map(({ key }) => key)).size).toBe(2);
  });

  test("a plan that was replaced says so, its specs too, and none of them can be edited", () => {
    const replaced: Beat[] = [...validated(), say(wendy, "/refine smaller")];
    const { events, state } = tellEvents([
      ...replaced,
      end("design", outcomes.planned({ ...plan, hash: "e".repeat(64) })),
    ]);
    const view = renderView({ issue: 1, state, events, documents: {}, policy: basePolicy });
    const replacedKeys = ["plan-main-1", "spec-main-1-BUILD_01"];
    const gone = view.comments.filter(({ superseded }) => superseded);
    expect(gone.map(({ key }) => key)).toEqual(replacedKeys);
    expect(gone.every(({ markdown }) => markdown.includes("Superseded"))).toBe(true);
    expect(gone.every(({ document }) => document === null)).toBe(true);
  });

  test("a failure says what happened, where the work is, and the remedy", () => {
    const failed = end("build", {
      kind: "failed",
      reason: "checkpoint-failed",
      failure: {
        reason: "checkpoint-failed",
        step: "S-3",
        checkpoint: "unit",
        detail: "2 tests failed",
      },
      step: "S-3",
      work: { ref: "refs/archwright/work/12/BUILD_01-1", head: "a".repeat(40) },
    });
    const comment = viewOf([...approved(), failed]).comments.at(-1);
    expect(comment?.markdown).toContain("The build of BUILD_01 ended at step S-3");
    expect(comment?.markdown).toContain("refs/archwright/work/12/BUILD_01-1");
    expect(comment?.markdown).toContain("`/retry`");
  });

  test("a report that no longer parses is shown as it stands, not dropped", () => {
    const { events, state } = tellEvents(reviewed(95));
    const report = state.specs.BUILD_01?.reviews[0]?.report ?? "";
    const view = renderView({
      issue: 1,
      state,
      events,
      documents: { [report]: "torn {" },
      policy: basePolicy,
    });
    expect(view.comments.some((comment) => comment.markdown === "torn {")).toBe(true);
  });
});

describe("for any history", () => {
  const histories = fc.tuple(setupArbitrary, fc.array(moveArbitrary, { maxLength: 60 }));

  test("the view is a function of the ledger, its keys are unique, and every next step has words", () => {
    fc.assert(
      fc.property(histories, ([setup, moves]) => {
        const { events, final: state } = simulate(setup, moves, decide);
        const facts = { issue: 7, state, events, documents: {}, policy: setup.policy };
        const view = renderView(facts);
        expect(renderView(facts)).toEqual(view);
        const all = view.comments.map((comment) => comment.key);
        expect(new Set(all).size).toBe(all.length);
        expect(describeNext(nextStep(state, setup.policy), setup.policy).headline).not.toBe("");
        // The simulation's failures carry no data; their words are tested with the failures.
        const said = view.comments.filter((comment) => !comment.key.startsWith("failure-"));
        expect(`${view.status}${said.map((c) => c.markdown).join("")}`).not.toMatch(
          /undefined|NaN|\[object/,
        );
      }),
      { numRuns: 500 },
    );
  });

  test("the timeline has one entry a lease, and ends each that is not live", () => {
    fc.assert(
      fc.property(histories, ([setup, moves]) => {
        const { events, final: state } = simulate(setup, moves, decide);
        const timeline = buildTimeline(events);
        const open = timeline.filter((entry) => entry.endedAt === null).map((entry) => entry.nonce);
        expect(open.toSorted()).toEqual(state.leases.map((lease) => lease.nonce).toSorted());
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  [0, "0 s"],
  [8.4, "8 s"],
  [59.6, "1 m 00 s"],
  [125, "2 m 05 s"],
  [3_600, "1 h 00 m"],
  [-1, "0 s"],
])("%s seconds are %s", (seconds, words) => expect(formatDuration(seconds)).toBe(words));
