import type { ValidationConfig } from "../../config/schema-validation.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Check } from "../../documents/schema-validation-report.ts";
import type { Tried } from "../../model/port.ts";
import type { PhaseTools } from "../phase.ts";
import type { SourceQuoter } from "../quote-source.ts";
import { renderFaults } from "../render-faults.ts";
import { beginClimb, climb } from "./checks/climb.ts";
import { planLadder, type Rung } from "./checks/plan-ladder.ts";
import { describeClimb, purpose } from "./checks/run-checks.ts";
import { whyEscalateFault } from "./checks/why-escalate.ts";
import { type RefineReply, refineReplySchema, refineSystem } from "./refine-prompt.ts";
import { checkRefined } from "./refine-specs.ts";

export type Refinement = { check: Check; reply: RefineReply };

const noChange: RefineReply = { specs: [], changes: [], resolved: [] };

/** Beside the checks, when none was needed or none could be asked for. */
export const unrefined = (note: string): Check => ({
  ...{ name: "refinement", state: "skipped", tier: null, model: null, micros: null },
  escalated: [],
  note,
});

/**
 * Asks for whole refined specs: of the medium model, of the large one where that does not answer. One whose specs may not take the
 * place of those they refine is asked once more with their faults. Without an answer nothing is refined, and the report says so.
 */
export async function refine(
  request: {
    user: string;
    specs: readonly BuildSpec[];
    config: ValidationConfig;
    attempt: number;
    quoter: SourceQuoter;
  },
  tools: PhaseTools,
): Promise<Refinement> {
  const { user, specs, config, attempt, quoter } = request;
  const ladder = planLadder(
    (tier) => tools.model.nameModel("validator", tier),
    config,
    config.highest === "small" ? "small" : "medium",
  );
  const ask = openAsk(attempt, tools);
  const climbed = await climb(beginClimb<RefineReply>(ladder), {
    ask: async (rung) => {
      tools.progress({ kind: "note", text: `Specs are refined, ${rung.tier} model.` });
      const first = await ask(rung, "refinement", user);
      const faults = first.ok ? checkRefined(first.value.specs, specs) : [];
      if (!first.ok || faults.length === 0) return first;
      const text = "A refined spec had faults; the validator is asked once more.";
      tools.progress({ kind: "note", text });
      const again = renderFaults(user, JSON.stringify(first.value), faults, quoter);
      const second = await ask(rung, "refinement-faults", again);
      const micros =
        first.micros === null || second.micros === null ? null : first.micros + second.micros;
      return { ...second, micros };
    },
    doubt: (tried) => ("failure" in tried ? whyEscalateFault(tried.failure, config) : []),
  });
  const { micros, escalated, answer } = climbed;
  const check = { name: "refinement" as const, ...describeClimb(climbed), micros };
  return {
    check: { ...check, escalated: [...escalated] },
    reply: answer?.value ?? noChange,
  };
}

type Ask = (rung: Rung, step: string, words: string) => Promise<Tried<RefineReply>>;

function openAsk(attempt: number, tools: PhaseTools): Ask {
  return async ({ tier }, step, words) =>
    await tools.model.tryGenerate(
      {
        purpose: { ...purpose, attempt, step },
        system: refineSystem,
        user: words,
        effort: tier === "small" ? "medium" : "high",
        tier,
      },
      "refinement",
      refineReplySchema,
    );
}
