import { type Draft, record } from "./draft.ts";
import type { EventOf } from "./event.ts";
import { findOwn } from "./find-own.ts";
import { requestFix } from "./request-fix.ts";
import type { Actor } from "./role.ts";
import type { PersonFinding } from "./trigger.ts";
import { findLease, planWork } from "./work-key.ts";

type Said = {
  spec: string;
  state: EventOf<"PersonReviewed">["state"];
  head: string;
  findings: readonly PersonFinding[];
  by: Actor;
};

/**
 * What a person says of a build, in a review or by a command. Requested changes begin a fix round at once, or join the one that is
 * to come: then its build is given them, or the review after it asks for one more.
 */
export function recordPersonReview(draft: Draft, { findings, ...said }: Said): void {
  const { spec, state: verdict } = said;
  const found = findOwn(draft.state.specs, spec);
  const building = found?.fixing || findLease(draft.state, planWork(draft.state, "build", spec));
  const fixable = found?.result === "open" || found?.result === "accepted";
  record(draft, {
    type: "PersonReviewed",
    ...said,
    findings: findings.map((finding) => ({ ...finding })),
  });
  if (verdict === "changes-requested" && fixable && !building) requestFix(draft, spec, "person");
}
