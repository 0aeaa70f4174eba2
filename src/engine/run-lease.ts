import { meterModels } from "../model/meter-model.ts";
import { ask } from "../phases/ask/ask.ts";
import { build } from "../phases/build/build.ts";
import { design } from "../phases/design/design.ts";
import type { PhaseResult, PhaseTools } from "../phases/phase.ts";
import { review } from "../phases/review/review.ts";
import { validate } from "../phases/validate/validate.ts";
import type { Failure } from "../shared/failure.ts";
import { Stop } from "../shared/stop.ts";
import type { Lease, Spend } from "../workflow/phase.ts";
import { checkPlan } from "./check-plan.ts";
import { checkStillApproved } from "./check-still-approved.ts";
import { gatherAsk } from "./gather-ask.ts";
import { gatherBuild } from "./gather-build.ts";
import { gatherDesign } from "./gather-design.ts";
import { gatherReview } from "./gather-review.ts";
import { gatherValidate } from "./gather-validate.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";

/** How a leased phase ended, with what it really cost. Every way of ending is a result; none is an exception. */
export type LeaseResult = PhaseResult & { spent: readonly Spend[] };

async function runPhase(
  house: House,
  feature: Feature,
  lease: Lease,
  tools: PhaseTools,
): Promise<PhaseResult> {
  // A question is about the code: it may be put where there is no plan, and about one that was altered.
  if (lease.phase !== "design" && lease.phase !== "ask") checkPlan(feature);
  switch (lease.phase) {
    case "design":
      return await design(await gatherDesign(house, feature, lease), tools);
    case "validate":
      return await validate(await gatherValidate(house, feature, lease), tools);
    case "review":
      return await review(await gatherReview(house, feature, lease), tools);
    case "ask":
      return await ask(await gatherAsk(house, feature, lease), tools);
    case "build":
      await checkStillApproved(house, feature);
      return await build(await gatherBuild(house, feature, lease), tools);
  }
}

/** A bug must end as visibly as a failure: the phase fails, the stack goes to the log, the lease is settled. */
function toFailure(house: House, error: unknown): Failure {
  if (error instanceof Stop) return error.failure;
  if (house.signal.aborted) return { reason: "interrupted", detail: String(house.signal.reason) };
  const { message, stack } = error as { message?: string; stack?: string };
  const at = house.now().toISOString();
  house.log({ at, message: message ?? String(error), stack: stack ?? "" });
  return { reason: "unexpected", detail: message ?? String(error) };
}

const failedResult = (failure: Failure): PhaseResult => ({
  outcome: { kind: "failed", reason: failure.reason, failure, step: null, work: null },
  documents: {},
});

/** What failed because the run was being stopped is an interruption, whatever it looked like from within. */
function nameInterruption(house: House, result: PhaseResult): PhaseResult {
  const { outcome } = result;
  if (!house.signal.aborted || outcome.kind !== "failed" || outcome.reason === "interrupted")
    return result;
  const failure: Failure = { reason: "interrupted", detail: outcome.reason };
  return { ...result, outcome: { ...outcome, reason: failure.reason, failure } };
}

/**
 * Carries out a leased phase within its allowance, and publishes nothing: no branch is moved, no event appended. The lease's day
 * budget was reserved when it was taken.
 */
export async function runLease(house: House, feature: Feature, lease: Lease): Promise<LeaseResult> {
  const { phase, spec, attempt } = lease;
  const metered = meterModels(house.models, {
    allowance: lease.reserved,
    price: house.price,
    signal: house.signal,
    progress: house.progress,
    timeoutSeconds: house.config.limits.modelSeconds,
    phase,
  });
  house.progress({ kind: "phase", phase, spec, attempt, state: "started" });
  const tools = { model: metered.model, progress: house.progress, signal: house.signal };
  let result: PhaseResult;
  try {
    result = await runPhase(house, feature, lease, tools);
  } catch (error) {
    result = failedResult(toFailure(house, error));
  }
  const state = result.outcome.kind === "failed" ? "failed" : "finished";
  house.progress({ kind: "phase", phase, spec, attempt, state });
  return { ...nameInterruption(house, result), spent: metered.spent() };
}
