import type { Lease } from "../workflow/phase.ts";
import type { Trigger } from "../workflow/trigger.ts";
import type { House } from "./house.ts";
import type { LeaseResult } from "./run-lease.ts";

/** The trigger that a phase's end is. Its source is the lease itself, so that publishing twice applies it once. */
export const finishTrigger = (
  house: House,
  lease: Lease,
  { outcome, spent }: Pick<LeaseResult, "outcome" | "spent">,
): Trigger => ({
  kind: "run-finished",
  source: `run:${lease.nonce}`,
  at: house.now().toISOString(),
  runId: house.runId,
  nonce: lease.nonce,
  lease,
  outcome,
  spent,
});
