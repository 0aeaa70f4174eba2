import { nameWork } from "../workflow/name-work.ts";
import type { NextStep } from "../workflow/next-step.ts";
import type { Policy } from "../workflow/policy.ts";

/** What a feature waits for: a few words for the headline, and lines that can be copied. */
export type NextInWords = { headline: string; commands: readonly string[] };

const say = (headline: string, ...commands: string[]): NextInWords => ({ headline, commands });

const refine = "/refine <what should change>";

const pauses = {
  "person-push": "paused: somebody pushed to the branch",
  "over-budget": "paused: the budget is used up",
  "pull-request-closed": "paused: the pull request was closed",
  "pull-request-retargeted": "paused: the pull request goes into another branch",
  "issue-gone": "paused: the issue was transferred or deleted",
} as const;

const running = (next: Extract<NextStep, { kind: "running" }>): string =>
  next.leases.map(nameWork).join(", ");

function retry(next: Extract<NextStep, { kind: "retry" }>): NextInWords {
  const failed = next.troubles.map(({ key }) => nameWork(key));
  const lines = next.troubles.map(
    ({ key }) => `/retry ${[key.phase, key.spec].filter(Boolean).join(" ")}`,
  );
  return say(`failed: ${failed.join(", ")}`, ...lines, refine, "/cancel");
}

/** Turns the next step into words. One row a kind; the workflow decides which it is. */
export function describeNext(next: NextStep, policy: Policy): NextInWords {
  switch (next.kind) {
    case "request":
      return say(`nothing requested yet: set the label ${next.label}`, "/design");
    case "cancelled":
      return say("cancelled", "/design");
    case "running":
      return say(`running: ${running(next)}`, "/cancel");
    case "paused":
      return say(pauses[next.why], "/continue", "/cancel");
    case "answers":
      return say("waiting for answers", "/answer <number> <choice>", "/design --assume", "/cancel");
    case "retry":
      return retry(next);
    case "design":
      return say("waiting for a design", "/design");
    case "selection":
      return say("waiting for a choice", ...next.explorations.map((id) => `/select ${id}`));
    case "validation":
      return say("waiting for validation", "/validate", refine, "/cancel");
    case "refinement":
      return say(
        `validation: ${next.verdict.replaceAll("-", " ")}`,
        ...(next.verdict === "incomplete" ? ["/validate", refine] : [refine, "/validate"]),
        "/cancel",
      );
    case "approval":
      return say("waiting for approval", next.line, refine, "/cancel");
    case "policy-changed":
      return say("the rules changed since the plan was made", refine, "/cancel");
    case "build":
      return say("ready to build", ...next.specs.map((spec) => `/build ${spec}`));
    case "review":
      return say("ready for review", ...next.specs.map((spec) => `/review ${spec}`));
    case "exhausted":
      return say(`stands below ${policy.review.threshold}: ${next.specs.join(", ")}`, refine);
    case "blocked":
      return say(`blocked: ${next.specs.join(", ")}`, "/status");
    case "merge":
      return say(`accepted, ready for you to merge: ${next.specs.join(", ")}`);
    case "done":
      return say("done");
  }
}
