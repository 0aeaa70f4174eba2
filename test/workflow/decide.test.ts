import { describe, expect, test } from "@jest/globals";
import { evolve } from "../../src/workflow/evolve.ts";
import type { PhaseOutcome } from "../../src/workflow/phase.ts";
import type { Policy } from "../../src/workflow/policy.ts";
import {
  allStand,
  approved,
  ask,
  type Beat,
  built,
  chain,
  end,
  HEAD,
  label,
  mary,
  pair,
  plan,
  planned,
  ready,
  reviewed,
  rita,
  say,
  scored,
  summarise,
  tell,
  tom,
  validated,
  walt,
  wendy,
} from "./story.ts";
import { basePolicy, bot, outcomes, person, planOf } from "./world.ts";

type Row = [what: string, story: Beat[], beat: Beat, decision: string, policy?: Policy];

const withPolicy = (change: Partial<Policy>): Policy => ({ ...basePolicy, ...change });
const withApproval = (change: Partial<Policy["approval"]>): Policy =>
  withPolicy({ approval: { ...basePolicy.approval, ...change } });
const noStanding =
  (beat: Beat): Beat =>
  (state, count) => ({ ...beat(state, count), standing: [] });
const decayed =
  (beat: Beat, change: { role?: "read"; intact?: false; deleted?: true; unproven?: true }): Beat =>
  (state, count) => ({
    ...beat(state, count),
    standing: allStand(state).map((proof) => ({ ...proof, ...change })),
  });
const manual = withPolicy({
  automatic: { design: false, validate: false, build: false, review: false, ask: false },
});
const next = planOf("two");
const edit: Beat = () => ({
  kind: "document-edited",
  actor: wendy,
  document: "BUILD_01.md",
  plan: next,
});
const push: Beat = () => ({
  kind: "person-push",
  actor: walt,
  spec: "BUILD_01",
  branch: "archwright/12",
  head: "7".repeat(40),
});
const closed = (merged: boolean, spec = "BUILD_01"): Beat => {
  return () => ({ kind: "pull-request-closed", actor: wendy, spec, merged });
};
const verdict = (
  state: "approved" | "changes-requested" | "commented",
  actor = wendy,
  spec = "BUILD_01",
): Beat => {
  const findings = [{ path: "a.ts", line: 1, text: "no" }];
  return () => ({ kind: "person-review", actor, spec, state, head: HEAD, findings });
};
const time = (minutes: number): Beat => {
  return () => ({
    kind: "clock",
    dead: [],
    at: new Date(1_800_000_000_000 + minutes * 60_000).toISOString(),
  });
};
const dead: Beat = (state) => ({ kind: "clock", dead: state.leases.map(({ nonce }) => nonce) });

