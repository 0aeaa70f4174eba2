import { describe, expect, test } from "@jest/globals";
import { eventSchema } from "../../src/workflow/event.ts";
import { nextStep } from "../../src/workflow/next-step.ts";
import {
  approved,
  type Beat,
  built,
  ask as decideOn,
  end,
  label,
  mary,
  pair,
  planned,
  reviewed,
  rita,
  say,
  scored,
  summarise,
  tell,
  tom,
  wendy,
} from "./story.ts";
import { basePolicy, bot, outcomes, written } from "./world.ts";

const asking = (id = "c-1"): Beat => say(tom, "/ask where are totals made?", { id });
const answered: Beat = end("ask", outcomes.answered());
const failedBecause = (reason: string): Beat => end("ask", outcomes.failed(reason));
const leadsTo = (beats: readonly Beat[], beat: Beat, policy = basePolicy): string =>
  summarise(decideOn(tell(beats, policy), beat, policy));

describe("/ask", () => {
  test("binds an issue on which nothing was requested, and the label still starts the design", () => {
    expect(leadsTo([], asking())).toBe("FeatureOpened, QuestionPut, start ask");
    const state = tell([asking(), answered]);
    expect(state.status).toBe("absent");
    expect(nextStep(state, basePolicy).kind).toBe("request");
    expect(leadsTo([asking(), answered], label())).toBe(
      "FeatureOpened, DesignRequested, start design",
    );
    expect(leadsTo([asking()], say(tom, "/design"))).toBe(
      "FeatureOpened, DesignRequested, start design",
    );
    const opened = tell([asking(), label()]);
    expect([opened.status, nextStep(opened, basePolicy).kind]).toEqual(["open", "running"]);
    expect(leadsTo([asking(), label()], label())).toBe("refused: already-open");
  });

  test("runs beside other work and beside other questions, each once", () => {
    const state = tell([...approved(), asking("c-1"), asking("c-2")]);
    expect(state.leases.map(({ phase, exploration }) => [phase, exploration])).toEqual([
      ["build", "main"],
      ["ask", "c-1"],
      ["ask", "c-2"],
    ]);
    expect(summarise(decideOn(state, asking("c-1")))).toBe("refused: already-running");
    expect(nextStep(state, basePolicy)).toMatchObject({ leases: [{ phase: "build" }] });
  });

  test("a new revision, a selection and a push leave it running", () => {
    const revised = [...planned(), asking(), end("validate", outcomes.validated("x".repeat(64)))];
    expect(tell(revised).leases.map(({ phase }) => phase)).toEqual(["ask"]);
    const refined = [
      ...revised,
      say(tom, "/refine smaller"),
      end("design", outcomes.planned(pair)),
    ];
    expect(tell(refined).leases.map(({ phase }) => phase)).toEqual(["ask", "validate"]);
  });

  test("its money is reserved like the rest, and where it does not fit nothing pauses", () => {
    const [lease] = tell([asking()]).leases;
    expect(lease?.reserved).toEqual(basePolicy.allowance.ask);
    const poor = { ...basePolicy, cap: { micros: 1_000, tokens: 1_000_000 } };
    expect(leadsTo([], asking(), poor)).toBe("refused: over-budget");
    const over = [...approved(), asking(), failedBecause("over-budget")];
    const state = tell(over);
    expect([state.status, state.troubles, state.wanted]).toEqual(["open", {}, []]);
  });

  test("a failure that is likely to pass is tried again as often as the policy says, and no more", () => {
    expect(leadsTo([asking()], failedBecause("model-timeout"))).toBe(
      "PhaseSettled, PhaseFailed, start ask",
    );
    expect(
      leadsTo([asking(), failedBecause("model-timeout")], failedBecause("model-timeout")),
    ).toBe("PhaseSettled, PhaseFailed");
    const gone: Beat = (state) => ({ kind: "clock", dead: state.leases.map((each) => each.nonce) });
    expect(leadsTo([asking()], gone)).toBe("LeaseExpired(run-gone), start ask");
  });

  test("is refused to a reader, without words, with too many, and on what is cancelled", () => {
    expect(leadsTo([], say(rita, "/ask why?"))).toBe("refused: role-too-low");
    const open = { ...basePolicy, commandRoles: { ask: "read" as const } };
    expect(leadsTo([], say(rita, "/ask why?"), open)).toBe("FeatureOpened, QuestionPut, start ask");
    expect(leadsTo([], say(tom, `/ask ${"x".repeat(4_001)}`))).toBe("refused: bad-arguments");
    expect(leadsTo([...approved(), say(mary, "/cancel")], asking())).toBe("refused: cancelled");
  });

  test("ends with everything when the feature is cancelled, and is not wanted again", () => {
    const state = tell([...approved(), asking(), say(mary, "/cancel"), say(mary, "/design")]);
    expect(state.leases.map(({ phase }) => phase)).toEqual(["design"]);
    expect(state.wanted).toEqual([]);
  });

  test("a comment's id that no key can hold becomes one that can", () => {
    const [lease] = tell([asking("terminal:a/b c")]).leases;
    expect(lease?.exploration).toBe("terminal-a-b-c");
  });

  test("its events are in the union that the ledger reads", () => {
    const decision = decideOn(tell([asking()]), answered);
    const events = decision.ok ? decision.events : [];
    expect(events.at(-1)).toMatchObject({ type: "AnswerGiven", document: "answers/1.md" });
    expect(events.every((event) => eventSchema.safeParse(event).success)).toBe(true);
  });
});

