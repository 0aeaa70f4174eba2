import type { Plan } from "../workflow/phase.ts";
import type { ViewFacts } from "./render-comments.ts";

type PlannedSpec = Plan["specs"][number];

/** A spec as the plan names it; `dropped` when only an earlier revision did, whose branch is still there. */
export function findPlannedSpec(
  { state, events }: Pick<ViewFacts, "state" | "events">,
  id: string,
): { spec: PlannedSpec | null; dropped: boolean } {
  const within = (plan: Plan | null): PlannedSpec | undefined =>
    plan?.specs.find((spec) => spec.id === id);
  const current = within(state.plan);
  if (current) return { spec: current, dropped: false };
  const last = events.findLast((event) => event.type === "PlanPosted" && within(event.plan));
  return { spec: (last?.type === "PlanPosted" && within(last.plan)) || null, dropped: true };
}