const tables: Record<string, Row[]> = {
  "opening and design": [
    [
      "the label by triage opens and designs",
      [],
      label(),
      "FeatureOpened, DesignRequested, start design",
    ],
    ["another label is not ours", [], label(tom, "bug"), "refused: other-label"],
    ["a reader's label starts nothing", [], label(rita), "refused: role-too-low"],
    [
      "a bot that is heard may set it, as far as its role allows",
      [],
      label(bot("b", "triage")),
      "FeatureOpened, DesignRequested, start design",
    ],
    ["a bot without a role starts nothing", [], label(bot("b", "read")), "refused: role-too-low"],
    ["the label starts only once", planned(), label(), "refused: already-open"],
    ["with manual design the label only opens", [], label(), "FeatureOpened", manual],
    ["/design opens too", [], say(tom, "/design"), "FeatureOpened, DesignRequested, start design"],
    ["/design by a reader is refused", [], say(rita, "/design"), "refused: role-too-low"],
    [
      "one design of an exploration at a time",
      [label()],
      say(tom, "/design"),
      "refused: already-running",
    ],
    [
      "another exploration runs beside it",
      [label()],
      say(tom, "/design --as variant"),
      "DesignRequested, start design",
    ],
    ["a name that is no name", [], say(tom, "/design --as ../x"), "refused: bad-arguments"],
    [
      "questions wait for a person",
      [label()],
      end("design", outcomes.questions()),
      "PhaseSettled, QuestionsAsked",
    ],
    [
      "the requester may always answer",
      [label(), end("design", outcomes.questions())],
      say(rita, '/answer 1 b 2 "500 tenants"'),
      "QuestionsAnswered, start design",
    ],
    [
      "another reader may not",
      [label(), end("design", outcomes.questions())],
      say(person("ron", "read"), "/answer 1 b"),
      "refused: role-too-low",
    ],
    [
      "a question that was not asked",
      [label(), end("design", outcomes.questions())],
      say(tom, "/answer 7 b"),
      "refused: unknown-question",
    ],
    ["nothing was asked", planned(), say(tom, "/answer 1 b"), "refused: no-questions"],
    [
      "a plan is checked by itself",
      [label()],
      end("design", outcomes.planned(plan)),
      "PhaseSettled, PlanPosted, start validate",
    ],
    [
      "or waits for /validate",
      [label(), say(tom, "/design")],
      end("design", outcomes.planned(plan)),
      "PhaseSettled, PlanPosted",
      manual,
    ],
    [
      "/refine designs again",
      validated(),
      say(tom, "/refine smaller"),
      "RefinementRequested, start design",
    ],
    ["/refine needs a plan", [label()], say(tom, "/refine smaller"), "refused: no-plan"],
    [
      "/select needs a plan of that name",
      validated(),
      say(wendy, "/select other"),
      "refused: unknown-exploration",
    ],
    [
      "/select of the selected",
      validated(),
      say(wendy, "/select main"),
      "refused: already-selected",
    ],
    [
      "/select takes another plan and voids approvals",
      [
        ...validated(),
        say(tom, "/design --as variant"),
        end("design", outcomes.planned(next)),
        say(wendy, "/approve HASH"),
      ],
      say(wendy, "/select variant"),
      "ApprovalVoided(new-revision), LeaseExpired(cancelled), ExplorationSelected, start validate",
    ],
  ],
  "validation and approval": [
    ["ready", planned(), ready, "PhaseSettled, PlanValidated"],
    [
      "a refined plan is posted and the verdict speaks of it",
      planned(),
      end("validate", outcomes.validated(plan.hash, "ready", next)),
      "PhaseSettled, PlanPosted, PlanValidated",
    ],
    [
      "approval starts the build",
      validated(),
      say(wendy, "/approve HASH"),
      "PlanApproved, start build BUILD_01",
    ],
    [
      "independent specs are built at once",
      validated(pair),
      say(wendy, "/approve HASH"),
      "PlanApproved, start build BUILD_01, start build BUILD_02",
    ],
    [
      "dependent ones one after the other",
      validated(chain),
      say(wendy, "/approve HASH"),
      "PlanApproved, start build BUILD_01",
    ],
    ["a bare /approve", validated(), say(wendy, "/approve"), "refused: hash-missing"],
    ["another hash", validated(), say(wendy, "/approve 1234567"), "refused: hash-mismatch"],
    [
      "fifteen digits are too few",
      validated(),
      say(wendy, `/approve ${plan.hash.slice(0, 15)}`),
      "refused: hash-mismatch",
    ],
    [
      "the whole hash, in capitals",
      validated(),
      say(wendy, `/approve ${plan.hash.toUpperCase()}`),
      "PlanApproved, start build BUILD_01",
    ],
    [
      "an edited comment",
      validated(),
      say(wendy, "/approve HASH", { edited: true }),
      "refused: comment-edited",
    ],
    ["triage may not approve", validated(), say(tom, "/approve HASH"), "refused: role-too-low"],
    [
      "a bot may not",
      validated(),
      say(bot("b", "admin"), "/approve HASH"),
      "refused: not-a-person",
    ],
    [
      "nor the requester, where the policy says so",
      validated(),
      say(person("rita", "write"), "/approve HASH"),
      "refused: requester-may-not-approve",
      withApproval({ requesterMayApprove: false }),
    ],
    ["nor before the validation", planned(), say(wendy, "/approve HASH"), "refused: not-validated"],
    [
      "a wrong direction blocks",
      [...planned(), end("validate", outcomes.validated(plan.hash, "wrong-direction"))],
      say(wendy, "/approve HASH"),
      "refused: validation-blocks",
    ],
    [
      "and so does the need to refine",
      [...planned(), end("validate", outcomes.validated(plan.hash, "needs-refinement"))],
      say(mary, "/approve HASH"),
      "refused: validation-blocks",
    ],
    [
      "and so does a check that could not be done",
      [...planned(), end("validate", outcomes.validated(plan.hash, "incomplete"))],
      say(wendy, "/approve HASH"),
      "refused: validation-blocks",
    ],
    [
      "which can be validated again",
      [...planned(), end("validate", outcomes.validated(plan.hash, "incomplete"))],
      say(wendy, "/validate"),
      "ValidationRequested, start validate",
    ],
    [
      "unless a maintainer overrules it",
      [...planned(), end("validate", outcomes.validated(plan.hash, "wrong-direction"))],
      say(mary, "/approve HASH --unvalidated"),
      "PlanApproved, start build BUILD_01",
    ],
    [
      "which write may not",
      planned(),
      say(wendy, "/approve HASH --unvalidated"),
      "refused: unvalidated-needs-maintainer",
    ],
    [
      "where no verdict is needed, none is waited for",
      planned(),
      say(wendy, "/approve HASH"),
      "PlanApproved, start build BUILD_01",
      withApproval({ requireValidation: false }),
    ],
    [
      "the first of two",
      validated(),
      say(wendy, "/approve HASH"),
      "PlanApproved",
      withApproval({ quorum: 2 }),
    ],
    [
      "the same person does not count twice",
      [...validated(), say(wendy, "/approve HASH")],
      say(wendy, "/approve HASH"),
      "refused: already-approved",
      withApproval({ quorum: 2 }),
    ],
    [
      "the second of two",
      [...validated(), say(wendy, "/approve HASH")],
      say(walt, "/approve HASH"),
      "PlanApproved, start build BUILD_01",
      withApproval({ quorum: 2 }),
    ],
    [
      "the second, when the first cannot be proved any more",
      [...validated(), say(wendy, "/approve HASH")],
      noStanding(say(walt, "/approve HASH")),
      "PlanApproved",
      withApproval({ quorum: 2 }),
    ],
    [
      "the second, when the first has lost the role",
      [...validated(), say(wendy, "/approve HASH")],
      decayed(say(walt, "/approve HASH"), { role: "read" }),
      "ApprovalVoided(role-lost), PlanApproved",
      withApproval({ quorum: 2 }),
    ],
    [
      "the second, when GitHub cannot say whether the first stands: it counts for nothing, and is kept",
      [...validated(), say(wendy, "/approve HASH")],
      decayed(say(walt, "/approve HASH"), { intact: false, unproven: true }),
      "PlanApproved",
      withApproval({ quorum: 2 }),
    ],
    [
      "rules that changed since the plan",
      validated(),
      say(wendy, "/approve HASH"),
      "refused: policy-changed",
      withPolicy({ version: "rules-2" }),
    ],
    [
      "an edit of the spec is a new revision",
      approved(),
      edit,
      "ApprovalVoided(new-revision), LeaseExpired(cancelled), PlanPosted, start validate",
    ],
    [
      "an edit that changes no meaning",
      validated(),
      () => ({ kind: "document-edited", actor: wendy, document: "design.md", plan }),
      "refused: plan-unchanged",
    ],
    [
      "an edit by somebody who may not write",
      validated(),
      () => ({ kind: "document-edited", actor: tom, document: "design.md", plan: next }),
      "refused: role-too-low",
    ],
    [
      "a person's edit wins over a design that runs",
      [...validated(), say(tom, "/refine smaller")],
      edit,
      "LeaseExpired(cancelled), PlanPosted, start validate",
    ],
    [
      "deleting the approval stops the build",
      approved(),
      () => ({ kind: "comment-deleted", actor: wendy, comment: "approval" }),
      "ApprovalVoided(comment-deleted), LeaseExpired(cancelled)",
    ],
    [
      "and so does editing it",
      approved(),
      () => ({ kind: "comment-edited", actor: wendy, comment: "approval" }),
      "ApprovalVoided(comment-edited), LeaseExpired(cancelled)",
    ],
    [
      "other comments do not matter",
      approved(),
      () => ({ kind: "comment-edited", actor: wendy, comment: "chat" }),
      "refused: nothing-to-do",
    ],
  ],
  "build and review": [
    [
      "a build is reviewed",
      approved(),
      built(),
      "PhaseSettled, CheckpointRecorded, BuildCompleted, start review BUILD_01",
    ],
    [
      "92 is accepted",
      [...approved(), built()],
      scored(92),
      "PhaseSettled, ReviewScored, SpecAccepted, FeatureCompleted",
    ],
    [
      "78 is fixed",
      [...approved(), built()],
      scored(78),
      "PhaseSettled, ReviewScored, FixRequested, start build BUILD_01",
    ],
    [
      "78 waits for its fix where builds do not follow by themselves",
      [...approved(), say(wendy, "/build BUILD_01"), built()],
      scored(78),
      "PhaseSettled, ReviewScored, FixRequested",
      withPolicy({ automatic: { ...basePolicy.automatic, build: false } }),
    ],
    [
      "a runner that calls 78 accepted is not believed",
      [...approved(), built()],
      end("review", { ...outcomes.scored(HEAD, 78), accepted: true } as PhaseOutcome),
      "PhaseSettled, ReviewScored, FixRequested, start build BUILD_01",
    ],
    [
      "a fix needs a live approval too",
      [...approved(), built()],
      decayed(scored(78), { role: "read" }),
      "PhaseSettled, ReviewScored, ApprovalVoided(role-lost), FixRequested",
    ],
    [
      "after two rounds it is exhausted",
      [...reviewed(70), built(), scored(80), built()],
      scored(86),
      "PhaseSettled, ReviewScored, SpecExhausted",
    ],
    [
      "what depends on an accepted spec is built",
      [...approved(chain), built()],
      scored(95),
      "PhaseSettled, ReviewScored, SpecAccepted, start build BUILD_02",
    ],
    [
      "but not on an approval that cannot be proved",
      [...approved(chain), built()],
      noStanding(scored(95)),
      "PhaseSettled, ReviewScored, SpecAccepted",
    ],
    ["/build before approval", validated(), say(wendy, "/build"), "refused: not-approved"],
    [
      "/build by hand",
      [
        label(),
        say(tom, "/design"),
        end("design", outcomes.planned(plan)),
        say(tom, "/validate"),
        ready,
        say(wendy, "/approve HASH"),
      ],
      say(wendy, "/build"),
      "start build BUILD_01",
      manual,
    ],
    [
      "/build of what waits",
      approved(chain),
      say(wendy, "/build build_02"),
      "refused: dependency-open",
    ],
    ["/build of what runs", approved(), say(wendy, "/build"), "refused: already-running"],
    [
      "/build of what is not there",
      approved(),
      say(wendy, "/build constructor"),
      "refused: unknown-spec",
    ],
    [
      "/build of what is built",
      [...approved(chain), built()],
      say(wendy, "/build BUILD_01"),
      "refused: already-built",
    ],
    [
      "/review of what is not built",
      approved(chain),
      say(wendy, "/review BUILD_02"),
      "refused: not-built",
    ],
    [
      "/review scores an exhausted one again",
      [...reviewed(70), built(), scored(80), built(), scored(86)],
      say(wendy, "/review"),
      "ReviewRequested, start review BUILD_01",
    ],
    [
      "/dismiss is recorded with its reason",
      reviewed(78),
      say(wendy, '/dismiss AC-4 "covered elsewhere"'),
      "FindingDismissed",
    ],
    [
      "a result of the wrong kind",
      approved(),
      end("build", outcomes.scored(HEAD, 99)),
      "refused: outcome-mismatch",
    ],
    [
      "a person's requested changes are a fix round",
      reviewed(95),
      verdict("changes-requested"),
      "PersonReviewed, FixRequested, start build BUILD_01",
    ],
    [
      "and are made also where builds do not follow by themselves: somebody asked for this one",
      [...approved(), say(wendy, "/build BUILD_01"), built(), scored(95)],
      verdict("changes-requested"),
      "PersonReviewed, FixRequested, start build BUILD_01",
      withPolicy({ automatic: { ...basePolicy.automatic, build: false } }),
    ],
    [
      "within the same limit",
      [...reviewed(70), built(), scored(80), built(), scored(95)],
      verdict("changes-requested"),
      "PersonReviewed, SpecExhausted",
    ],
    [
      "while a fix runs they wait for it",
      reviewed(70),
      verdict("changes-requested"),
      "PersonReviewed",
    ],
    [
      "and then no score answers them",
      [...reviewed(70), verdict("changes-requested"), built()],
      scored(95),
      "PhaseSettled, ReviewScored, FixRequested, start build BUILD_01",
    ],
    ["a person's approval is recorded", reviewed(95), verdict("approved"), "PersonReviewed"],
    [
      "a stranger's wishes start nothing",
      reviewed(95),
      verdict("changes-requested", rita),
      "refused: role-too-low",
    ],
  ],
  "failures and money": [
    [
      "what passes by itself is tried again",
      [label()],
      end("design", outcomes.failed("model-unavailable")),
      "PhaseSettled, PhaseFailed, start design",
    ],
    [
      "as often as the policy says",
      [label(), end("design", outcomes.failed("model-timeout"))],
      end("design", outcomes.failed("model-timeout")),
      "PhaseSettled, PhaseFailed",
    ],
    [
      "an interruption waits for /retry",
      [label()],
      end("design", outcomes.failed("interrupted")),
      "PhaseSettled, PhaseFailed",
    ],
    [
      "/retry",
      [label(), end("design", outcomes.failed("interrupted"))],
      say(wendy, "/retry design"),
      "RetryRequested, start design",
    ],
    ["/retry of what did not fail", approved(), say(wendy, "/retry"), "refused: nothing-to-retry"],
    [
      "over budget pauses",
      approved(),
      end("build", outcomes.failed("over-budget")),
      "PhaseSettled, PhaseFailed, FeaturePaused(over-budget)",
    ],
    [
      "/continue starts it again",
      [...approved(), end("build", outcomes.failed("over-budget"))],
      say(wendy, "/continue"),
      "FeatureResumed, start build BUILD_01",
    ],
    [
      "a cap that leaves too little refuses the start",
      [],
      label(),
      "refused: over-budget",
      withPolicy({ cap: { micros: 19_999, tokens: 1_000_000 } }),
    ],
    [
      "one that leaves a tenth cuts the allowance",
      [],
      label(),
      "FeatureOpened, DesignRequested, start design",
      withPolicy({ cap: { micros: 20_000, tokens: 1_000_000 } }),
    ],
    [
      "what follows by itself pauses when it does not fit",
      [label()],
      end("design", outcomes.planned(plan)),
      "PhaseSettled, PlanPosted, FeaturePaused(over-budget)",
      withPolicy({
        cap: { micros: 5_000, tokens: 1_000_000 },
        allowance: { ...basePolicy.allowance, design: { micros: 5_000, tokens: 1 } },
      }),
    ],
    ["a dead run is started again", [label()], dead, "LeaseExpired(run-gone), start design"],
    ["time is the backstop", [label()], time(61), "LeaseExpired(timed-out)"],
    ["and not before it", [label()], time(59), "refused: nothing-to-do"],
  ],
  "stops and ends": [
    [
      "a person's push stops the machine",
      reviewed(78),
      push,
      "LeaseExpired(cancelled), PersonPushed, FeaturePaused(person-push)",
    ],
    [
      "a push to what is merged does not matter",
      [...reviewed(95), closed(true)],
      push,
      "refused: nothing-to-do",
    ],
    [
      "after which nothing starts",
      [...reviewed(95), push],
      say(wendy, "/review"),
      "refused: paused",
    ],
    [
      "/continue reviews the new head",
      [...reviewed(95), push],
      say(wendy, "/continue"),
      "FeatureResumed, start review BUILD_01",
    ],
    ["/continue of what is not paused", approved(), say(wendy, "/continue"), "refused: not-paused"],
    ["merged", reviewed(95), closed(true), "PullRequestClosed"],
    [
      "merged early, the last one",
      [...approved(), built()],
      closed(true),
      "LeaseExpired(cancelled), PullRequestClosed, FeatureCompleted",
    ],
    [
      "merged early, with one that waits for it",
      [...approved(chain), built()],
      closed(true),
      "LeaseExpired(cancelled), PullRequestClosed, start build BUILD_02",
    ],
    [
      "closed without a merge",
      reviewed(95),
      closed(false),
      "PullRequestClosed, FeaturePaused(pull-request-closed)",
    ],
    [
      "and opened again by /continue",
      [...reviewed(95), closed(false)],
      say(wendy, "/continue"),
      "FeatureResumed, FeatureCompleted",
    ],
    [
      "/cancel ends everything",
      approved(pair),
      say(wendy, "/cancel"),
      "LeaseExpired(cancelled), LeaseExpired(cancelled), FeatureCancelled",
    ],
    ["triage may not cancel", approved(), say(tom, "/cancel"), "refused: role-too-low"],
    [
      "cancelled is cancelled",
      [...approved(), say(wendy, "/cancel")],
      say(mary, "/approve HASH"),
      "refused: cancelled",
    ],
    ["even for the label", [...approved(), say(wendy, "/cancel")], label(), "refused: cancelled"],
    ["and for time", [...approved(), say(wendy, "/cancel")], time(999), "refused: nothing-to-do"],
    [
      "triage cannot reopen it",
      [...approved(), say(wendy, "/cancel")],
      say(tom, "/design"),
      "refused: role-too-low",
    ],
    [
      "write can",
      [...approved(), say(wendy, "/cancel")],
      say(wendy, "/design"),
      "FeatureReopened, DesignRequested, start design",
    ],
    ["nothing is known of the issue", [], say(wendy, "/approve 1234567"), "refused: no-feature"],
    ["anybody may ask for help", [], say(person("x", "none"), "/help"), ""],
  ],
};

