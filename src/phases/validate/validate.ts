import { findReferrers } from "../../codebase/find-referrers.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { PhaseResult, PhaseTools } from "../phase.ts";
import { createQuoter, type SourceQuoter } from "../quote-source.ts";
import { renderFaults } from "../render-faults.ts";
import { type BaseFiles, listBaseFiles } from "./base-files.ts";
import { checkClaims } from "./check-claims.ts";
import type { Checked } from "./claim.ts";
import { confirmFindings } from "./confirm-findings.ts";
import { decideVerdict } from "./decide-verdict.ts";
import type { ValidateFacts } from "./facts.ts";
import { gatherExcerpts } from "./gather-excerpts.ts";
import { renderValidatePrompt, validateSystem } from "./prompt.ts";
import { readPlan } from "./read-plan.ts";
import { applyRefined, checkRefined } from "./refine-specs.ts";
import { type ValidateReply, validateReplySchema } from "./reply.ts";
import { writeResult } from "./write-result.ts";

/**
 * Holds a plan against the code of its base commit: first what a program can check, then one look of the validator
 * whose evidence is read again. What can be put right becomes a refined revision.
 */
export async function validate(facts: ValidateFacts, tools: PhaseTools): Promise<PhaseResult> {
  const { design, specs } = readPlan(facts);
  const base = await listBaseFiles(facts.snapshot);
  const commands = facts.repository.commands;
  const first = await checkClaims(design, specs, base, commands);
  const reply = await askValidator(facts, tools, first, base);
  const { specs: refined, refused } = applyRefined(reply, first.value);
  const changed = new Set(
    refined.filter((spec, index) => spec !== first.value[index]).map(({ id }) => id),
  );
  const last = changed.size === 0 ? first : await checkClaims(design, refined, base, commands);
  const findings = await confirmFindings(reply.findings, base);
  const verdict = decideVerdict({
    wrongDirection: reply.wrongDirection,
    findings,
    claims: last.claims,
    refined: changed,
  });
  return writeResult(facts, {
    design,
    specs: last.value,
    verdict,
    claims: last.claims,
    findings,
    summary: reply.summary,
    changes: [
      ...first.changes,
      ...(changed.size > 0 ? reply.changes : []),
      ...(last === first ? [] : last.changes),
    ],
    refused,
  });
}

async function askValidator(
  facts: ValidateFacts,
  tools: PhaseTools,
  checked: Checked<BuildSpec[]>,
  base: BaseFiles,
): Promise<ValidateReply> {
  const quoter = createQuoter();
  const user = await renderUser(facts, checked, base, quoter);
  for (const text of quoter.removed()) tools.progress({ kind: "note", text });
  const ask = async (step: string | null, words: string): Promise<ValidateReply> =>
    await tools.model.generate(
      {
        purpose: { role: "validator", phase: "validate", spec: null, attempt: facts.attempt, step },
        system: validateSystem,
        user: words,
        effort: "high",
      },
      "validation",
      validateReplySchema,
    );
  const first = await ask(null, user);
  const faults = checkRefined(first.specs, checked.value);
  if (faults.length === 0) return first;
  const text = "A refined spec had faults; the validator is asked once more.";
  tools.progress({ kind: "note", text });
  return await ask("faults-1", renderFaults(user, JSON.stringify(first), faults, quoter));
}

async function renderUser(
  facts: ValidateFacts,
  { value: specs, claims }: Checked<BuildSpec[]>,
  base: BaseFiles,
  quoter: SourceQuoter,
): Promise<string> {
  const touched = specs.flatMap((spec) =>
    spec.files.filter((file) => file.action !== "create").map((file) => file.path),
  );
  const referrers = await findReferrers(facts.snapshot, touched);
  const excerpts = await gatherExcerpts(specs, claims, facts.repository.ranked, base, quoter);
  return renderValidatePrompt(facts, { specs, claims, referrers, excerpts }, quoter);
}
