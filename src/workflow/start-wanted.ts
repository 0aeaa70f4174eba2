import { type Draft, record } from "./draft.ts";
import { findOwn } from "./find-own.ts";
import type { WorkKey } from "./phase.ts";
import type { Refusal } from "./refusal.ts";
import { listOpenDependencies, listSpecs, startPhase } from "./start-phase.ts";
import type { State } from "./state.ts";
import { findLease, planWork, renderWorkKey } from "./work-key.ts";

/** Starts work that follows by itself. What does not fit below the cap pauses the feature, visibly; the rest waits. */
export function startOrPause(draft: Draft, key: WorkKey): Refusal | null {
  const refusal = startPhase(draft, key);
  if (refusal?.reason === "over-budget") {
    record(draft, { type: "FeaturePaused", why: "over-budget" });
  }
  return refusal;
}

/** Specs whose build could start if the plan is approved: open, not built or to be fixed, all dependencies accepted. */
export function listBuildable(state: State): string[] {
  return listSpecs(state).filter((id) => {
    const spec = findOwn(state.specs, id);
    if (spec?.result !== "open" || (spec.build && !spec.fixing)) return false;
    const build = planWork(state, "build", id);
    if (findLease(state, build) || findLease(state, { ...build, phase: "review" })) return false;
    return listOpenDependencies(state, id).length === 0;
  });
}

/** Starts every build that is ready; several at once. One that failed waits for `/retry`. */
export function startReadyBuilds(draft: Draft): void {
  for (const spec of listBuildable(draft.state)) {
    const key = planWork(draft.state, "build", spec);
    if (findOwn(draft.state.troubles, renderWorkKey(key))) continue;
    startOrPause(draft, key);
  }
}

/** Starts what was wanted while the feature could not go on. Returns the refusals of what still cannot. */
export function startWanted(draft: Draft): Refusal[] {
  const { automatic } = draft.policy;
  const refusals: Refusal[] = [];
  for (const key of draft.state.wanted) {
    const waitsForPerson = key.phase === "validate" || key.phase === "review";
    if (waitsForPerson && !automatic[key.phase]) continue;
    const refusal = startPhase(draft, key);
    if (refusal) refusals.push(refusal);
  }
  return refusals;
}
