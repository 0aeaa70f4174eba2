import { explainFailure } from "../../shared/explain-failure.ts";
import type { ViewPullRequest } from "../port.ts";
import { shortHash } from "./comment-marker.ts";
import { hideComment } from "./hide-comment.ts";
import { createComment, editComment } from "./reconcile-comments.ts";
import { type Desk, note, type Refused } from "./reconcile-desk.ts";

const keyOf = ({ spec }: ViewPullRequest): string =>
  `notice-pull-${spec.replace(/[^\w.-]/g, "-").slice(0, 80)}`;

/**
 * GitHub does not let us open the pull request: the branch stays, and one comment says which rule it is, where it is set, and gives
 * the link that opens it. What a person opens from there is adopted.
 */
export async function tellRefusal(
  desk: Desk,
  pull: ViewPullRequest,
  refused: Refused,
): Promise<void> {
  note(desk, `No pull request could be opened for ${pull.branch}`, refused);
  const { what, remedy } = explainFailure(refused.failure);
  const link = await renderCompareLink(desk, pull);
  const body = [
    `**The work on ${pull.spec} is done, but GitHub does not let me open its pull request.** ${what}`,
    remedy,
    `The branch \`${pull.branch}\` is kept at \`${pull.head.slice(0, 7)}\`. **[Open the pull request yourself](${link})**; it is taken up from there.`,
  ].join("\n\n");
  const key = keyOf(pull);
  desk.after.notices.add(key);
  const posted = desk.comments.find((comment) => comment.key === key);
  if (posted) {
    if (posted.intact && posted.sha !== shortHash(body)) await editComment(desk, posted, body);
  } else if (!desk.before.notices.includes(key)) await createComment(desk, { key, at: 0, body });
}

/** Hides the notice once there is a pull request. */
export async function clearRefusal(desk: Desk, pull: ViewPullRequest): Promise<void> {
  const posted = desk.comments.find((comment) => comment.key === keyOf(pull));
  if (!posted) return;
  desk.after.notices.add(posted.key);
  if (/^<details>/.test(posted.body)) return;
  await hideComment(desk, posted, posted.body, "RESOLVED");
}

/** GitHub's own form for a new pull request, filled in. Branches keep their slashes. */
async function renderCompareLink(desk: Desk, pull: ViewPullRequest): Promise<string> {
  const base = pull.base ?? (await desk.defaultBranch());
  const path = (branch: string): string => branch.split("/").map(encodeURIComponent).join("/");
  const title = encodeURIComponent(pull.title.slice(0, 200).toWellFormed())
    .replaceAll("(", "%28")
    .replaceAll(")", "%29");
  return `${desk.links.web}/compare/${path(base)}...${path(pull.branch)}?quick_pull=1&title=${title}`;
}
