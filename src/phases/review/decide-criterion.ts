import type { Criterion } from "../../documents/schema-build-spec.ts";
import type { CriterionVerdict, Proof } from "../../documents/schema-review-report.ts";
import { type CommandOutcome, passed } from "../../workspace/port.ts";
import { describeEnding } from "../describe-outcome.ts";
import type { BaseProof } from "./prove-on-base.ts";
import type { ClaimedVerdict } from "./review-reply.ts";

type Verdict = CriterionVerdict["verdict"];

/** Criteria that only a test of the new behaviour shows. The other kinds may also guard what held before. */
const SHOWN_BY_TESTS: ReadonlySet<Criterion["kind"]> = new Set(["unit", "integration", "e2e"]);

/** Criteria that something missing can show. Of behaviour it shows nothing: what was never there is absent too. */
const SHOWN_BY_ABSENCE: ReadonlySet<Criterion["kind"]> = new Set([
  "absence",
  "security",
  "inspection",
]);

/** Whether a kind of proof can show a kind of criterion at all. */
const canShow = (criterion: Criterion, kind: Proof["kind"]): boolean => {
  if (kind === "quote") return criterion.kind !== "absence";
  return kind === "absence" ? SHOWN_BY_ABSENCE.has(criterion.kind) : true;
};

export const mayGuard = (criterion: Criterion): boolean => !SHOWN_BY_TESTS.has(criterion.kind);

/** A criterion with `verify` is decided by that command alone, whatever the reviewer says. */
export function decideByCommand(
  criterion: Criterion,
  results: ReadonlyMap<string, CommandOutcome>,
  onBase: ReadonlyMap<string, BaseProof>,
  note: string,
): CriterionVerdict {
  const name = criterion.verify ?? "";
  const decided = judgeCommand(criterion, results.get(name), onBase.get(name));
  const proof: Proof = {
    kind: "command",
    path: "",
    startLine: 0,
    endLine: 0,
    text: name,
    confirmed: decided.verdict !== "unproven",
    note: decided.note,
  };
  const { id, level, text } = criterion;
  return { id, level, text, verdict: decided.verdict, proofs: [proof], note };
}

function judgeCommand(
  criterion: Criterion,
  outcome: CommandOutcome | undefined,
  base: BaseProof | undefined,
): { verdict: Verdict; note: string } {
  if (!outcome) return { verdict: "unproven", note: "no command of that name was run" };
  if (outcome.ended === "not-started")
    return { verdict: "unproven", note: describeEnding(outcome) };
  if (!passed(outcome)) return { verdict: "unmet", note: describeEnding(outcome) };
  if (!base) return { verdict: "unproven", note: "it was not tried on the base" };
  if (base.proves) return { verdict: "met", note: base.note };
  return base.guards && mayGuard(criterion)
    ? {
        verdict: "met",
        note: "passes at the head as it does on the untouched base: what held still holds",
      }
    : { verdict: "unproven", note: base.note };
}

/**
 * The verdict of the reviewer, as far as its proofs hold. Met and partly without any confirmed proof are unproven; a quote cannot
 * show that something is absent, nor an absence that something works.
 */
export function decideByProofs(
  criterion: Criterion,
  claimed: ClaimedVerdict | undefined,
  proofs: readonly Proof[],
): CriterionVerdict {
  const { id, level, text } = criterion;
  const verdict = claimed?.verdict ?? "unproven";
  const given = {
    id,
    level,
    text,
    proofs: [...proofs],
    note: claimed?.note ?? "no verdict was given",
  };
  if (verdict === "unmet" || verdict === "unproven") return { ...given, verdict };
  const counted = proofs.filter(({ kind, confirmed }) => confirmed && canShow(criterion, kind));
  if (counted.length > 0) return { ...given, verdict };
  const why = whyNot(proofs);
  return {
    ...given,
    verdict: "unproven",
    note: `claimed ${verdict}, but ${why}. ${given.note}`.trim(),
  };
}

export const whyNot = (proofs: readonly Proof[]): string => {
  if (proofs.length === 0) return "no proof was given";
  return proofs.some(({ confirmed }) => confirmed)
    ? "proofs of this kind cannot show it"
    : "no proof could be confirmed";
};

/** Whether the reviewer must be asked once more: it claims something, and what it gives for it does not hold. */
export function isInDoubt(
  criterion: Criterion,
  claimed: ClaimedVerdict | undefined,
  proofs: readonly Proof[],
): boolean {
  if (claimed?.verdict !== "met" && claimed?.verdict !== "partly") return false;
  if (proofs.some(({ confirmed }) => !confirmed)) return true;
  return decideByProofs(criterion, claimed, proofs).verdict === "unproven";
}
