import type { GitHubApi, Identity } from "./api.ts";
import { listOwnComments } from "./list-own-comments.ts";
import { type Desk, type Links, take } from "./reconcile-desk.ts";
import { findStatus } from "./reconcile-status-comment.ts";
import { noMemory, readMemory } from "./status-comment-memory.ts";

export type DeskOptions = {
  api: GitHubApi;
  builder: GitHubApi;
  reviewer: GitHubApi;
  links: Links;
  /** Unified diff of what `head` changes since it left `base`, from git. */
  diff: (base: string, head: string) => Promise<string>;
  /** Further account ids that are us, such as those of another mode in the same repository. */
  own: ReadonlySet<string>;
  /** The default branch, where it is known without asking. */
  branch?: string;
};

export type Identities = Record<"api" | "builder" | "reviewer", Identity>;

/** Who we are in each part. Asked once a token: the client remembers. */
export async function findIdentities(options: DeskOptions): Promise<Identities> {
  const api = take(await options.api.identity());
  const builder = options.builder === options.api ? api : take(await options.builder.identity());
  const reviewer = options.reviewer === options.api ? api : take(await options.reviewer.identity());
  return { api, builder, reviewer };
}

/** Reads who we are and what of ours is in the thread. */
export async function openDesk(options: DeskOptions, issue: number): Promise<Desk> {
  const identities = await findIdentities(options);
  const own = new Set([...options.own, ...Object.values(identities).map(({ id }) => id)]);
  const comments = take(await listOwnComments(options.api, issue, own));
  const status = findStatus(comments);
  let branch = options.branch === undefined ? undefined : Promise.resolve(options.branch);
  const desk: Desk = {
    ...options,
    ...{ issue, identities, own, comments, locked: false, writes: 0, notes: [] },
    before: status ? readMemory(status.body) : noMemory,
    after: { notices: new Set(), hidden: new Set(), checks: new Set() },
    pulls: new Map(),
    defaultBranch: () => (branch ??= findDefaultBranch(options.api)),
  };
  return desk;
}

async function findDefaultBranch(api: GitHubApi): Promise<string> {
  return take(await api.request("GET /repos/{owner}/{repo}", {})).default_branch;
}
