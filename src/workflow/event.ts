import { z } from "zod";
import {
  checkpointResultSchema,
  estimateSchema,
  leaseSchema,
  outcomeSchema,
  planSchema,
  questionSchema,
  spendSchema,
  verdictSchema,
  workKeySchema,
} from "./phase.ts";
import { actorSchema } from "./role.ts";

/** What every event carries: schema version, the source that caused it (idempotence) and when. */
const base = { v: z.literal(1), at: z.string(), source: z.string() };
const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.looseObject({ ...base, type: z.literal(type), ...shape });

const finding = z.object({
  path: z.string().nullable(),
  line: z.int().nullable(),
  text: z.string(),
});

/** Why the machine stopped and asks. */
export const pauseReasonSchema = z.enum([
  "person-push",
  "over-budget",
  "pull-request-closed",
  "pull-request-retargeted",
  "issue-gone",
]);
export type PauseReason = z.infer<typeof pauseReasonSchema>;

/** Something that happened. Unknown keys are kept, unknown types are carried along and fold to nothing. */
export const eventSchema = z.discriminatedUnion("type", [
  /** The first of every ledger: binds it to one repository and one issue. */
  event("FeatureOpened", {
    repository: z.object({ id: z.string(), name: z.string() }),
    issue: z.object({ id: z.string(), number: z.int(), title: z.string() }),
    requester: z.object({ id: z.string(), login: z.string() }),
    by: actorSchema,
    /** It was opened for a question: the ledger is bound, and nothing is requested. A second one without this opens the feature. */
    only: z.literal("question").exactOptional(),
  }),
  event("DesignRequested", { exploration: z.string(), assume: z.boolean(), by: actorSchema }),
  event("RefinementRequested", { exploration: z.string(), text: z.string(), by: actorSchema }),
  event("ValidationRequested", { planHash: z.string(), by: actorSchema }),
  event("PhaseStarted", { lease: leaseSchema }),
  /** The run that carries out a lease, where it is not the one that took it. */
  event("LeaseClaimed", { nonce: z.string(), runId: z.string() }),
  /** Money of a lease is settled at what was really spent; `micros` null is unknown. */
  event("PhaseSettled", {
    nonce: z.string(),
    key: workKeySchema,
    micros: z.int().min(0).nullable(),
    tokens: z.int().min(0),
    spent: z.array(spendSchema),
  }),
  event("PhaseFailed", {
    key: workKeySchema,
    nonce: z.string(),
    attempt: z.int(),
    reason: z.string(),
    failure: z.looseObject({ reason: z.string() }),
    step: z.string().nullable(),
    work: z.object({ ref: z.string(), head: z.string() }).nullable(),
  }),
  /** A lease whose run is gone. What it had reserved counts as spent. */
  event("LeaseExpired", {
    nonce: z.string(),
    key: workKeySchema,
    why: z.enum(["run-gone", "timed-out", "cancelled"]),
  }),
  /** A result whose nonce is not the live lease: kept as a document, never applied. */
  event("LateResultKept", {
    nonce: z.string(),
    key: workKeySchema,
    outcome: outcomeSchema,
    spent: z.array(spendSchema),
    micros: z.int().min(0).nullable(),
    tokens: z.int().min(0),
  }),
  event("QuestionsAsked", { exploration: z.string(), questions: z.array(questionSchema) }),
  event("QuestionsAnswered", {
    exploration: z.string(),
    answers: z.array(z.object({ question: z.string(), answer: z.string() })),
    text: z.string(),
    by: actorSchema,
  }),
  event("PlanPosted", {
    exploration: z.string(),
    plan: planSchema,
    estimate: estimateSchema.nullable(),
    origin: z.enum(["architect", "validator", "person"]),
    by: actorSchema.nullable(),
  }),
  event("ExplorationSelected", { exploration: z.string(), by: actorSchema }),
  event("PlanValidated", {
    planHash: z.string(),
    verdict: verdictSchema,
    report: z.string(),
    checked: z.int(),
    unproven: z.int(),
    refuted: z.int(),
  }),
  event("PlanApproved", {
    planHash: z.string(),
    comment: z.string(),
    unvalidated: z.boolean(),
    by: actorSchema,
  }),
  event("ApprovalVoided", {
    comment: z.string(),
    actorId: z.string(),
    why: z.enum(["new-revision", "comment-deleted", "comment-edited", "role-lost"]),
  }),
  event("CheckpointRecorded", {
    spec: z.string(),
    attempt: z.int(),
    checkpoint: checkpointResultSchema,
  }),
  event("BuildCompleted", {
    spec: z.string(),
    attempt: z.int(),
    round: z.int(),
    branch: z.string(),
    base: z.string(),
    head: z.string(),
    commits: z.int(),
    deviations: z.int(),
  }),
  event("ReviewScored", {
    spec: z.string(),
    attempt: z.int(),
    round: z.int(),
    head: z.string(),
    score: z.int(),
    threshold: z.int(),
    accepted: z.boolean(),
    report: z.string(),
    gates: z.array(z.string()),
    findings: z.int(),
  }),
  event("ReviewRequested", { spec: z.string(), by: actorSchema }),
  event("PersonReviewed", {
    spec: z.string(),
    state: z.enum(["approved", "changes-requested", "commented"]),
    head: z.string(),
    findings: z.array(finding),
    by: actorSchema,
  }),
  event("FindingDismissed", {
    spec: z.string().nullable(),
    finding: z.string(),
    why: z.string(),
    by: actorSchema,
  }),
  /** A fix round is wanted: by the score, or by a person's review. */
  event("FixRequested", { spec: z.string(), round: z.int(), origin: z.enum(["review", "person"]) }),
  event("SpecAccepted", { spec: z.string(), head: z.string(), score: z.int() }),
  event("SpecExhausted", { spec: z.string(), head: z.string(), score: z.int(), rounds: z.int() }),
  /** A person pushed to the branch: the machine stops and asks. */
  event("PersonPushed", {
    spec: z.string(),
    branch: z.string(),
    head: z.string(),
    by: actorSchema,
  }),
  event("FeaturePaused", { why: pauseReasonSchema }),
  event("FeatureResumed", { by: actorSchema }),
  event("RetryRequested", { key: workKeySchema, by: actorSchema }),
  event("FeatureCancelled", { by: actorSchema }),
  event("FeatureReopened", { by: actorSchema }),
  /** Somebody asked about the code. `exploration` names the question: its comment's id, as a key can hold it. */
  event("QuestionPut", {
    exploration: z.string(),
    text: z.string(),
    comment: z.string(),
    by: actorSchema,
  }),
  event("AnswerGiven", { exploration: z.string(), document: z.string() }),
  event("PullRequestClosed", { spec: z.string(), merged: z.boolean(), by: actorSchema }),
  event("FeatureCompleted", {}),
]);
export type Event = z.infer<typeof eventSchema>;
export type EventType = Event["type"];
export type EventOf<T extends EventType> = Extract<Event, { type: T }>;
