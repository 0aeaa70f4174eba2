import type { ParsedCommand } from "./command.ts";
import type { Lease, PhaseName, PhaseOutcome, Plan, Spend } from "./phase.ts";
import type { Actor, Role } from "./role.ts";

/** What every trigger carries. */
type Base = {
  /** Delivery id, comment id + edit time, run id + attempt: a source seen before changes nothing. */
  source: string;
  /** ISO time at the door; the pure rooms have no clock. */
  at: string;
  /** Run that would carry out a phase that this trigger starts. */
  runId: string;
  /** Present where a build may start: each live approval, proved again now from the person's own comment. */
  standing?: readonly Standing[];
};

/** An approval as it stands now. `intact`: the comment is there, unedited and says the same hash. */
export type Standing = {
  comment: string;
  actorId: string;
  role: Role;
  intact: boolean;
  /** True when it is not intact because the comment is gone, rather than edited. */
  deleted?: boolean;
  /** True when it could not be asked: it counts for nothing now, and is not voided for that. */
  unproven?: boolean;
};

export type Issue = {
  repository: { id: string; name: string };
  id: string;
  number: number;
  title: string;
  body: string;
  requester: { id: string; login: string };
};

/** A finding of a person's review. */
export type PersonFinding = { path: string | null; line: number | null; text: string };

/** Something a person or a run did, parsed once at the door. No room behind the door sees a raw payload. */
export type Trigger = Base &
  (
    | { kind: "labeled"; actor: Actor; label: string; issue: Issue }
    | {
        kind: "command";
        actor: Actor;
        command: ParsedCommand;
        comment: { id: string; edited: boolean };
        issue: Issue;
        /** Spec of the pull request that it was said on; absent on the issue itself. */
        spec?: string;
      }
    /** A person edited a document that we posted; the door has parsed it and computed the new plan. */
    | { kind: "document-edited"; actor: Actor; document: string; plan: Plan }
    | { kind: "comment-edited"; actor: Actor; comment: string }
    | { kind: "comment-deleted"; actor: Actor; comment: string }
    | {
        kind: "person-review";
        actor: Actor;
        spec: string;
        state: "approved" | "changes-requested" | "commented";
        head: string;
        findings: readonly PersonFinding[];
      }
    | { kind: "person-push"; actor: Actor; spec: string; branch: string; head: string }
    | { kind: "pull-request-closed"; actor: Actor; spec: string; merged: boolean }
    /** What the work belongs to was moved from under it: by a person's hand, and perhaps on purpose. */
    | { kind: "moved"; actor: Actor; what: "pull-request-retargeted" | "issue-gone" }
    /** A phase ended. Fenced on the nonce; `lease` tells what a late runner believed it held. */
    | {
        kind: "run-finished";
        nonce: string;
        lease: Lease;
        outcome: PhaseOutcome;
        spent: readonly Spend[];
      }
    /** The run that was dispatched for a lease is known now: from here on it is asked whether it lives. */
    | { kind: "run-claimed"; nonce: string; claimedBy: string }
    /** Time passed. `dead`: nonces of live leases whose run is known to be gone. */
    | { kind: "clock"; dead: readonly string[] }
  );

export type TriggerKind = Trigger["kind"];
export type TriggerOf<K extends TriggerKind> = Extract<Trigger, { kind: K }>;

export type { Actor, Lease, ParsedCommand, PhaseName };
