import type { Account, ActionsStore, App, Delivery, Rights, Role, Settings } from "./contract.ts";
import type { Objects } from "./git/objects.ts";
import type { Refs } from "./git/refs.ts";

/** Who a request comes from. */
export type Actor = {
  account: Account;
  kind: "user" | "installation" | "actions" | "app" | "anonymous";
  rights: Rights;
  app: AppRecord | null;
  /** Milliseconds of the world's clock. */
  expiresAt: number;
};

export type DeliveryRecord = {
  id: number;
  guid: string;
  deliveredAt: string;
  redelivery: boolean;
  duration: number;
  status: string;
  statusCode: number;
  delivery: Delivery;
  answer: string;
};

export type AppRecord = App & {
  account: Account;
  name: string;
  rights: Rights;
  events: string[];
  hookId: number;
  createdAt: string;
  deliveries: DeliveryRecord[];
};

export type Reaction = { id: number; user: Account; content: string; createdAt: string };
export type TimelineItem = {
  id: number;
  event: string;
  actor: Account;
  createdAt: string;
  label?: string;
  commit?: string;
};

export type Pull = {
  id: number;
  head: string;
  base: string;
  headSha: string;
  baseSha: string;
  draft: boolean;
  mergedAt: string | null;
  mergedBy: Account | null;
  mergeCommit: string | null;
  reviewers: Account[];
};

/** An issue, or a pull request, which is an issue with a branch. */
export type Thread = {
  id: number;
  number: number;
  title: string;
  body: string | null;
  author: Account;
  app: AppRecord | null;
  state: "open" | "closed";
  stateReason: "completed" | "not_planned" | "reopened" | "duplicate" | null;
  labels: string[];
  locked: boolean;
  lockReason: string | null;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: Account | null;
  reactions: Reaction[];
  timeline: TimelineItem[];
  pull: Pull | null;
};

export type Comment = {
  id: number;
  thread: number;
  body: string;
  author: Account;
  app: AppRecord | null;
  editor: Account | null;
  createdAt: string;
  updatedAt: string;
  minimized: string | null;
  reactions: Reaction[];
};

export type ReviewState = "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";
export type Review = {
  id: number;
  pull: number;
  author: Account;
  body: string;
  state: ReviewState;
  commit: string;
  submittedAt: string;
  minimized: string | null;
};

export type ReviewComment = {
  id: number;
  review: number;
  pull: number;
  author: Account;
  body: string;
  path: string;
  hunk: string;
  commit: string;
  line: number | null;
  side: "LEFT" | "RIGHT";
  startLine: number | null;
  startSide: "LEFT" | "RIGHT" | null;
  wholeFile: boolean;
  createdAt: string;
  updatedAt: string;
};

export type Label = { id: number; name: string; color: string; description: string | null };

export type Status = {
  id: number;
  sha: string;
  context: string;
  state: string;
  description: string | null;
  targetUrl: string | null;
  creator: Account;
  createdAt: string;
};

export type Annotation = Record<string, unknown>;
export type CheckRun = {
  id: number;
  name: string;
  sha: string;
  suite: number;
  app: AppRecord | null;
  status: string;
  conclusion: string | null;
  externalId: string;
  detailsUrl: string | null;
  startedAt: string;
  completedAt: string | null;
  output: { title: string | null; summary: string | null; text: string | null };
  annotations: Annotation[];
};

/** Everything that the stand-in knows. One object, in memory; only git's objects and refs are on disk. */
export type World = {
  readonly owner: string;
  readonly repo: string;
  readonly repositoryId: number;
  readonly ownerAccount: Account;
  readonly private: boolean;
  readonly organisation: boolean;
  readonly defaultBranch: string;
  readonly createdAt: string;
  url: string;
  readonly bare: string;
  readonly objects: Objects;
  readonly refs: Refs;
  readonly settings: Settings;
  readonly accounts: Map<string, Account>;
  readonly roles: Map<string, Role>;
  readonly tokens: Map<string, Actor>;
  readonly apps: Map<number, AppRecord>;
  readonly threads: Map<number, Thread>;
  readonly comments: Map<number, Comment>;
  readonly reviews: Map<number, Review>;
  readonly reviewComments: Map<number, ReviewComment>;
  readonly labels: Map<string, Label>;
  readonly statuses: Status[];
  readonly checks: Map<number, CheckRun>;
  readonly actions: ActionsStore;
  /** What a ref was before its last move, and how many reads still get that. */
  readonly before: Map<string, string | null>;
  readonly stale: Map<string, number>;
  /** The last ids that were given. */
  readonly counts: { id: number; number: number };
  nextId(): number;
  nextNumber(): number;
  /** Milliseconds, by the clock that tokens live by. */
  clock(): number;
  /** ISO time without milliseconds, as GitHub writes it. */
  now(): string;
  /** Tells workflows and Apps. */
  emit(event: string, actor: Actor, payload: Record<string, unknown>): void;
};