describe("/fix", () => {
  const onPull =
    (spec: string, words = "/fix the sum is wrong"): Beat =>
    (state, count) =>
      ({ ...say(wendy, words)(state, count), spec }) as never;

  test("begins a fix round with the words as a person's finding", () => {
    const beats = reviewed(95);
    expect(leadsTo(beats, say(wendy, "/fix the sum is wrong"))).toBe(
      "PersonReviewed, FixRequested, start build BUILD_01",
    );
    const state = tell([...beats, say(wendy, "/fix BUILD_01 the sum is wrong\nsee the log")]);
    expect(state.specs.BUILD_01).toMatchObject({
      round: 1,
      fixing: true,
      personFindings: [{ path: null, line: null, text: "the sum is wrong\nsee the log" }],
    });
  });

  test("stops a review of what is to be changed", () => {
    expect(leadsTo([...approved(), built()], say(wendy, "/fix no"))).toBe(
      "PersonReviewed, LeaseExpired(cancelled), FixRequested, start build BUILD_01",
    );
  });

  test("while a fix round is built, the words wait for the next one", () => {
    const fixing = [...reviewed(70), say(wendy, "/fix more")];
    expect(leadsTo(reviewed(70), say(wendy, "/fix more"))).toBe("PersonReviewed");
    expect(leadsTo([...fixing, built()], scored(95))).toBe(
      "PhaseSettled, ReviewScored, FixRequested, start build BUILD_01",
    );
  });

  test("means the spec of the pull request, the one that is named, or the only one that is built", () => {
    const first = [...approved(pair), built("BUILD_01")];
    const both = [...first, built("BUILD_02")];
    expect(leadsTo(first, say(wendy, "/fix no"))).toContain("start build BUILD_01");
    expect(leadsTo(both, onPull("BUILD_02"))).toContain("start build BUILD_02");
    expect(leadsTo(both, say(wendy, "/fix build_01 no"))).toContain("start build BUILD_01");
    expect(leadsTo(both, say(wendy, "/fix no"))).toBe("refused: spec-missing");
    expect(leadsTo(both, say(wendy, "/fix BUILD_09 no"))).toBe("refused: unknown-spec");
  });

  test("is refused with the remedy where there is nothing to fix, or no round is left", () => {
    expect(leadsTo([], say(wendy, "/fix no"))).toBe("refused: no-feature");
    expect(leadsTo([label()], say(wendy, "/fix no"))).toBe("refused: no-plan");
    expect(leadsTo(approved(), say(wendy, "/fix no"))).toBe("refused: not-built");
    expect(leadsTo(reviewed(95), say(tom, "/fix no"))).toBe("refused: role-too-low");
    expect(leadsTo(reviewed(95), say(wendy, "/fix BUILD_01"))).toBe("refused: bad-arguments");
    const spent = [...reviewed(70), built(), scored(71), built(), scored(95)];
    expect(leadsTo(spent, say(wendy, "/fix no"))).toBe("refused: spec-finished");
    const decision = decideOn(tell(spent), say(wendy, "/fix no"));
    expect(decision).toMatchObject({ refusal: { result: "exhausted", spec: "BUILD_01" } });
    expect(leadsTo([...reviewed(70), say(mary, "/cancel")], say(wendy, "/fix no"))).toBe(
      "refused: cancelled",
    );
  });

  test("reads the words as they are, quotes and options included", () => {
    expect(written(`/fix don't use --force "here`).rest).toBe(`don't use --force "here`);
  });
});

describe("a bot that the configuration lists", () => {
  test("says commands as far as its role allows, and approves nothing", () => {
    expect(leadsTo([...reviewed(95)], say(bot("b", "write"), "/fix no"))).toContain("FixRequested");
    expect(leadsTo(planned(), say(bot("b", "read"), "/cancel"))).toBe("refused: role-too-low");
    expect(leadsTo(planned(), say(bot("b", "admin"), "/approve HASH"))).toBe(
      "refused: not-a-person",
    );
    const review: Beat = () => ({
      kind: "person-review",
      actor: bot("b", "admin"),
      spec: "BUILD_01",
      state: "approved",
      head: "d".repeat(40),
      findings: [],
    });
    expect(leadsTo(reviewed(95), review)).toBe("refused: not-a-person");
  });
});
