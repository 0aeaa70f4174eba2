import type { Check, Claim, Gap } from "../../documents/schema-validation-report.ts";
import type { Verdict } from "../../workflow/phase.ts";
import { isHopeless } from "./check-completeness.ts";
import { type JudgedFinding, listOpen, listUndone } from "./decide-verdict.ts";

type Told = {
  verdict: Verdict;
  claims: readonly Claim[];
  findings: readonly JudgedFinding[];
  refined: ReadonlySet<string>;
  gaps: readonly Gap[];
  checks: readonly Check[];
};

/** Why the verdict is what it is, in one or two sentences of code's own. */
export function describeVerdict(told: Told): string {
  return [reasonOf(told), describeUndone(told.checks)].filter(Boolean).join(" ");
}

function reasonOf(told: Told): string {
  switch (told.verdict) {
    case "wrong-direction":
      return `No edit of the specs saves this plan: ${idsOf(listDirection(told))}. The design has to be made anew.`;
    case "needs-refinement":
      return `To be put right: ${listTodo(told).join(", ")}.`;
    case "incomplete":
      return "Nothing that was checked stands against the plan.";
    case "ready":
      return told.checks.length > 0
        ? "Every claim that could be checked is true, and no proven finding above minor is open."
        : "Every claim that could be checked is true.";
  }
}

const idsOf = (all: readonly { id: string }[]): string => all.map(({ id }) => id).join(", ");

const listDirection = ({ findings }: Told): JudgedFinding[] =>
  findings.filter(
    ({ aboutDirection, proven, severity }) => aboutDirection && proven && severity === "critical",
  );

function listTodo(told: Told): string[] {
  const wrong = told.claims.filter(({ verdict }) => verdict === "false");
  const open = listOpen(told);
  const hopeless = isHopeless(told.gaps)
    ? told.gaps.filter(({ severity }) => severity === "critical")
    : [];
  const parts = [
    hopeless.length > 0
      ? `${hopeless.map(({ source, text }) => `${source}, ${text}`).join("; ")}`
      : "",
    wrong.length > 0 ? `${count(wrong.length, "false claim")} (${idsOf(wrong)})` : "",
    open.length > 0 ? `${count(open.length, "finding")} above minor (${idsOf(open)})` : "",
  ];
  return parts.filter((part) => part !== "");
}

function describeUndone(checks: readonly Check[]): string {
  const undone = listUndone(checks);
  if (undone.length === 0) return "";
  const each = undone.map(({ name, state, note }) => {
    const how = state === "unsettled" ? "a larger model was wanted and did not answer" : "not done";
    return `${name} (${how}: ${note.replace(/\.$/, "")})`;
  });
  return `Not checked in full: ${each.join("; ")}. \`/validate\` checks again.`;
}

const count = (number: number, word: string): string =>
  `${number} ${word}${number === 1 ? "" : "s"}`;
