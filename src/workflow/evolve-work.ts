import type { EventOf } from "./event.ts";
import { presumeMoney, reserveMoney, settleMoney } from "./evolve-money.ts";
import { forgetQuestions, updateExploration } from "./evolve-plan.ts";
import { updateSpec } from "./evolve-spec.ts";
import { clearFailures, forgetWork, want } from "./evolve-wanted.ts";
import { findOwn, without } from "./find-own.ts";
import type { Lease, WorkKey } from "./phase.ts";
import type { State } from "./state.ts";
import { isSameWork, renderWorkKey } from "./work-key.ts";

function countAttempt(state: State, lease: Lease): State {
  const { phase, spec, exploration, attempt } = lease;
  if (phase === "ask") return state;
  if (phase === "design") {
    return updateExploration(forgetQuestions(state, exploration), exploration, () => ({
      attempts: attempt,
    }));
  }
  if (phase === "validate" || spec === null) return { ...state, validations: attempt };
  return updateSpec(state, spec, ({ attempts, personFindings, answering }) => ({
    attempts: { ...attempts, [phase]: attempt },
    answering: phase === "build" ? personFindings.length : answering,
  }));
}

export function evolveStarted(state: State, event: EventOf<"PhaseStarted">): State {
  const { lease } = event;
  const text = renderWorkKey(lease);
  const counted = countAttempt(state, lease);
  return {
    ...counted,
    leases: [...state.leases, lease],
    wanted: state.wanted.filter((key) => !isSameWork(key, lease)),
    troubles: without(state.troubles, (key) => key === text),
    money: reserveMoney(state.money, lease.nonce, lease.reserved),
  };
}

const releaseLease = (state: State, nonce: string): State => ({
  ...state,
  leases: state.leases.filter((lease) => lease.nonce !== nonce),
});

export const evolveClaimed = (state: State, event: EventOf<"LeaseClaimed">): State => ({
  ...state,
  leases: state.leases.map((lease) =>
    lease.nonce === event.nonce ? { ...lease, runId: event.runId } : lease,
  ),
});

export const evolveSettled = (state: State, event: EventOf<"PhaseSettled">): State => ({
  ...releaseLease(state, event.nonce),
  money: settleMoney(state.money, { ...event, phase: event.key.phase }),
});

export const evolveLate = (state: State, event: EventOf<"LateResultKept">): State => ({
  ...state,
  money: settleMoney(state.money, { ...event, phase: event.key.phase }),
});

type Trouble = State["troubles"][string];

function trouble(state: State, key: WorkKey, what: Omit<Trouble, "phase" | "failures">): State {
  const text = renderWorkKey(key);
  const failures = (findOwn(state.failures, text) ?? 0) + 1;
  // A question without an answer holds nothing up: it is asked again, not retried.
  if (key.phase === "ask") return { ...state, failures: { ...state.failures, [text]: failures } };
  return {
    ...state,
    troubles: { ...state.troubles, [text]: { ...what, phase: key.phase, failures } },
    failures: { ...state.failures, [text]: failures },
  };
}

export function evolveFailed(state: State, event: EventOf<"PhaseFailed">): State {
  const { key, reason, failure, step, work, nonce, at } = event;
  const failed = trouble(state, key, { reason, failure, step, work, nonce, at });
  // What the budget stopped goes on as soon as a person says so.
  return reason === "over-budget" && key.phase !== "ask" ? want(failed, key) : failed;
}

export function evolveExpired(state: State, event: EventOf<"LeaseExpired">): State {
  const { nonce, key, why, at } = event;
  const released = {
    ...releaseLease(state, nonce),
    money: presumeMoney(state.money, nonce),
  };
  // Cancelled work stays wanted unless what cancelled it says otherwise.
  if (why === "cancelled") return key.phase === "ask" ? released : want(released, key);
  const failure = { reason: "interrupted", detail: why };
  return trouble(released, key, { reason: why, failure, step: null, work: null, nonce, at });
}

export function evolveBuilt(state: State, event: EventOf<"BuildCompleted">): State {
  const { spec, attempt, round, branch, base, head, commits, deviations } = event;
  const key = { phase: "build", spec, exploration: state.selected } as const;
  const built = updateSpec(clearFailures(state, key), spec, (before) => ({
    build: { attempt, round, branch, base, head, commits, deviations },
    fixing: false,
    personFindings: before.personFindings.slice(before.answering),
    answering: 0,
  }));
  return want(built, { ...key, phase: "review" });
}

export function evolveScored(state: State, event: EventOf<"ReviewScored">): State {
  const { spec, attempt, round, head, score, threshold, accepted, report, gates, findings } = event;
  const summary = { attempt, round, head, score, threshold, accepted, report, gates, findings };
  const key = { phase: "review", spec, exploration: state.selected } as const;
  return updateSpec(clearFailures(state, key), spec, ({ reviews }) => ({
    reviews: [...reviews, summary],
  }));
}

export const evolveAnswer = (state: State, { exploration }: EventOf<"AnswerGiven">): State =>
  clearFailures(state, { phase: "ask", spec: null, exploration });

export function evolveRetry(state: State, event: EventOf<"RetryRequested">): State {
  return want(clearFailures(state, event.key), event.key);
}

export function evolveFixRequested(state: State, event: EventOf<"FixRequested">): State {
  const { spec, round } = event;
  const superseded = forgetWork(state, (key) => key.spec === spec);
  const open: State = {
    ...superseded,
    status: state.status === "completed" ? "open" : state.status,
  };
  const fixing = updateSpec(open, spec, () => ({
    round,
    fixing: true,
    result: "open",
    acceptedHead: null,
  }));
  return want(fixing, { phase: "build", spec, exploration: state.selected });
}
