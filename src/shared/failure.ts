/**
 * Every expected failure of the house, by its literal reason, with the data that explains it.
 * `explain-failure.ts` is the one place that turns these into words.
 */
export type FailureData = {
  // input and terminal
  "bad-usage": { detail: string };
  "issue-not-found": { path: string };
  "issue-too-large": { path: string; bytes: number; limit: number };
  "issue-empty": Record<never, never>;
  "not-text": { path: string };
  "feature-not-found": { issue: number };
  /** The ledger of this number is bound to another request. */
  "issue-mismatch": { issue: number; title: string };
  interrupted: { detail: string };
  /** A bug of ours: the phase ends visibly and the log has the stack. */
  unexpected: { detail: string };
  // configuration
  "config-invalid": { path: string; line: number; column: number; detail: string };
  "unknown-provider": { provider: string; known: string[] };
  "model-not-configured": { role: string };
  "missing-key": { provider: string; variable: string };
  /** The repository's own configuration sends a key somewhere, and nobody has said that it may. */
  "provider-undecided": { provider: string; variable: string; address: string };
  // repository and workspace
  "not-a-repository": { path: string };
  "no-commits": { path: string };
  "bare-repository": { path: string };
  "git-missing": Record<never, never>;
  "git-failed": { command: string; detail: string };
  "branch-moved": { branch: string; expected: string | null; actual: string | null };
  "branch-checked-out": { branch: string; path: string };
  "secret-in-change": { path: string; line: number };
  "disk-full": { path: string };
  "not-writable": { path: string; code: string };
  "path-refused": { path: string; rule: string };
  "command-missing": { command: string };
  "isolation-unavailable": { detail: string };
  "isolation-undecided": Record<never, never>;
  "setup-failed": { command: string; detail: string };
  // ledger
  "ledger-conflict": { issue: number };
  "ledger-corrupt": { issue: number; line: number; detail: string };
  "ledger-unavailable": { detail: string };
  /** Documents in the ledger are not those whose hash the plan has. */
  "plan-altered": { issue: number; hash: string };
  // documents
  "document-invalid": { document: string; line: number; column: number; detail: string };
  "document-too-large": { document: string; bytes: number; limit: number };
  // model
  "model-refused": { role: string; detail: string };
  "model-truncated": { role: string; detail: string };
  "model-invalid": { role: string; detail: string };
  "model-turns": { role: string; turns: number };
  "model-unavailable": { role: string; detail: string };
  "model-timeout": { role: string; seconds: number };
  "script-missing": { path: string };
  "over-budget": { phase: string; spent: number; allowance: number; unit: "usd" | "tokens" };
  // phases
  "checkpoint-failed": { step: string; checkpoint: string; detail: string };
  "edit-not-applicable": { step: string; path: string; detail: string };
  "nothing-built": { spec: string };
  "dependencies-diverged": { spec: string; needs: string };
  "evidence-missing": { detail: string };
  /** Approvals that stood when the lease was taken and do not stand now. */
  "approval-lost": { have: number; needs: number };
  // GitHub
  /** A rule or setting of GitHub refuses something; `rule` is a key of `explain-forge-rule.ts`. */
  "forge-refused": { rule: string; detail: string; link: string | null };
  "forge-unavailable": { status: number; detail: string };
  "event-invalid": { event: string; detail: string };
  "input-invalid": { input: string; detail: string };
  /** The run that held a lease ended without a result: cancelled, timed out, out of disk. */
  "run-lost": { result: string; link: string | null };
  /** What a phase handed over breaks a rule; nothing of it was published. */
  "hand-over-refused": { detail: string; path: string | null };
  "dispatch-failed": { workflow: string; detail: string };
  "queue-unavailable": { detail: string };
};

export type FailureReason = keyof FailureData;

/** A failure is data: a literal `reason` and what is needed to explain it. Never recognised by a message. */
export type Failure = { [R in FailureReason]: { reason: R } & FailureData[R] }[FailureReason];
