import type { ValidationConfig } from "../../../config/schema-validation.ts";
import type { Claim } from "../../../documents/schema-validation-report.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { ConfirmedReply } from "./confirm-reply.ts";

export type Thresholds = Pick<ValidationConfig, "escalate" | "unsureAbove" | "unprovenShare">;

const weight = { none: 0, minor: 1, major: 2, critical: 3 } as const;

/** Why a larger model should look at what was answered; empty when nothing speaks for it. */
export function whyEscalate(
  reply: Pick<ConfirmedReply, "findings" | "disputed">,
  claims: readonly Pick<Claim, "id" | "verdict">[],
  { escalate, unsureAbove, unprovenShare }: Thresholds,
): string[] {
  const { findings, disputed } = reply;
  const why: string[] = [];
  const unsure = findings.filter(
    ({ sure, severity }) => !sure && weight[severity] > weight[unsureAbove],
  );
  if (escalate.includes("unsure") && unsure.length > 0)
    why.push(`it was not sure of ${count(unsure.length, "finding")}`);
  const unproven = findings.filter(({ proven }) => !proven).length;
  if (escalate.includes("unproven") && unproven > findings.length * unprovenShare)
    why.push(`the quotes of ${unproven} of ${count(findings.length, "finding")} did not stand`);
  const decided = disputed.filter(({ claim }) =>
    claims.some(({ id, verdict }) => id === claim.trim() && verdict !== "unproven"),
  );
  if (escalate.includes("disagreement") && decided.length > 0)
    why.push(
      `it contradicts what code decided: ${decided.map(({ claim }) => claim.trim()).join(", ")}`,
    );
  return why;
}

const faults = {
  "model-refused": ["refused", "it refused"],
  "model-truncated": ["truncated", "its reply was cut off twice"],
  "model-invalid": ["invalid", "its reply could not be used, twice"],
} as const;

/** The same for a call without an answer. Where a larger model would fare no better, none is asked. */
export function whyEscalateFault(failure: Failure, { escalate }: Thresholds): string[] {
  if (!(failure.reason in faults)) return [];
  const [reason, words] = faults[failure.reason as keyof typeof faults];
  return escalate.includes(reason) ? [words] : [];
}

const count = (number: number, word: string): string =>
  `${number} ${word}${number === 1 ? "" : "s"}`;
