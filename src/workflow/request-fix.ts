import { type Draft, record } from "./draft.ts";
import { cancelLeases } from "./end-leases.ts";
import { findOwn } from "./find-own.ts";
import { startOrPause } from "./start-wanted.ts";
import { planWork } from "./work-key.ts";

/**
 * A fix round of a spec, if the limit allows one more; otherwise the spec is exhausted. The round is recorded
 * even where its build does not start now (approval decayed, paused, over budget, no automatic builds): then it waits, visibly.
 */
export function requestFix(draft: Draft, id: string, origin: "review" | "person"): void {
  const spec = findOwn(draft.state.specs, id);
  if (!spec) return;
  cancelLeases(draft, (lease) => lease.phase === "review" && lease.spec === id);
  if (spec.round >= draft.policy.review.maxRounds) {
    const last = spec.reviews.at(-1);
    const head = spec.build?.head ?? last?.head ?? "";
    const score = last?.score ?? 0;
    record(draft, { type: "SpecExhausted", spec: id, head, score, rounds: spec.round });
    return;
  }
  record(draft, { type: "FixRequested", spec: id, round: spec.round + 1, origin });
  // A person who asks for changes wants them made; after a score it is as with every build that follows by itself.
  const follows = origin === "person" || draft.policy.automatic.build;
  if (follows) startOrPause(draft, planWork(draft.state, "build", id));
}
