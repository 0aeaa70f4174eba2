import type { GitHubApi } from "../../forge/github/api.ts";
import { fail, type Result, succeed } from "../../shared/result.ts";
import type { ChainEnd } from "../event-lines.ts";
import { noreplyOf } from "../ledger-author.ts";
import type { TreeEntry } from "../objects.ts";
import type { LedgerClone } from "./clone.ts";
import { openRecent, type Recent } from "./recent.ts";

/** A commit as GitHub shows it. */
export type RemoteCommit = {
  id: string;
  tree: string;
  parents: readonly string[];
  author: string;
  committer: string;
  message: string;
  /** GitHub's own verdict on the signature; null where it came over git and GitHub was not asked. */
  verified: boolean | null;
};

/** What the next append builds on. */
export type Base = {
  commit: string;
  events: Buffer;
  end: ChainEnd;
  files: ReadonlyMap<string, TreeEntry>;
};

export type RepositoryIds = { id: string; node: string };

export type Who = {
  /** Who may write, each as `Name <email>` or the e-mail alone. */
  authors: readonly string[];
  /** Said in the commits of an account that GitHub does not sign for; null leaves it to GitHub, which signs. */
  person: { name: string; email: string } | null;
};

/** GitHub's API with what is known of the repository's objects. Commits, trees and blobs never change, refs are never kept. */
export type Remote = {
  api: GitHubApi;
  clone: LedgerClone | null;
  secret: string | null;
  signed: boolean;
  who(): Promise<Result<Who>>;
  /** Ids of the repository itself: of REST for seals, of GraphQL for moving refs. Asked for once, if nobody has told. */
  repository(): Promise<Result<RepositoryIds>>;
  /** Ids that came with another answer. */
  tellRepository(ids: RepositoryIds): void;
  commits: Recent<RemoteCommit>;
  trees: Recent<ReadonlyMap<string, TreeEntry>>;
  blobs: Recent<Buffer>;
  bases: Recent<Base>;
  /** `<ref> <commit>` of what this client has moved a ref to: it is there, whatever an older answer says. */
  landed: Recent<true>;
  /** Ways that this server turned out not to have; the other one is used from then on. */
  lacks: Set<"bulk-read" | "update-refs">;
  pause(attempt: number): Promise<void>;
};

export type RemoteOptions = {
  api: GitHubApi;
  /** Seals every commit, and refuses what is not sealed. Known to route and publish only. */
  secret?: string;
  /** Who may have written a ledger; without it only the identity of `api`. */
  authors?: readonly string[];
  /** Refuses commits of bots whose signature GitHub has not verified: it signs what Apps and Actions write. */
  signed?: boolean;
  /** Reads what is there over git instead; the API is asked where that cannot tell. */
  clone?: LedgerClone;
  /** Ids of the repository, where they are known already. */
  ids?: RepositoryIds;
  /** Longest pause between two tries of a write or a stale read, in milliseconds; they begin at a tenth of it. */
  longestPause?: number;
};

/** What a client remembers of blobs, and of bases for appends: a few large ledgers, or many small ones. */
const keptBytes = 32_000_000;

export function openRemote(options: RemoteOptions): Remote {
  const { api, secret, signed = false, longestPause = 2_000 } = options;
  let told = options.ids;
  const ask = once(() => findRepository(api));
  return {
    api,
    clone: options.clone ?? null,
    secret: secret ?? null,
    signed,
    who: () => findWho(api, options.authors),
    repository: async () => (told ? succeed(told) : ask()),
    tellRepository(ids) {
      told = ids;
    },
    commits: openRecent(1_000),
    trees: openRecent(300),
    blobs: openRecent(keptBytes, ({ length }) => length + 100),
    bases: openRecent(keptBytes, ({ events }) => events.length + 10_000),
    landed: openRecent(1_000),
    lacks: new Set(),
    pause(attempt) {
      const longest = Math.min(longestPause, (longestPause / 10) * 2 ** attempt);
      return new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)));
    },
  };
}

async function findWho(
  api: GitHubApi,
  authors: readonly string[] | undefined,
): Promise<Result<Who>> {
  const identity = await api.identity();
  if (!identity.ok) return identity;
  const { id, login, kind } = identity.data;
  const email = noreplyOf(id, login);
  const person = kind === "user" ? { name: login, email } : null;
  return succeed({ authors: authors ?? [email], person });
}

async function findRepository(api: GitHubApi): Promise<Result<RepositoryIds>> {
  const answer = await api.request("GET /repos/{owner}/{repo}", {});
  if (!answer.ok) return answer;
  return succeed({ id: String(answer.data.id), node: answer.data.node_id });
}

/** Asks once; a failed answer is asked for again. */
function once<T>(ask: () => Promise<Result<T>>): () => Promise<Result<T>> {
  let known: Promise<Result<T>> | undefined;
  return () => {
    known ??= ask().then((answer) => {
      if (!answer.ok) known = undefined;
      return answer;
    });
    return known;
  };
}

export const unavailable = (detail: string): Result<never> =>
  fail({ reason: "ledger-unavailable", detail });
