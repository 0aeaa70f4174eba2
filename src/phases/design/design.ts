import { documentNames } from "../../documents/name-document.ts";
import { renderProjectContext } from "../../documents/render-project-context.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Design } from "../../documents/schema-design.ts";
import { Stop } from "../../shared/stop.ts";
import type { PhaseResult, PhaseTools } from "../phase.ts";
import { createQuoter, type SourceQuoter } from "../quote-source.ts";
import { renderFaults } from "../render-faults.ts";
import { writePlan } from "../write-plan.ts";
import { checkReply } from "./check-reply.ts";
import type { DesignFacts } from "./facts.ts";
import { designSystem, renderDesignPrompt } from "./prompt.ts";
import { assumedLines } from "./questions.ts";
import { type DesignReply, designReplySchema } from "./reply.ts";

/**
 * Turns a request into a design and its BUILD specs, or into questions where it is too vague. One call of
 * the architect, and one more when a program finds faults in the reply; then the phase stops as `model-invalid`.
 */
export async function design(facts: DesignFacts, tools: PhaseTools): Promise<PhaseResult> {
  const quoter = createQuoter();
  const user = renderDesignPrompt(facts, quoter);
  for (const text of quoter.removed()) tools.progress({ kind: "note", text });
  const reply = await askArchitect(facts, tools, user, quoter);
  if (reply.needsAnswers)
    return { outcome: { kind: "questions", questions: reply.questions }, documents: {} };
  if (reply.design === null) throw new Error("a checked reply has questions or a design");
  return finish(facts, reply.design, reply.specs, quoter.removed());
}

async function askArchitect(
  facts: DesignFacts,
  tools: PhaseTools,
  user: string,
  quoter: SourceQuoter,
): Promise<DesignReply> {
  const ask = async (step: string | null, words: string): Promise<DesignReply> =>
    await tools.model.generate(
      {
        purpose: { role: "architect", phase: "design", spec: null, attempt: facts.attempt, step },
        system: designSystem,
        user: words,
        effort: "high",
      },
      "design",
      designReplySchema,
    );
  const first = await ask(null, user);
  const faults = checkReply(first, facts);
  if (faults.length === 0) return first;
  tools.progress({
    kind: "note",
    text: `The design had ${faults.length} ${faults.length === 1 ? "fault" : "faults"}; the architect is asked once more.`,
  });
  const second = await ask("faults-1", renderFaults(user, JSON.stringify(first), faults, quoter));
  const left = checkReply(second, facts);
  if (left.length === 0) return second;
  throw new Stop({
    reason: "model-invalid",
    role: "architect",
    detail: left.slice(0, 5).join("; "),
  });
}

function finish(
  facts: DesignFacts,
  proposed: Design,
  specs: readonly BuildSpec[],
  removed: readonly string[],
): PhaseResult {
  const known = new Set(proposed.assumptions);
  const assumed = assumedLines(facts).filter((line) => !known.has(line));
  const whole = { ...proposed, assumptions: [...proposed.assumptions, ...assumed] };
  const { plan, documents } = writePlan({ ...facts, design: whole, specs });
  documents[documentNames.context] = renderProjectContext({
    decisions: [
      ...whole.adrs.map(({ id, title }) => `${id}: ${title}`),
      ...specs.flatMap((spec) =>
        spec.keyDecisions.map(({ decision, reason }) => `${spec.id}: ${decision} (${reason})`),
      ),
      ...whole.assumptions.map((assumption) => `assumed: ${assumption}`),
    ],
    discoveries: [],
    notes: [...removed],
    deviations: [],
    lessons: [],
    extraSections: [],
  });
  return { outcome: { kind: "planned", plan, estimate: facts.estimate(specs) }, documents };
}
