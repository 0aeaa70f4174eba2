import { Stop } from "../../shared/stop.ts";
import type { ViewPullRequest } from "../port.ts";
import type { Answer } from "./api.ts";
import { type FoundPull, findPull } from "./find-pull.ts";
import { renderPull } from "./pull-text.ts";
import {
  createOnce,
  type Desk,
  hasRule,
  isRefusal,
  type Refused,
  tryWrite,
} from "./reconcile-desk.ts";

/** What came of it: the pull request, or GitHub's refusal. */
export type CreatedPull = { pull: FoundPull | null; refused: Refused | null };

/** Opens the pull request of a branch. A draft where drafts are not to be had is opened ready; one that is already there is taken. */
export async function createPull(desk: Desk, pull: ViewPullRequest): Promise<CreatedPull> {
  const base = pull.base ?? (await desk.defaultBranch());
  const link = () => desk.links.ledger(desk.issue, null);
  const author = desk.identities.builder.kind;
  const open = async (draft: boolean): Promise<Answer<FoundPull>> => {
    const text = await renderPull(pull, { issue: desk.issue, link, author, ready: !draft });
    const answer = await desk.builder.request("POST /repos/{owner}/{repo}/pulls", {
      ...text,
      ...{ head: pull.branch, base, draft },
    });
    return answer as Answer<FoundPull>;
  };
  const find = async (): Promise<FoundPull | null> => {
    const found = await findPull(desk, pull.branch);
    return found.ok && found.data?.state === "open" ? found.data : null;
  };
  let answer = await createOnce(() => open(pull.draft), find);
  if (!answer.ok && pull.draft && hasRule(answer, "no-drafts")) {
    answer = await createOnce(() => open(false), find);
  }
  if (answer.ok) return { pull: tryWrite(desk, "", answer), refused: null };
  if (!isRefusal(answer)) throw new Stop(answer.failure);
  const there = hasRule(answer, "pull-request-exists") ? await find() : null;
  return there ? { pull: there, refused: null } : { pull: null, refused: answer };
}
