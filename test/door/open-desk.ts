import { derivePolicy } from "../../src/config/derive-policy.ts";
import { configSchema } from "../../src/config/schema.ts";
import type { ResolveContext } from "../../src/door/resolve-trigger.ts";
import type { DeliveredComment, Delivery, Sender } from "../../src/forge/github/delivery.ts";
import type { People } from "../../src/forge/github/people.ts";
import { openMemoryLedger } from "../../src/ledger/memory-ledger.ts";
import type { JsonObject } from "../../src/ledger/port.ts";
import { writePlan } from "../../src/phases/write-plan.ts";
import type { Plan } from "../../src/workflow/phase.ts";
import { consumptionDesign, consumptionSpec } from "../phases/signal-plan.ts";
import { issueOf } from "../workflow/world.ts";

export const sender = (login: string, kind: Sender["kind"] = "person"): Sender => ({
  id: `id-${login}`,
  login,
  kind,
});
export const us = sender("archwright[bot]", "bot");
export const NOW = "2026-11-21T10:00:00.000Z";
export const BRANCH = "archwright/12-collect-consumption-01";
export const HEAD = "a".repeat(40);

export const commentOf = (author: Sender, body: string, change = {}): DeliveredComment => ({
  id: "77",
  body,
  author,
  createdAt: NOW,
  updatedAt: NOW,
  ...change,
});

/** GitHub as the door asks it: roles, one comment, one pull request. Counts what was asked. */
export type Answers = {
  roles?: Record<string, "write" | "read" | "maintain" | "triage">;
  comment?: DeliveredComment | null;
  branch?: string | null;
  remarks?: { path: string; line: number | null; body: string }[];
};

function answering(answers: Answers, asked: string[]): People {
  return {
    roleOf: async (login) => {
      asked.push(`role of ${login}`);
      return answers.roles?.[login] ?? "none";
    },
    issue: async (number) => ({ ok: true, value: { ...issueOf("rita"), number } }),
    pull: async (number) => {
      const branch = answers.branch;
      if (!branch) return { ok: true, value: null };
      const pull = { number, authorId: us.id, branch, head: HEAD, fork: false, baseBranch: "main" };
      return { ok: true, value: pull };
    },
    comment: async () => ({ ok: true, value: answers.comment ?? null }),
    reviewComments: async () => ({ ok: true, value: answers.remarks ?? [] }),
  };
}

const by = { id: "id-mary", login: "mary", role: "maintain", kind: "person" };

/** The ledger of issue 12: planned, approved by comment 50, built. */
function events(plan: Plan): JsonObject[] {
  const base = { v: 1, at: NOW };
  const { repository, id, number, title, requester } = issueOf("rita");
  const opened = { type: "FeatureOpened", repository, issue: { id, number, title }, requester, by };
  const posted = {
    type: "PlanPosted",
    exploration: "main",
    plan,
    estimate: null,
    origin: "architect",
  };
  const built = {
    ...{ type: "BuildCompleted", spec: plan.specs[0]?.id, attempt: 1, round: 0, branch: BRANCH },
    ...{ base: plan.base, head: HEAD, commits: 2, deviations: 0 },
  };
  const approved = { type: "PlanApproved", planHash: plan.hash, comment: "50", unvalidated: false };
  return [opened, { ...posted, by: null }, { ...approved, by }, built].map((event, index) => ({
    ...base,
    source: `seed-${index}`,
    ...event,
  }));
}

export type Desk = {
  context: ResolveContext;
  asked: string[];
  plan: Plan;
  documents: Record<string, string>;
};

/** A door's desk over a ledger with one feature, and what GitHub would answer. */
export async function openDesk(answers: Answers = {}, config: object = {}): Promise<Desk> {
  const ledger = openMemoryLedger();
  const parsed = configSchema.parse(config);
  const policy = derivePolicy(parsed);
  const { plan, documents } = writePlan({
    design: consumptionDesign,
    specs: [consumptionSpec],
    revision: 1,
    base: "b".repeat(40),
    policyVersion: policy.version,
  });
  const appended = await ledger.append({
    issue: 12,
    parent: null,
    events: events(plan),
    documents,
  });
  if (!appended.ok) throw new Error(JSON.stringify(appended.failure));
  const asked: string[] = [];
  const context: ResolveContext = {
    people: answering(answers, asked),
    ledger,
    config: parsed,
    policy,
    own: new Set([us.id]),
    now: () => new Date(NOW),
    runId: "actions:1:1",
  };
  return { context, asked, plan, documents };
}

/** A comment of somebody on issue 12, as it was delivered. */
export function said(
  author: Sender,
  body: string,
  change: Partial<Extract<Delivery, { kind: "comment" }>> = {},
): Extract<Delivery, { kind: "comment" }> {
  return {
    kind: "comment",
    action: "created",
    source: "comment:77",
    sender: author,
    repositoryId: "R1",
    thread: 12,
    issue: issueOf("rita"),
    comment: commentOf(author, body),
    ...change,
  };
}
