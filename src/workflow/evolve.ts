import type { Event, EventOf, EventType } from "./event.ts";
import * as person from "./evolve-person.ts";
import * as plan from "./evolve-plan.ts";
import { updateSpec } from "./evolve-spec.ts";
import { forgetWork, want } from "./evolve-wanted.ts";
import * as work from "./evolve-work.ts";
import type { State } from "./state.ts";
import { planWork } from "./work-key.ts";

export { initialState } from "./initial-state.ts";

type Evolutions = { [T in EventType]: (state: State, event: EventOf<T>) => State };

const same = (state: State): State => state;
const reopen = (state: State): State =>
  state.status === "completed" ? { ...state, status: "open" } : state;

function opened(state: State, event: EventOf<"FeatureOpened">): State {
  // The first one binds the ledger; another cannot move it.
  const status = state.status === "absent" && !event.only ? "open" : state.status;
  if (state.feature) return { ...state, status };
  const { repository, issue, requester, at } = event;
  return { ...state, feature: { repository, issue, requester, openedAt: at }, status };
}

const designRequested = (state: State, event: EventOf<"DesignRequested">): State =>
  want(
    {
      ...reopen(plan.forgetQuestions(state, event.exploration)),
      assume: event.assume,
    },
    { phase: "design", spec: null, exploration: event.exploration },
  );

const refinementRequested = (state: State, event: EventOf<"RefinementRequested">): State =>
  want(
    { ...reopen(state), guidance: [...state.guidance, event.text] },
    { phase: "design", spec: null, exploration: event.exploration },
  );

const accepted = (state: State, event: EventOf<"SpecAccepted">): State =>
  updateSpec(forgetSpec(state, event.spec), event.spec, ({ result }) => ({
    result: result === "merged" ? result : "accepted",
    acceptedHead: event.head,
  }));

const exhausted = (state: State, event: EventOf<"SpecExhausted">): State =>
  updateSpec(forgetSpec(state, event.spec), event.spec, ({ result }) => ({
    result: result === "merged" ? result : "exhausted",
    fixing: false,
    acceptedHead: null,
  }));

const forgetSpec = (state: State, spec: string): State =>
  forgetWork(state, (key) => key.spec === spec);

const evolutions: Evolutions = {
  FeatureOpened: opened,
  DesignRequested: designRequested,
  RefinementRequested: refinementRequested,
  ValidationRequested: (state) => want(state, planWork(state, "validate", null)),
  PhaseStarted: work.evolveStarted,
  LeaseClaimed: work.evolveClaimed,
  PhaseSettled: work.evolveSettled,
  PhaseFailed: work.evolveFailed,
  LeaseExpired: work.evolveExpired,
  LateResultKept: work.evolveLate,
  QuestionsAsked: plan.evolveQuestionsAsked,
  QuestionsAnswered: plan.evolveAnswered,
  PlanPosted: plan.evolvePlanPosted,
  ExplorationSelected: plan.evolveSelected,
  PlanValidated: plan.evolveValidated,
  PlanApproved: person.evolveApproved,
  ApprovalVoided: person.evolveVoided,
  CheckpointRecorded: same,
  BuildCompleted: work.evolveBuilt,
  ReviewScored: work.evolveScored,
  ReviewRequested: (state, event) => want(state, planWork(state, "review", event.spec)),
  PersonReviewed: person.evolvePersonReviewed,
  FindingDismissed: person.evolveDismissed,
  FixRequested: work.evolveFixRequested,
  SpecAccepted: accepted,
  SpecExhausted: exhausted,
  PersonPushed: person.evolvePersonPushed,
  FeaturePaused: person.evolvePaused,
  FeatureResumed: person.evolveResumed,
  RetryRequested: work.evolveRetry,
  FeatureCancelled: person.evolveCancelled,
  FeatureReopened: (state) => ({ ...state, status: "open", paused: null }),
  QuestionPut: same,
  AnswerGiven: work.evolveAnswer,
  PullRequestClosed: person.evolvePullRequestClosed,
  FeatureCompleted: (state) => ({ ...state, status: "completed", paused: null }),
};

/** What an event does to the state, apart from its source. Total: no event in any state throws. */
export const applyEvent = (state: State, event: Event): State =>
  (evolutions[event.type] as (state: State, event: Event) => State)(state, event);

/** The state after an event that has happened. Pure; never refuses, because what happened has happened. */
export function evolve(state: State, event: Event): State {
  const next = applyEvent(state, event);
  if (next.sources.has(event.source)) return next;
  return { ...next, sources: new Set([...next.sources, event.source]) };
}
