import type { EventOf } from "./event.ts";
import { replan } from "./evolve-spec.ts";
import { clearFailures, forgetWork, isPlanWork, want } from "./evolve-wanted.ts";
import { findOwn } from "./find-own.ts";
import type { WorkKey } from "./phase.ts";
import type { Exploration, State } from "./state.ts";
import { planWork } from "./work-key.ts";

const blankExploration = (id: string): Exploration => ({
  id,
  attempts: 0,
  revision: 0,
  plan: null,
  estimate: null,
  questions: [],
});

export function updateExploration(
  state: State,
  id: string,
  change: (exploration: Exploration) => Partial<Exploration>,
): State {
  const before = findOwn(state.explorations, id) ?? blankExploration(id);
  return {
    ...state,
    explorations: { ...state.explorations, [id]: { ...before, ...change(before) } },
  };
}

/** The plan of the feature becomes another one: approvals of the old one are void, its work is pointless. */
function adoptPlan(state: State, exploration: string): State {
  const plan = findOwn(state.explorations, exploration)?.plan ?? null;
  if (!plan) return { ...state, selected: exploration, plan: null, approvals: [] };
  const specs = replan(state, plan);
  const before = forgetWork(state, (key) => isPlanWork(key, state.selected));
  const next: State = {
    ...before,
    status: before.status === "completed" ? "open" : before.status,
    selected: exploration,
    plan,
    specs,
    approvals: [],
    validation: state.validation?.planHash === plan.hash ? state.validation : null,
  };
  return next.validation ? next : want(next, planWork(next, "validate", null));
}

export function evolvePlanPosted(state: State, event: EventOf<"PlanPosted">): State {
  const { exploration, plan, estimate } = event;
  const isDesign = (key: WorkKey): boolean =>
    key.phase === "design" && key.exploration === exploration;
  const posted = updateExploration(forgetWork(state, isDesign), exploration, (before) => ({
    plan,
    revision: plan.revision,
    // A person or the validator corrects a plan without a new estimate.
    estimate: estimate ?? before.estimate,
    questions: [],
  }));
  const asked = askLatest(posted);
  return exploration === state.selected ? adoptPlan(asked, exploration) : asked;
}

export const evolveSelected = (state: State, event: EventOf<"ExplorationSelected">): State =>
  adoptPlan(state, event.exploration);

export function evolveQuestionsAsked(state: State, event: EventOf<"QuestionsAsked">): State {
  const { exploration, questions } = event;
  const key = { phase: "design", spec: null, exploration } as const;
  const asked = updateExploration(clearFailures(state, key), exploration, () => ({ questions }));
  return { ...asked, questions, asking: questions.length > 0 ? exploration : null };
}

/** Shows the questions of an exploration that still waits, when the one that asked last has its answers. */
export function askLatest(state: State): State {
  const current = state.asking === null ? undefined : findOwn(state.explorations, state.asking);
  if (current && current.questions.length > 0) return state;
  const waiting = Object.values(state.explorations).findLast((e) => e.questions.length > 0);
  return { ...state, questions: waiting?.questions ?? [], asking: waiting?.id ?? null };
}

/** A design that begins anew asks again, if it must. */
export const forgetQuestions = (state: State, exploration: string): State =>
  findOwn(state.explorations, exploration)?.questions.length
    ? askLatest(updateExploration(state, exploration, () => ({ questions: [] })))
    : state;

export function evolveAnswered(state: State, event: EventOf<"QuestionsAnswered">): State {
  const { exploration, answers, text } = event;
  const answered = updateExploration(state, exploration, () => ({ questions: [] }));
  const next = askLatest({
    ...answered,
    answers: [...state.answers, ...answers],
    guidance: text ? [...state.guidance, text] : state.guidance,
  });
  return want(next, { phase: "design", spec: null, exploration });
}

export function evolveValidated(state: State, event: EventOf<"PlanValidated">): State {
  const { planHash, verdict, report, checked, unproven, refuted } = event;
  if (state.plan?.hash !== planHash) return state;
  const work = planWork(state, "validate", null);
  const settled = forgetWork(
    state,
    (key) => key.phase === "validate" && isPlanWork(key, work.exploration),
  );
  return { ...settled, validation: { planHash, verdict, report, checked, unproven, refuted } };
}
