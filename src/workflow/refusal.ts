import type { PauseReason } from "./event.ts";
import type { PhaseName, Verdict } from "./phase.ts";
import type { Role } from "./role.ts";

/** Every reason for which a trigger is refused, with the data of its remedy. `explain-refusal.ts` turns it into words. */
export type RefusalData = {
  // nobody needs to be told: see `isQuietRefusal`
  "already-seen": { source: string };
  "nothing-to-do": { what: string };
  "other-label": { label: string };
  // who and how
  "not-a-person": { login: string };
  "role-too-low": { action: string; role: Role; needs: readonly Role[] };
  "unknown-command": { name: string };
  "bad-arguments": { name: string; usage: string; detail: string };
  // where the feature stands
  "no-feature": { label: string };
  "already-open": { label: string };
  cancelled: Record<never, never>;
  completed: Record<never, never>;
  paused: { why: PauseReason };
  "not-paused": Record<never, never>;
  "already-running": { phase: PhaseName; spec: string | null; exploration: string };
  "outcome-mismatch": { phase: PhaseName; outcome: string };
  // design
  "no-plan": { explorations: readonly string[] };
  "no-questions": Record<never, never>;
  "unknown-question": { question: string; known: readonly string[] };
  "unknown-exploration": { exploration: string; known: readonly string[] };
  "already-selected": { exploration: string };
  "plan-unchanged": { hash: string };
  // approval; `line` is the exact line to copy
  "comment-edited": { line: string };
  "hash-missing": { line: string };
  "hash-mismatch": { given: string; line: string };
  "hash-ambiguous": { given: string; line: string };
  "requester-may-not-approve": { login: string };
  "already-approved": { login: string; have: number; needs: number };
  "not-validated": { hash: string; running: boolean; line: string };
  "validation-blocks": {
    verdict: Exclude<Verdict, "ready">;
    report: string;
    line: string;
  };
  "unvalidated-needs-maintainer": { role: Role };
  "policy-changed": { planned: string; current: string };
  "not-approved": { have: number; needs: number; line: string };
  // build and review
  /** More than one spec is built, and nothing says which is meant. */
  "spec-missing": { line: string; known: readonly string[] };
  "unknown-spec": { spec: string; known: readonly string[] };
  "dependency-open": { spec: string; waitsFor: readonly string[] };
  "already-built": { spec: string };
  "not-built": { spec: string };
  "spec-finished": { spec: string; result: "accepted" | "exhausted" | "merged" | "closed" };
  "nothing-to-build": Record<never, never>;
  "nothing-to-retry": { known: readonly string[] };
  /** `unit` tells what `needed` and `remaining` count: micro-dollars or tokens. */
  "over-budget": {
    phase: PhaseName;
    needed: number;
    remaining: number;
    cap: number;
    unit: "micros" | "tokens";
  };
};

export type RefusalReason = keyof RefusalData;
export type Refusal = { [R in RefusalReason]: { reason: R } & RefusalData[R] }[RefusalReason];

const quiet: ReadonlySet<RefusalReason> = new Set([
  "already-seen",
  "nothing-to-do",
  "other-label",
  "plan-unchanged",
]);

/** True when answering would be noise: nobody asked for something that they did not get. */
export const isQuietRefusal = (refusal: Refusal): boolean => quiet.has(refusal.reason);
