import type { PhaseName } from "./phase.ts";
import type { Role } from "./role.ts";

/** What the default branch's configuration says about who may do what, and how much it may cost. */
export type Policy = {
  /** Hash of the policy itself: part of the plan, so an approval does not outlive a change of rules. */
  version: string;
  label: string;
  approval: {
    roles: readonly Role[];
    /** Distinct people, still allowed at phase start. */
    quorum: number;
    requesterMayApprove: boolean;
    /** A verdict on the current plan is needed before approval, unless a maintainer says `--unvalidated`. */
    requireValidation: boolean;
  };
  /** Least role of a command where it differs from the registry. */
  commandRoles: Readonly<Record<string, Role>>;
  review: { threshold: number; maxRounds: number };
  /** Most that one issue may cost: micro-dollars, and tokens of models whose price is unknown. */
  cap: { micros: number; tokens: number };
  /** Most that one start of a phase may cost; reserved when its lease is taken. */
  allowance: Readonly<Record<PhaseName, { micros: number; tokens: number }>>;
  leaseMinutes: number;
  /** Phases that start by themselves when what they need is there. */
  automatic: Readonly<Record<PhaseName, boolean>>;
  /** Starts of one (phase, spec) within a round that fail before a person must say `/retry`. */
  maxAutomaticRetries: number;
};
