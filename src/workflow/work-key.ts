import type { Lease, WorkKey } from "./phase.ts";
import type { State } from "./state.ts";

/** `phase/spec/exploration`, `-` where there is no spec: key of `troubles` and `failures`. */
export const renderWorkKey = (key: WorkKey): string =>
  `${key.phase}/${key.spec ?? "-"}/${key.exploration}`;

export const isSameWork = (a: WorkKey, b: WorkKey): boolean =>
  a.phase === b.phase && a.spec === b.spec && a.exploration === b.exploration;

/** The key alone, without what a lease or a failure adds to it. */
export const toWorkKey = ({ phase, spec, exploration }: WorkKey): WorkKey => ({
  phase,
  spec,
  exploration,
});

export const findLease = (state: State, key: WorkKey): Lease | undefined =>
  state.leases.find((lease) => isSameWork(lease, key));

/** Key of a phase over the selected plan: a validation of all of it, a build or review of one spec. */
export const planWork = (
  state: State,
  phase: "validate" | "build" | "review",
  spec: string | null,
): WorkKey => ({ phase, spec, exploration: state.selected });
