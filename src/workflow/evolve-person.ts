import { atLeast } from "./check-actor.ts";
import type { EventOf } from "./event.ts";
import { blankSpec, updateSpec } from "./evolve-spec.ts";
import { forgetWork, want } from "./evolve-wanted.ts";
import { findOwn } from "./find-own.ts";
import type { State } from "./state.ts";
import { planWork } from "./work-key.ts";

export function evolveApproved(state: State, event: EventOf<"PlanApproved">): State {
  const { planHash, comment, unvalidated, by, at } = event;
  const approval = {
    comment,
    actorId: by.id,
    login: by.login,
    role: by.role,
    planHash,
    unvalidated,
    at,
  };
  return { ...state, approvals: [...state.approvals, approval] };
}

export const evolveVoided = (state: State, event: EventOf<"ApprovalVoided">): State => ({
  ...state,
  approvals: state.approvals.filter(
    ({ comment, actorId }) => comment !== event.comment || actorId !== event.actorId,
  ),
});

const noFindings = { personFindings: [], answering: 0 };

export function evolvePersonReviewed(state: State, event: EventOf<"PersonReviewed">): State {
  if (event.state === "commented") return state;
  if (event.state === "approved") {
    // What somebody who may ask for changes approves needs no more of them.
    const settles = atLeast("write").includes(event.by.role);
    return settles ? updateSpec(state, event.spec, () => noFindings) : state;
  }
  return updateSpec(state, event.spec, ({ personFindings }) => ({
    personFindings: [...personFindings, ...event.findings],
  }));
}

export function evolveDismissed(state: State, event: EventOf<"FindingDismissed">): State {
  const { finding, why, by } = event;
  const entry = { finding, why, login: by.login };
  const ids = event.spec === null ? Object.keys(state.specs) : [event.spec];
  return ids.reduce(
    (next, id) => updateSpec(next, id, ({ dismissed }) => ({ dismissed: [...dismissed, entry] })),
    state,
  );
}

/** The head is the person's now: whatever was said or asked about the old one no longer holds. */
export function evolvePersonPushed(state: State, event: EventOf<"PersonPushed">): State {
  const { spec, branch, head } = event;
  const before = findOwn(state.specs, spec) ?? blankSpec(spec);
  const pushed = updateSpec(state, spec, ({ build, result }) => ({
    ...noFindings,
    build: build ? { ...build, branch, head } : null,
    fixing: false,
    result: result === "merged" ? result : "open",
    acceptedHead: null,
  }));
  const forgotten = forgetWork(pushed, (key) => key.spec === spec);
  return want(forgotten, planWork(state, before.build ? "review" : "build", spec));
}

export function evolvePullRequestClosed(state: State, event: EventOf<"PullRequestClosed">): State {
  const { spec, merged } = event;
  const closed = updateSpec(state, spec, () => ({ result: merged ? "merged" : "closed" }));
  return merged ? forgetWork(closed, (key) => key.spec === spec) : closed;
}

export const evolvePaused = (state: State, event: EventOf<"FeaturePaused">): State => ({
  ...state,
  status: "paused",
  paused: event.why,
});

/** Specs whose pull request was closed go on from where they were. */
export function evolveResumed(state: State): State {
  const ids = state.plan?.specs.map((spec) => spec.id) ?? [];
  const reopened = ids
    .filter((id) => findOwn(state.specs, id)?.result === "closed")
    .reduce(
      (next, id) =>
        updateSpec(next, id, ({ acceptedHead }) => ({
          result: acceptedHead ? "accepted" : "open",
        })),
      state,
    );
  return { ...reopened, status: "open", paused: null };
}

/** An end: nothing is wanted any more, and no approval outlives it. */
export const evolveCancelled = (state: State): State => ({
  ...forgetWork(state, () => true),
  status: "cancelled",
  paused: null,
  approvals: [],
});
