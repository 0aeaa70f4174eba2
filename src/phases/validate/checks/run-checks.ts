import type { ValidationConfig } from "../../../config/schema-validation.ts";
import type { Check, CheckName, Claim } from "../../../documents/schema-validation-report.ts";
import type { ModelTier } from "../../../model/port.ts";
import { explainFailure } from "../../../shared/explain-failure.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { PhaseTools } from "../../phase.ts";
import { beginClimb, type Climb, type Climber, climb, noteDoubt, stateOf } from "./climb.ts";
import { type ConfirmedReply, confirmReply, type Files } from "./confirm-reply.ts";
import { findDisagreements, type Opinion } from "./find-disagreements.ts";
import { type CheckKind, checkKinds } from "./kinds.ts";
import { planLadder, type Rung } from "./plan-ladder.ts";
import type { CheckReply } from "./reply.ts";
import { whyEscalate, whyEscalateFault } from "./why-escalate.ts";

/** What the checks are given: the same words, the files that quotes are read in, and the claims that code has decided. */
export type Bench = {
  user: string;
  files: Files;
  claims: readonly Claim[];
  config: ValidationConfig;
  attempt: number;
};

/** What a check came to, for the report, with its reply where there is one. */
export type CheckResult = {
  check: Check & { name: CheckName };
  reply: ConfirmedReply | null;
  failure: Failure | null;
};

/** How deep each size thinks. */
export const efforts = { small: "low", medium: "medium", large: "high" } as const;
/** Room for the findings of one check and the thinking before them: what is reserved of the allowance while it runs. */
const mostOutput = 12_000;

type Running = { kind: CheckKind; climber: Climber<ConfirmedReply>; at: Climb<ConfirmedReply> };

/**
 * Asks the four checks at once, each from the small model up. One that fails does not lose the others. Where they contradict each
 * other, those that do are asked once more, of the next larger model.
 */
export async function runChecks(bench: Bench, tools: PhaseTools): Promise<CheckResult[]> {
  const ladder = planLadder((tier) => tools.model.nameModel("validator", tier), bench.config);
  const first = await Promise.all(
    checkKinds.map(async (kind): Promise<Running> => {
      const climber = openClimber(kind, bench, tools);
      return { kind, climber, at: await climb(beginClimb<ConfirmedReply>(ladder), climber) };
    }),
  );
  const settled = bench.config.escalate.includes("disagreement") ? await settle(first) : first;
  return settled.map(({ kind, at }) => describe(kind, at));
}

function openClimber(kind: CheckKind, bench: Bench, tools: PhaseTools): Climber<ConfirmedReply> {
  const { user, files, claims, config, attempt } = bench;
  return {
    ask: async ({ tier }) => {
      tools.progress({ kind: "note", text: `Check: ${kind.name}, ${tier} model.` });
      const tried = await tools.model.tryGenerate(
        {
          purpose: { ...purpose, attempt, step: kind.name },
          system: kind.system,
          user: `${user}\n\n# Your question\n\n${kind.question}`,
          effort: efforts[tier],
          maxOutput: mostOutput,
          tier,
        },
        `validation_${kind.name}`,
        kind.schema,
      );
      if (!tried.ok) return tried;
      const value = await confirmReply(kind.name, tried.value as Partial<CheckReply>, files);
      return { ...tried, value };
    },
    doubt: (tried) =>
      "failure" in tried
        ? whyEscalateFault(tried.failure, config)
        : whyEscalate(tried.value, claims, config),
  };
}

export const purpose = { role: "validator", phase: "validate", spec: null } as const;

async function settle(all: readonly Running[]): Promise<Running[]> {
  const opinions = all.flatMap(({ kind, at }): Opinion[] =>
    at.answer && at.failure === null ? [{ name: kind.name, reply: at.answer.value }] : [],
  );
  const why = findDisagreements(opinions);
  return await Promise.all(
    all.map(async (running): Promise<Running> => {
      const { kind, climber, at } = running;
      const words = why.get(kind.name);
      if (words === undefined || at.answer === null || at.left.length === 0) return running;
      return { ...running, at: await climb(noteDoubt(at, at.answer.rung, words), climber) };
    }),
  );
}

function describe(kind: CheckKind, at: Climb<ConfirmedReply>): CheckResult {
  const { answer, failure, micros, escalated } = at;
  const check = { name: kind.name, ...describeClimb(at), micros, escalated: [...escalated] };
  return { check, reply: answer?.value ?? null, failure };
}

/** Who answered, and what is to be said where nobody did. */
export function describeClimb<T>(
  at: Climb<T>,
): Pick<Check, "state" | "tier" | "model" | "note"> & { tier: ModelTier | null } {
  const rung: Rung | null = at.answer?.rung ?? null;
  return {
    state: stateOf(at),
    tier: rung?.tier ?? null,
    model: rung?.model ?? null,
    note: at.failure === null ? "" : explainFailure(at.failure).what,
  };
}
