import { createHash } from "node:crypto";
import type { ParsedCommand } from "../../src/workflow/command.ts";
import { commands } from "../../src/workflow/command-registry.ts";
import { parseCommand } from "../../src/workflow/parse-command.ts";
import type { Lease, PhaseOutcome, Plan, Spend, Verdict } from "../../src/workflow/phase.ts";
import type { Policy } from "../../src/workflow/policy.ts";
import type { Actor, Role } from "../../src/workflow/role.ts";
import type { Issue } from "../../src/workflow/trigger.ts";

/** Shared vocabulary of the workflow's tests: people, policies, plans and how phases end. */

export const person = (id: string, role: Role): Actor => ({ id, login: id, role, kind: "person" });
export const bot = (id: string, role: Role): Actor => ({ id, login: id, role, kind: "bot" });

export const issueOf = (requester: string): Issue => ({
  repository: { id: "R1", name: "acme/shop" },
  id: "I12",
  number: 12,
  title: "Collect consumption",
  body: "We want signals.",
  requester: { id: requester, login: requester },
});

export const basePolicy: Policy = {
  version: "rules-1",
  label: "archwright",
  approval: {
    roles: ["write", "maintain", "admin"],
    quorum: 1,
    requesterMayApprove: true,
    requireValidation: true,
  },
  commandRoles: {},
  review: { threshold: 90, maxRounds: 2 },
  cap: { micros: 5_000_000, tokens: 1_000_000 },
  allowance: {
    design: { micros: 200_000, tokens: 40_000 },
    validate: { micros: 100_000, tokens: 20_000 },
    build: { micros: 400_000, tokens: 80_000 },
    review: { micros: 150_000, tokens: 30_000 },
    ask: { micros: 50_000, tokens: 10_000 },
  },
  leaseMinutes: 60,
  automatic: { design: true, validate: true, build: true, review: true, ask: false },
  maxAutomaticRetries: 1,
};

export const hashOf = (seed: string): string => createHash("sha256").update(seed).digest("hex");

/** `shape` lists what each spec depends on: `[[], [], [1, 2]]` is two beside each other and one after both. */
export const planOf = (seed: string, shape: readonly (readonly number[])[] = [[]]): Plan => ({
  hash: hashOf(seed),
  revision: 1,
  base: "b".repeat(40),
  policyVersion: basePolicy.version,
  specs: shape.map((dependsOn, index) => ({
    id: specId(index + 1),
    title: `Part ${index + 1}`,
    dependsOn: dependsOn.map(specId),
    document: `${specId(index + 1)}.md`,
  })),
});

export const specId = (number: number): string => `BUILD_0${number}`;

export const spendOf = (micros: number | null, role = "builder"): Spend => ({
  role,
  model: "scripted:one",
  micros,
  input: 700,
  cacheRead: 0,
  cacheWrite: 0,
  output: 300,
  reasoning: 0,
  requests: 1,
});

export const outcomes = {
  questions: (): PhaseOutcome => ({
    kind: "questions",
    questions: [
      {
        id: "1",
        text: "Who writes?",
        decides: "locking",
        options: [{ key: "b", text: "two" }],
        default: "b",
      },
      { id: "2", text: "How many?", decides: "size", options: [], default: null },
    ],
  }),
  planned: (plan: Plan): PhaseOutcome => ({
    kind: "planned",
    plan,
    estimate: { low: 1, high: 2, basis: "tokens" },
  }),
  validated: (
    validated: string,
    verdict: Verdict = "ready",
    refined: Plan | null = null,
  ): PhaseOutcome => ({
    kind: "validated",
    validated,
    verdict,
    report: "validation-1.md",
    checked: 4,
    unproven: 1,
    refuted: 0,
    refined,
  }),
  built: (head: string): PhaseOutcome => ({
    kind: "built",
    branch: "archwright/12",
    base: "b".repeat(40),
    head,
    commits: 2,
    checkpoints: [{ step: "S-1", name: "unit", command: "npm test", passed: true, seconds: 1.5 }],
    deviations: 0,
  }),
  scored: (head: string, score: number): PhaseOutcome => ({
    kind: "scored",
    head,
    score,
    threshold: 90,
    accepted: score >= 90,
    report: "review.md",
    gates: [],
    findings: score >= 90 ? 0 : 2,
  }),
  answered: (): PhaseOutcome => ({ kind: "answered", document: "answers/1.md" }),
  failed: (reason: string): PhaseOutcome => ({
    kind: "failed",
    reason,
    failure: { reason, detail: "d" },
    step: "S-1",
    work: null,
  }),
};

/** A command as a person wrote it. A line that is not one of ours is a fault of the test. */
export function written(line: string): ParsedCommand {
  const parsed = parseCommand(line, commands);
  if (parsed.kind !== "command") throw new Error(`not a command: ${line} (${parsed.kind})`);
  return parsed.command;
}

/** How a phase ends when all goes well. */
export function goodOutcome(lease: Lease, plan: Plan | null, next: Plan): PhaseOutcome {
  switch (lease.phase) {
    case "design":
      return outcomes.planned(next);
    case "validate":
      return outcomes.validated(plan?.hash ?? "");
    case "build":
      return outcomes.built(hashOf(`${lease.nonce}-head`).slice(0, 40));
    case "review":
      return outcomes.scored(hashOf(lease.nonce).slice(0, 40), 95);
    case "ask":
      return outcomes.answered();
  }
}
