import { findOwn } from "./find-own.ts";
import type { Plan } from "./phase.ts";
import type { SpecState, State } from "./state.ts";

export const blankSpec = (id: string): SpecState => ({
  id,
  attempts: { build: 0, review: 0 },
  round: 0,
  fixing: false,
  build: null,
  reviews: [],
  personFindings: [],
  answering: 0,
  dismissed: [],
  result: "open",
  acceptedHead: null,
});

/** Changes one spec; one that the ledger names without a plan is made, because a fold never fails. */
export function updateSpec(
  state: State,
  id: string,
  change: (spec: SpecState) => Partial<SpecState>,
): State {
  const spec = findOwn(state.specs, id) ?? blankSpec(id);
  return { ...state, specs: { ...state.specs, [id]: { ...spec, ...change(spec) } } };
}

const hashOf = (plan: Plan | null, id: string): string | undefined =>
  plan?.specs.find((spec) => spec.id === id)?.hash;

/**
 * Specs under another plan: one whose text did not change (equal hashes) keeps all it reached, a merged one
 * stays merged, every other begins again. Attempts go on counting, so that no document name is used twice.
 */
export function replan(state: State, next: Plan): State["specs"] {
  const specs: Record<string, SpecState> = {};
  for (const spec of Object.values(state.specs)) {
    const started = spec.attempts.build + spec.attempts.review > 0;
    if (started)
      specs[spec.id] = { ...spec, result: spec.result === "merged" ? "merged" : "closed" };
  }
  for (const { id, hash } of next.specs) {
    const before = findOwn(state.specs, id);
    const kept =
      before && (before.result === "merged" || (hash && hash === hashOf(state.plan, id)));
    specs[id] = kept ? before : renew(id, before);
  }
  return specs;
}

const renew = (id: string, before: SpecState | undefined): SpecState => ({
  ...blankSpec(id),
  attempts: before?.attempts ?? { build: 0, review: 0 },
  reviews: before?.reviews ?? [],
  dismissed: before?.dismissed ?? [],
});
