import type { ViewPullRequest } from "../port.ts";
import { readMarked } from "./comment-marker.ts";
import { createPull } from "./create-pull.ts";
import { type FoundPull, findPull } from "./find-pull.ts";
import { saysTheSame } from "./fit-comment.ts";
import { findOwnership, type PullOwnership, renderPull } from "./pull-text.ts";
import { reconcileCheck } from "./reconcile-check.ts";
import {
  createOnce,
  type Desk,
  hasRule,
  isRefusal,
  note,
  take,
  tryWrite,
} from "./reconcile-desk.ts";
import { clearRefusal, tellRefusal } from "./reconcile-pull-refusal.ts";
import { reconcileReviews } from "./reconcile-reviews.ts";

/** Opens or adopts the pull request of a spec and brings it up to date. One that a person closed is left closed. */
export async function reconcilePull(desk: Desk, wanted: ViewPullRequest): Promise<void> {
  const found = take(await findPull(desk, wanted.branch));
  if (found && found.state !== "open") {
    // What was reviewed there still stands there.
    desk.pulls.set(wanted.spec, { number: found.number, branch: wanted.branch, reviews: null });
    return;
  }
  if (!found && !wanted.open) return;
  const pull = found ?? (await openPull(desk, wanted));
  const link = `${desk.links.web}/${pull ? `pull/${pull.number}` : `issues/${desk.issue}`}`;
  if (pull) {
    await clearRefusal(desk, wanted);
    if (found) await updatePull(desk, pull, wanted);
    const reviews = await reconcileReviews(desk, pull, wanted);
    desk.pulls.set(wanted.spec, { number: pull.number, branch: wanted.branch, reviews });
  }
  await reconcileCheck(desk, wanted.check, pull?.head.sha ?? null, link);
}

async function openPull(desk: Desk, wanted: ViewPullRequest): Promise<FoundPull | null> {
  const { pull, refused } = await createPull(desk, wanted);
  if (!refused) return pull;
  // A branch without a change has nothing to show; that is no setting that anybody could change.
  if (hasRule(refused, "nothing-to-merge"))
    note(desk, `No pull request for ${wanted.branch}`, refused);
  else await tellRefusal(desk, wanted, refused);
  return null;
}

/** Title, body, base and readiness, each only as far as no person has changed it. */
async function updatePull(desk: Desk, found: FoundPull, wanted: ViewPullRequest): Promise<void> {
  const owned = findOwnership(found);
  if (!owned.marked || !desk.own.has(String(found.user?.id))) return;
  const isDraft = found.draft === true;
  const turns = isDraft && !owned.ready && !wanted.draft;
  const ready = turns ? await markReady(desk, found) : owned.ready || !isDraft;
  await updateText(desk, found, owned, wanted, ready);
}

async function updateText(
  desk: Desk,
  found: FoundPull,
  owned: PullOwnership,
  wanted: ViewPullRequest,
  ready: boolean,
): Promise<void> {
  const link = () => desk.links.ledger(desk.issue, null);
  const author = desk.identities.builder.kind;
  const changes: { title?: string; body?: string; base?: string } = {};
  if (owned.body) {
    // Where a person has put another title, their title is what the marker goes with from now on.
    const shown = owned.title ? wanted : { ...wanted, title: `a person's: ${wanted.spec}` };
    const text = await renderPull(shown, { issue: desk.issue, link, author, ready });
    if (!isSameBody(text.body, found.body)) changes.body = text.body;
    if (owned.title && text.title !== found.title) changes.title = text.title;
  }
  const base = wanted.base ?? (await baseOf(desk, found));
  if (found.base.ref !== base && found.base.ref.startsWith("archwright/")) changes.base = base;
  if (Object.keys(changes).length === 0) return;
  const answer = await desk.builder.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
    pull_number: found.number,
    ...changes,
  });
  tryWrite(desk, `Pull request ${found.number} could not be changed`, answer);
}

function isSameBody(wanted: string, found: string | null): boolean {
  const [one, other] = [readMarked(wanted), readMarked(found)];
  if (one === null || other === null) return false;
  return one.key === other.key && one.at === other.at && saysTheSame(one.body, other.body);
}

/** Only a base of ours is ever changed, so the default branch need not be asked for where it is not one. */
const baseOf = async (desk: Desk, found: FoundPull): Promise<string> =>
  found.base.ref.startsWith("archwright/") ? await desk.defaultBranch() : found.base.ref;

const readyMutation = `mutation Ready($id: ID!) {
  markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } }
}`;

/** REST has no way to do this. A person who makes it a draft again is not overruled. */
async function markReady(desk: Desk, found: FoundPull): Promise<boolean> {
  const send = () => desk.builder.graphql(readyMutation, { id: found.node_id });
  const answer = await createOnce(send, async () => null);
  if (!answer.ok && isRefusal(answer)) {
    note(desk, `Pull request ${found.number} stays a draft; press **Ready for review**`, answer);
    return false;
  }
  tryWrite(desk, "", answer);
  return true;
}
