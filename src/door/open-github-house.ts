import type { House } from "../engine/house.ts";
import type { GitHubApi } from "../forge/github/api.ts";
import { openGitHubForge } from "../forge/github/open-github-forge.ts";
import { openPeople } from "../forge/github/open-people.ts";
import { signsCommits } from "../forge/github/signs-commits.ts";
import type { LedgerClone } from "../ledger/github/clone.ts";
import { openGitHubLedger } from "../ledger/github/open-github-ledger.ts";
import type { RepositoryIds } from "../ledger/github/remote.ts";
import type { Models } from "../model/port.ts";
import type { Price } from "../model/price-usage.ts";
import { type Progress, silent } from "../shared/progress.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import type { Workspace } from "../workspace/port.ts";
import type { GitHubDoor } from "./github-door.ts";
import type { DefaultBranch } from "./read-default-branch.ts";

/** The API in each of our identities; the same one where we have no second. */
export type GitHubApis = { api: GitHubApi; builder: GitHubApi; reviewer: GitHubApi };

export type GitHubHouseOptions = GitHubApis & {
  origin: DefaultBranch;
  /** Root of web pages, `https://github.com` or that of a server of one's own. */
  serverUrl: string;
  workspace: Workspace;
  /** Where no phase is run there are none. */
  models?: { models: Models; price: Price };
  /** Run that holds leases which are taken without anybody saying which. */
  runId: string;
  workflow: string;
  signal: AbortSignal;
  log: House["log"];
  progress?: Progress;
  now?: () => Date;
  /** Seals the ledger; known to those who write it. */
  ledgerKey?: string | null;
  /** Who may have written the ledger, where it is not this identity. */
  ledgerAuthors?: readonly string[] | null;
  /** Ledgers over git, where that is to be had: it costs no calls. */
  ledgerClone?: LedgerClone | null;
  /** Ids of the repository, where they are known without asking. */
  ids?: RepositoryIds | null;
  /** Longest pause between two tries of the ledger, in milliseconds. */
  longestPause?: number;
  /** Further account ids that are us, such as those of another mode in the same repository. */
  own?: ReadonlySet<string>;
};

const noModels: Models = () => {
  throw new Error("this job was opened without models");
};

async function findOwn({
  api,
  builder,
  reviewer,
  own,
}: GitHubHouseOptions): Promise<Result<Set<string>>> {
  const ids = new Set(own ?? []);
  for (const each of new Set([api, builder, reviewer])) {
    const identity = await each.identity();
    if (!identity.ok) return fail(identity.failure);
    ids.add(identity.data.id);
  }
  return succeed(ids);
}

/** Opens the house over GitHub for one repository: ledger, thread and people by the API, everything else as the door gives it. */
export async function openGitHubHouse(options: GitHubHouseOptions): Promise<Result<GitHubDoor>> {
  const { api, builder, reviewer, origin, workspace, models, serverUrl } = options;
  const own = await findOwn(options);
  if (!own.ok) return own;
  const { config, policy } = origin;
  const { ledgerKey, ledgerAuthors, ledgerClone, ids, longestPause } = options;
  const ledger = openGitHubLedger({
    api,
    // Whoever may push can put our name on a commit, but not GitHub's signature.
    signed: signsCommits(serverUrl),
    ...(ledgerKey ? { secret: ledgerKey } : {}),
    ...(ledgerAuthors ? { authors: ledgerAuthors } : {}),
    ...(ledgerClone ? { clone: ledgerClone } : {}),
    ...(ids ? { ids } : {}),
    ...(longestPause === undefined ? {} : { longestPause }),
  });
  const house: House = {
    ledger,
    forge: openGitHubForge({
      ...{ api, builder, reviewer, ledger, workspace, serverUrl },
      ...(options.own ? { own: options.own } : {}),
      branch: origin.branch,
    }),
    workspace,
    models: models?.models ?? noModels,
    price: models?.price ?? (() => null),
    config,
    policy,
    now: options.now ?? (() => new Date()),
    runId: options.runId,
    progress: options.progress ?? silent,
    signal: options.signal,
    log: options.log,
  };
  const people = openPeople(api);
  return succeed({
    house,
    people,
    api,
    builder,
    reviewer,
    serverUrl,
    own: own.value,
    origin,
    workflow: options.workflow,
  });
}
