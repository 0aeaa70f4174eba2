import { z } from "zod";

/** In the order of the flow; an `ask` is beside it: a question that is answered from the code, and changes nothing. */
export const phases = ["design", "validate", "build", "review", "ask"] as const;
export const phaseSchema = z.enum(phases);
export type PhaseName = z.infer<typeof phaseSchema>;

/**
 * What a phase works on. A design belongs to an exploration (`main`, or a variant that runs beside it);
 * a build or review belongs to a spec; a validation to the whole plan; an answer to its question. One key, one live lease.
 */
export const workKeySchema = z.object({
  phase: phaseSchema,
  /** BUILD spec (`BUILD_01`), or null where the phase concerns the whole plan. */
  spec: z.string().nullable(),
  /** Design exploration; `main` unless several run side by side. Of an `ask`: the question's own name. */
  exploration: z.string(),
});
export type WorkKey = z.infer<typeof workKeySchema>;

/** A running phase. Publishing its result is fenced on the nonce. */
export const leaseSchema = workKeySchema.extend({
  nonce: z.string(),
  /** Counts every start of the same key, from 1. */
  attempt: z.int().min(1),
  /** Fix round of a build or review: 0 is the first build. */
  round: z.int().min(0),
  runId: z.string(),
  startedAt: z.string(),
  /** Backstop only: liveness is asked of the run itself. */
  expiresAt: z.string(),
  /** Money reserved for it, in micro-dollars, and tokens for models whose price is unknown. */
  reserved: z.object({ micros: z.int().min(0), tokens: z.int().min(0) }),
});
export type Lease = z.infer<typeof leaseSchema>;

/** Usage and cost of one role in one phase. `micros` is null when the price is unknown: never zero. */
export const spendSchema = z.object({
  role: z.string(),
  model: z.string(),
  micros: z.int().min(0).nullable(),
  input: z.int(),
  cacheRead: z.int(),
  cacheWrite: z.int(),
  output: z.int(),
  reasoning: z.int(),
  requests: z.int(),
});
export type Spend = z.infer<typeof spendSchema>;

/** The plan that is approved: design, all specs, base commit, policy version. `hash` is over their canonical form. */
export const planSchema = z.object({
  hash: z.string(),
  revision: z.int().min(1),
  base: z.string(),
  policyVersion: z.string(),
  specs: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      dependsOn: z.array(z.string()),
      document: z.string(),
      /** Hash of the spec's canonical form: an accepted spec that a new revision leaves as it was stays accepted. */
      hash: z.string().optional(),
    }),
  ),
});
export type Plan = z.infer<typeof planSchema>;

export const questionSchema = z.object({
  id: z.string(),
  text: z.string(),
  decides: z.string(),
  options: z.array(z.object({ key: z.string(), text: z.string() })),
  default: z.string().nullable(),
});
export type Question = z.infer<typeof questionSchema>;

/** `incomplete`: part of what was to be checked could not be, and nothing that was found stands against the plan. */
export const verdictSchema = z.enum(["ready", "needs-refinement", "wrong-direction", "incomplete"]);
export type Verdict = z.infer<typeof verdictSchema>;

export const checkpointResultSchema = z.object({
  step: z.string(),
  name: z.string(),
  command: z.string(),
  passed: z.boolean(),
  seconds: z.number(),
});
export type CheckpointResult = z.infer<typeof checkpointResultSchema>;

export const estimateSchema = z.object({
  low: z.int().nullable(),
  high: z.int().nullable(),
  basis: z.string(),
});
export type Estimate = z.infer<typeof estimateSchema>;

/** How a phase ended. Documents travel beside it; this is what the decision needs. */
export const outcomeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("questions"), questions: z.array(questionSchema) }),
  z.object({ kind: z.literal("planned"), plan: planSchema, estimate: estimateSchema }),
  z.object({
    kind: z.literal("validated"),
    /** Plan that was read. */
    validated: z.string(),
    verdict: verdictSchema,
    report: z.string(),
    checked: z.int(),
    unproven: z.int(),
    refuted: z.int(),
    /** The refined revision, when corrections were made: the verdict then speaks of it. */
    refined: planSchema.nullable(),
  }),
  z.object({
    kind: z.literal("built"),
    branch: z.string(),
    base: z.string(),
    head: z.string(),
    commits: z.int(),
    checkpoints: z.array(checkpointResultSchema),
    deviations: z.int(),
  }),
  z.object({
    kind: z.literal("scored"),
    head: z.string(),
    score: z.int().min(0).max(100),
    threshold: z.int(),
    accepted: z.boolean(),
    report: z.string(),
    gates: z.array(z.string()),
    findings: z.int(),
  }),
  /** Ledger name of the answer. */
  z.object({ kind: z.literal("answered"), document: z.string() }),
  z.object({
    kind: z.literal("failed"),
    reason: z.string(),
    /** The failure as data, explained by `explain-failure.ts`. */
    failure: z.looseObject({ reason: z.string() }),
    step: z.string().nullable(),
    /** Branch or ref that keeps the work, and its commit; null when there was none. */
    work: z.object({ ref: z.string(), head: z.string() }).nullable(),
  }),
]);
export type PhaseOutcome = z.infer<typeof outcomeSchema>;
