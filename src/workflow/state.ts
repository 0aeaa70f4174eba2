import type { PauseReason } from "./event.ts";
import type { Estimate, Lease, PhaseName, Plan, Question, Spend, Verdict } from "./phase.ts";
import type { Role } from "./role.ts";
import type { PersonFinding } from "./trigger.ts";

/** An approval that nothing has voided. Only those of the current plan hash count. */
export type Approval = {
  comment: string;
  actorId: string;
  login: string;
  role: Role;
  planHash: string;
  unvalidated: boolean;
  at: string;
};

export type PhaseTrouble = {
  phase: PhaseName;
  reason: string;
  failure: { reason: string; [key: string]: unknown };
  step: string | null;
  work: { ref: string; head: string } | null;
  nonce: string;
  at: string;
};

export type ReviewSummary = {
  attempt: number;
  round: number;
  head: string;
  score: number;
  threshold: number;
  accepted: boolean;
  report: string;
  gates: readonly string[];
  findings: number;
};

export type BuildSummary = {
  attempt: number;
  round: number;
  branch: string;
  base: string;
  head: string;
  commits: number;
  deviations: number;
};

/** Everything known about one spec. */
export type SpecState = {
  id: string;
  /** Starts of the build and of the review, in all rounds. */
  attempts: { build: number; review: number };
  /** Fix rounds begun. Never more than the policy's `maxRounds`. */
  round: number;
  /** A fix round that was requested and whose build has not completed yet. */
  fixing: boolean;
  build: BuildSummary | null;
  reviews: readonly ReviewSummary[];
  /** Findings of people that the next fix round must answer. */
  personFindings: readonly PersonFinding[];
  /** How many of them (the first ones) the build that was started last has been given. */
  answering: number;
  dismissed: readonly { finding: string; why: string; login: string }[];
  result: "open" | "accepted" | "exhausted" | "merged" | "closed";
  acceptedHead: string | null;
};

export type Exploration = {
  id: string;
  attempts: number;
  revision: number;
  plan: Plan | null;
  estimate: Estimate | null;
  /** Questions of this exploration that nobody has answered yet. */
  questions: readonly Question[];
};

/** The fold of a ledger. Pure data: no clock, no identity of a run beyond the leases. */
export type State = {
  feature: {
    repository: { id: string; name: string };
    issue: { id: string; number: number; title: string };
    requester: { id: string; login: string };
    openedAt: string;
  } | null;
  status: "absent" | "open" | "paused" | "cancelled" | "completed";
  paused: PauseReason | null;
  sources: ReadonlySet<string>;
  explorations: Readonly<Record<string, Exploration>>;
  /** Exploration whose plan is the feature's. */
  selected: string;
  /** Plan of the selected exploration. */
  plan: Plan | null;
  /** Open questions of the exploration that asked last (`asking`). */
  questions: readonly Question[];
  asking: string | null;
  answers: readonly { question: string; answer: string }[];
  /** Free words of answers and refinements, oldest first: facts of the next design. */
  guidance: readonly string[];
  /** The person said to take the defaults of open questions. */
  assume: boolean;
  /** Verdict, valid only for the plan of this hash. */
  validation: {
    planHash: string;
    verdict: Verdict;
    report: string;
    checked: number;
    unproven: number;
    refuted: number;
  } | null;
  validations: number;
  approvals: readonly Approval[];
  leases: readonly Lease[];
  specs: Readonly<Record<string, SpecState>>;
  /** What is wanted next but not leased: set by events, cleared by a start. */
  wanted: readonly { phase: PhaseName; spec: string | null; exploration: string }[];
  /** Last failure of each key that has not been started again, by `phase/spec/exploration`. */
  troubles: Readonly<Record<string, PhaseTrouble & { failures: number }>>;
  /** Failures in a row of each key since it last went well, a round began or a person asked again. */
  failures: Readonly<Record<string, number>>;
  money: {
    /** Live reservations by nonce. */
    reserved: Readonly<Record<string, { micros: number; tokens: number }>>;
    /** Includes `presumed`. */
    spent: { micros: number; tokens: number };
    /** Reservations of expired leases that count as spent until the run itself reports, by nonce. */
    presumed: Readonly<Record<string, { micros: number; tokens: number }>>;
    /** True when some spending had no known price. */
    unknown: boolean;
    byRole: readonly (Spend & { phase: PhaseName })[];
  };
  /** Names of events that this version does not know, with how often they came. */
  unknownEvents: Readonly<Record<string, number>>;
};
