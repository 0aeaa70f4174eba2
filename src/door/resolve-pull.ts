import type { Delivery } from "../forge/github/delivery.ts";
import type { People } from "../forge/github/people.ts";
import { stripHidden } from "../shared/hidden-text.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { Actor } from "../workflow/role.ts";
import type { PersonFinding, Trigger } from "../workflow/trigger.ts";
import { type BranchFeature, findFeatureOfBranch } from "./find-feature-of-branch.ts";
import { ignore, type ResolveContext, type Resolved } from "./resolve-context.ts";

type PullDelivery = Extract<Delivery, { pull: unknown }>;
type ReviewDelivery = Extract<Delivery, { kind: "review" }>;

/** Findings that one review may have, and characters of each: what a fix round can be asked to read. */
const MOST_FINDINGS = 100;
const LONGEST_FINDING = 10_000;

const finding = (path: string | null, line: number | null, text: string): PersonFinding[] => {
  const visible = stripHidden(text.slice(0, LONGEST_FINDING)).text.trim();
  return visible === "" ? [] : [{ path, line, text: visible }];
};

async function readFindings(
  people: People,
  { pull, review }: ReviewDelivery,
): Promise<Result<PersonFinding[]>> {
  const remarks = await people.reviewComments(pull.number, review.id);
  if (!remarks.ok) return remarks;
  const atLines = remarks.value.flatMap(({ path, line, body }) => finding(path, line, body));
  return succeed([...finding(null, null, review.body), ...atLines].slice(0, MOST_FINDINGS));
}

/**
 * Whether the pull request is that of the spec. Whoever may write can open a second one from the same branch into a branch of their own: that
 * it is merged or closed there says nothing of ours.
 */
function isOurs({ pull }: PullDelivery, { feature }: BranchFeature, branch?: string): boolean {
  const { baseBranch } = pull;
  if (branch === undefined || baseBranch === branch) return true;
  if (baseBranch.startsWith("archwright/")) return true;
  return feature.events.some(
    (event) => event.type === "FeaturePaused" && event.why === "pull-request-retargeted",
  );
}

type Found = { delivery: PullDelivery; own: BranchFeature; actor: () => Promise<Actor> };

/** The trigger of what happened to one of our pull requests; a word why there is none. */
async function toTrigger(
  { delivery, own, actor }: Found,
  context: ResolveContext,
): Promise<Result<Trigger | string>> {
  const { source, pull } = delivery;
  const { spec, feature } = own;
  const base = { source, at: context.now().toISOString(), runId: context.runId, spec };
  switch (delivery.kind) {
    case "review": {
      const findings = await readFindings(context.people, delivery);
      if (!findings.ok) return findings;
      const { state, head } = delivery.review;
      const said = { state, head, findings: findings.value };
      return succeed({ ...base, ...said, kind: "person-review", actor: await actor() });
    }
    case "pull-closed": {
      const { merged } = delivery;
      return succeed({ ...base, kind: "pull-request-closed", actor: await actor(), merged });
    }
    case "pull-pushed": {
      const { branch, head } = pull;
      if (feature.state.specs[spec]?.build?.head === head) return succeed("it is our own push");
      return succeed({ ...base, kind: "person-push", actor: await actor(), branch, head });
    }
    case "pull-retargeted":
      return succeed({
        ...base,
        kind: "moved",
        actor: await actor(),
        what: "pull-request-retargeted",
      });
  }
}

/** What happened to a pull request means something only where it is that of a spec of ours. */
export async function resolvePull(
  delivery: PullDelivery,
  actor: () => Promise<Actor>,
  context: ResolveContext,
): Promise<Result<Resolved>> {
  const found = await findFeatureOfBranch(context.ledger, delivery.pull);
  if (!found.ok) return found;
  if (found.value === null) return succeed(ignore("the pull request is none of ours"));
  if (delivery.kind === "pull-closed" && !isOurs(delivery, found.value, context.branch)) {
    return succeed(
      ignore(`it is another pull request of the branch, into ${delivery.pull.baseBranch}`),
    );
  }
  const trigger = await toTrigger({ delivery, own: found.value, actor }, context);
  if (!trigger.ok) return trigger;
  if (typeof trigger.value === "string") return succeed(ignore(trigger.value));
  const { issue } = found.value.feature;
  const thread = delivery.pull.number;
  return succeed({
    kind: "trigger",
    issue,
    thread,
    comment: null,
    documents: {},
    trigger: trigger.value,
  });
}
