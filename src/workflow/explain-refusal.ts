import { formatMicros } from "../shared/money.ts";
import type { Refusal, RefusalData, RefusalReason } from "./refusal.ts";

/** What happened, and what to do about it. Both are plain sentences; `code` spans hold what can be copied. */
export type Explanation = { what: string; remedy: string };

type Explain<R extends RefusalReason> = (data: RefusalData[R]) => Explanation;

const list = (words: readonly string[], empty: string): string =>
  words.length > 0 ? words.map((word) => `\`${word}\``).join(", ") : empty;

const work = (phase: string, spec: string | null): string => (spec ? `${phase} of ${spec}` : phase);

const pauses = {
  "person-push": "somebody pushed to the branch",
  "over-budget": "the budget is used up",
  "pull-request-closed": "the pull request was closed",
  "pull-request-retargeted": "the pull request goes into another branch now",
  "issue-gone": "the issue was transferred or deleted",
} as const;

const copy = (line: string): string => `Copy as a new comment: \`${line}\``;

const blockedWords = {
  "wrong-direction": "The validation found that this plan goes in a wrong direction.",
  "needs-refinement": "The validation found that this plan needs to be refined.",
  incomplete: "Part of the validation of this plan could not be done.",
} as const;

const explanations: { [R in RefusalReason]: Explain<R> } = {
  "already-seen": () => ({
    what: "This was handled before.",
    remedy: "Nothing needs to be done.",
  }),
  "nothing-to-do": ({ what }) => ({
    what: `Nothing follows from this: ${what}.`,
    remedy: "Nothing needs to be done.",
  }),
  "other-label": ({ label }) => ({
    what: `The label \`${label}\` starts nothing here.`,
    remedy: "Nothing needs to be done.",
  }),
  "not-a-person": ({ login }) => ({
    what: `\`${login}\` is not a person, and an approval is a person's decision.`,
    remedy: "Let a person say it.",
  }),
  "role-too-low": ({ action, role, needs }) => ({
    what: `${action} needs one of: ${needs.join(", ")}. Your role is ${role}.`,
    remedy: "Ask somebody with that role, or have the policy changed on the default branch.",
  }),
  "unknown-command": ({ name }) => ({
    what: `There is no command \`/${name}\`.`,
    remedy: "See `/help`.",
  }),
  "bad-arguments": ({ usage, detail }) => ({
    what: `The command was not understood: ${detail}.`,
    remedy: `Write it as \`${usage}\``,
  }),
  "no-feature": ({ label }) => ({
    what: "Nothing has been designed for this issue.",
    remedy: `Set the label \`${label}\` or write \`/design\``,
  }),
  "already-open": () => ({
    what: "This issue is under way already; the label starts it only once.",
    remedy: "To design it anew, write `/design`",
  }),
  cancelled: () => ({
    what: "This issue was cancelled.",
    remedy: "Somebody with write access opens it again by `/design`",
  }),
  completed: () => ({
    what: "Everything planned is accepted.",
    remedy: "Merge it, request changes in a review, or change the plan by `/refine`",
  }),
  paused: ({ why }) => ({
    what: `The work is paused: ${pauses[why]}.`,
    remedy: "To go on, write `/continue`",
  }),
  "not-paused": () => ({
    what: "The work is not paused.",
    remedy: "See `/status` for what it waits for.",
  }),
  "already-running": ({ phase, spec }) => ({
    what: `The ${work(phase, spec)} is running.`,
    remedy: "Wait for its result, or stop everything by `/cancel`",
  }),
  "outcome-mismatch": ({ phase, outcome }) => ({
    what: `A ${phase} cannot end as ${outcome}; the result was not taken.`,
    remedy: "See the run log. The lease ends by itself; then write `/retry`",
  }),
  "no-plan": ({ explorations }) => ({
    what: "There is no plan yet.",
    remedy:
      explorations.length > 0
        ? `Take one by \`/select\`: ${list(explorations, "")}`
        : "Wait for the design, or ask for one by `/design`",
  }),
  "no-questions": () => ({
    what: "No question is open.",
    remedy: "To change the plan, write `/refine <what should change>`",
  }),
  "unknown-question": ({ question, known }) => ({
    what: `There is no question ${question}.`,
    remedy: `Open are: ${list(known, "none")}`,
  }),
  "unknown-exploration": ({ exploration, known }) => ({
    what: `No exploration named \`${exploration}\` has a plan.`,
    remedy: `With a plan are: ${list(known, "none")}`,
  }),
  "already-selected": ({ exploration }) => ({
    what: `\`${exploration}\` is the selected exploration.`,
    remedy: "Nothing needs to be done.",
  }),
  "plan-unchanged": () => ({
    what: "The edit changes nothing of what the plan means.",
    remedy: "Nothing needs to be done; approvals still hold.",
  }),
  "comment-edited": ({ line }) => ({
    what: "An edited comment does not approve.",
    remedy: copy(line),
  }),
  "hash-missing": ({ line }) => ({
    what: "An approval names the plan it approves.",
    remedy: copy(line),
  }),
  "hash-mismatch": ({ given, line }) => ({
    what: `\`${given}\` is not the current plan (at least 7 characters of its hash).`,
    remedy: `Read the current plan first. ${copy(line)}`,
  }),
  "hash-ambiguous": ({ given, line }) => ({
    what: `\`${given}\` could be more than one plan.`,
    remedy: copy(line),
  }),
  "requester-may-not-approve": ({ login }) => ({
    what: `\`${login}\` asked for this, and the policy wants another person's approval.`,
    remedy: "Let somebody else approve, or set `approval.requester_may_approve`",
  }),
  "already-approved": ({ login, have, needs }) => ({
    what: `\`${login}\` has approved this plan: ${have} of ${needs}.`,
    remedy: "One person counts once; another person must approve.",
  }),
  "not-validated": ({ running, line }) => ({
    what: "This plan has no verdict of a validation.",
    remedy: `${running ? "Wait for the validation." : "Write `/validate` first."} A maintainer may skip it: \`${line}\``,
  }),
  "validation-blocks": ({ verdict, line }) => ({
    what: blockedWords[verdict],
    remedy: `Write ${verdict === "incomplete" ? "`/validate` to check again" : "`/refine <what should change>`"}. A maintainer may overrule it: \`${line}\``,
  }),
  "unvalidated-needs-maintainer": ({ role }) => ({
    what: `\`--unvalidated\` needs maintain or admin. Your role is ${role}.`,
    remedy: "Ask a maintainer, or wait for the validation.",
  }),
  "policy-changed": () => ({
    what: "The rules changed since this plan was made; an approval of it does not count.",
    remedy: "Make a revision under the new rules by `/refine <what should change>` or `/design`",
  }),
  "not-approved": ({ have, needs, line }) => ({
    what: `A build needs ${needs} live approval${needs === 1 ? "" : "s"} of the current plan; it has ${have}.`,
    remedy: copy(line),
  }),
  "spec-missing": ({ line, known }) => ({
    what: `More than one spec is built: ${list(known, "none")}.`,
    remedy: `Name the one you mean, or say it on its pull request: \`${line}\``,
  }),
  "unknown-spec": ({ spec, known }) => ({
    what: `The plan has no spec \`${spec}\`.`,
    remedy: `It has: ${list(known, "none")}`,
  }),
  "dependency-open": ({ spec, waitsFor }) => ({
    what: `${spec} waits for ${waitsFor.join(", ")}.`,
    remedy: "It starts by itself when they are accepted.",
  }),
  "already-built": ({ spec }) => ({
    what: `${spec} is built.`,
    remedy: `Score it by \`/review ${spec}\``,
  }),
  "not-built": ({ spec }) => ({
    what: `${spec} has not been built.`,
    remedy: `Build it by \`/build ${spec}\``,
  }),
  "spec-finished": ({ spec, result }) => ({
    what: `${spec} is ${result}.`,
    remedy:
      result === "exhausted"
        ? "Its fix rounds are used up: finish the branch by hand, or change the plan by `/refine`"
        : "To change it, change the plan by `/refine`",
  }),
  "nothing-to-build": () => ({
    what: "No spec is ready to be built.",
    remedy: "See `/status` for what each waits for.",
  }),
  "nothing-to-retry": ({ known }) => ({
    what: "Nothing of that name has failed.",
    remedy: known.length > 0 ? `Failed are: ${list(known, "")}` : "See `/status`.",
  }),
  "over-budget": ({ phase, needed, remaining, cap, unit }) => {
    const show = (amount: number): string =>
      unit === "micros" ? formatMicros(amount) : `${amount} tokens`;
    return {
      what: `The ${phase} may cost ${show(needed)}; ${show(remaining)} of ${show(cap)} is left.`,
      remedy: "Raise the cap of the issue on the default branch, then write the same again.",
    };
  },
};

/** Turns a refusal into words: short sentences, what happened and the remedy. */
export const explainRefusal = (refusal: Refusal): Explanation =>
  (explanations[refusal.reason] as (data: Refusal) => Explanation)(refusal);
