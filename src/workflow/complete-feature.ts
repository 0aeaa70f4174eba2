import { type Draft, record } from "./draft.ts";
import { findOwn } from "./find-own.ts";
import { listSpecs } from "./start-phase.ts";

/** Says once that nothing is left to do for the machine: every spec is accepted or merged. */
export function completeFeature(draft: Draft): void {
  const { state } = draft;
  const specs = listSpecs(state);
  if (specs.length === 0 || state.status === "completed" || state.status === "cancelled") return;
  const isDone = (id: string): boolean => {
    const result = findOwn(state.specs, id)?.result;
    return result === "accepted" || result === "merged";
  };
  if (specs.every(isDone)) record(draft, { type: "FeatureCompleted" });
}
