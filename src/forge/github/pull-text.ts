import type { ViewPullRequest } from "../port.ts";
import type { Identity } from "./api.ts";
import { readMarked, shortHash, writeMarked } from "./comment-marker.ts";
import type { FoundPull } from "./find-pull.ts";
import { fitBody, type Whole } from "./fit-comment.ts";

/** Title and body as we would write them. The marker's place says whether it was made ready: 0 a draft, 1 ready. */
export type PullText = { title: string; body: string };

const parked =
  "\n\n> [!NOTE]\n> GitHub holds back the workflows of this pull request until somebody with write access presses **Approve workflows to run**.";

/** What we want to say. The title's hash stands in the key, so that an edit of either is seen apart. */
export async function renderPull(
  pull: ViewPullRequest,
  at: Whole & { author: Identity["kind"]; ready: boolean },
): Promise<PullText> {
  const title = pull.title.slice(0, 256);
  const body = (await fitBody(pull.body, at)) + (at.author === "actions" ? parked : "");
  return { title, body: writeMarked({ key: keyOf(pull.spec, title), at: at.ready ? 1 : 0 }, body) };
}

const keyOf = (spec: string, title: string): string =>
  `pull-${spec.replace(/[^\w.-]/g, "-").slice(0, 80)}-${shortHash(title)}`;

/** What a person has left as we wrote it. Both false for a pull request that does not carry our marker. */
export type PullOwnership = { title: boolean; body: boolean; ready: boolean; marked: boolean };

export function findOwnership(found: FoundPull): PullOwnership {
  const marker = readMarked(found.body);
  if (!marker?.key.startsWith("pull-"))
    return { title: false, body: false, ready: false, marked: false };
  const title = marker.key.endsWith(`-${shortHash(found.title)}`);
  return { title, body: marker.intact, ready: marker.at > 0, marked: true };
}