for (const [title, rows] of Object.entries(tables)) {
  describe(title, () => {
    test.each(rows)("%s", (_, story, beat, decision, policy = basePolicy) => {
      expect(summarise(ask(tell(story, policy), beat, policy))).toBe(decision);
    });
  });
}

describe("what the table cannot show", () => {
  test("the same trigger twice is seen", () => {
    const state = tell([label()]);
    const again = ask(state, label(), basePolicy, 0);
    expect(again).toEqual({ ok: false, refusal: { reason: "already-seen", source: "source-0" } });
  });

  test("a refused approval carries the line to copy", () => {
    const decision = ask(tell(validated()), say(wendy, "/approve"));
    const line = `/approve ${plan.hash.slice(0, 16)}`;
    expect(decision).toEqual({ ok: false, refusal: { reason: "hash-missing", line } });
  });

  test("a prefix that two explorations share is refused with the whole hash", () => {
    const twin = { ...planOf("twin"), hash: `${plan.hash.slice(0, 16)}${"0".repeat(48)}` };
    const state = tell([
      ...validated(),
      say(tom, "/design --as variant"),
      end("design", outcomes.planned(twin)),
    ]);
    expect(ask(state, say(wendy, "/approve HASH"))).toMatchObject({
      refusal: { reason: "hash-ambiguous", line: `/approve ${plan.hash}` },
    });
    expect(summarise(ask(state, say(wendy, `/approve ${plan.hash}`)))).toContain("start build");
  });

  test("a late result is kept, its money takes the place of what was presumed, once", () => {
    const before = tell(approved());
    const lease = before.leases[0];
    if (!lease) throw new Error("nothing runs");
    const cancelled = tell([...approved(), say(wendy, "/cancel")]);
    expect(cancelled.money.spent.micros - before.money.spent.micros).toBe(lease.reserved.micros);
    const late: Beat = () => ({
      kind: "run-finished",
      nonce: lease.nonce,
      lease,
      outcome: outcomes.built(HEAD),
      spent: [],
    });
    const decision = ask(cancelled, late);
    expect(summarise(decision)).toBe("LateResultKept");
    const after = (decision.ok ? decision.events : []).reduce(evolve, cancelled);
    expect(after.money.spent).toEqual(before.money.spent);
    const again = ask(after, late, basePolicy, 2_000);
    const twice = (again.ok ? again.events : []).reduce(evolve, after);
    expect(twice.money).toEqual(after.money);
    expect(twice.specs).toEqual(cancelled.specs);
  });

  test("a nonce follows from source, work and attempt alone", () => {
    const nonce = () => tell([label()]).leases[0]?.nonce;
    expect(nonce()).toMatch(/^[0-9a-f]{64}$/);
    expect(nonce()).toBe(nonce());
  });

  test("a spec whose text a revision leaves alone keeps what it reached", () => {
    const hashed = (of: typeof chain, second: string) => ({
      ...of,
      specs: of.specs.map((spec, index) => ({ ...spec, hash: index === 0 ? "same" : second })),
    });
    const state = tell([...approved(hashed(chain, "a")), built(), scored(95)]);
    const edited: Beat = () => ({
      kind: "document-edited",
      actor: wendy,
      document: "BUILD_02.md",
      plan: hashed({ ...chain, hash: next.hash }, "b"),
    });
    const decision = ask(state, edited);
    const after = (decision.ok ? decision.events : []).reduce(evolve, state);
    expect(after.specs.BUILD_01?.result).toBe("accepted");
    expect(after.specs.BUILD_02).toMatchObject({ result: "open", build: null });
    expect(after.specs.BUILD_02?.attempts.build).toBe(1);
  });

  test("a fix round carries its number, and attempts go on counting", () => {
    const lease = tell(reviewed(70)).leases[0];
    expect(lease).toMatchObject({ phase: "build", round: 1, attempt: 2 });
  });

  const namedQuestions = ["locking", "format"].map((id) => ({
    ...{ id, text: `What ${id}?`, decides: id, options: [], default: null },
  }));

  test("answers and words reach the state", () => {
    const asked = [label(), end("design", outcomes.questions())];
    expect(tell([...asked, say(rita, '/answer 1 b 2 "500 tenants"')]).answers).toEqual([
      { question: "1", answer: "b" },
      { question: "2", answer: "500 tenants" },
    ]);
    // The thread numbers the questions from 1, whatever a model calls them.
    const named = end("design", { kind: "questions", questions: namedQuestions });
    for (const words of ["/answer 2 b 1 a", "/answer format b locking a"]) {
      expect(tell([label(), named, say(rita, words)]).answers).toEqual([
        { question: "format", answer: "b" },
        { question: "locking", answer: "a" },
      ]);
    }
    expect(tell([...asked, say(rita, "/answer don't care about 2")]).guidance).toEqual([
      "don't care about 2",
    ]);
  });
});
