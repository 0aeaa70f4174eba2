import { join } from "node:path";
import type { GitHubDoor } from "../door/github-door.ts";
import { nameDispatcher } from "../door/name-run.ts";
import type { GitHubApis } from "../door/open-github-house.ts";
import { openGitHubHouse } from "../door/open-github-house.ts";
import { type BareGit, openBareGit, openLedgerClone } from "../door/open-ledger-clone.ts";
import { type DefaultBranch, readDefaultBranch } from "../door/read-default-branch.ts";
import type { Models } from "../model/port.ts";
import type { Price } from "../model/price-usage.ts";
import type { Progress } from "../shared/progress.ts";
import type { Result } from "../shared/result.ts";
import type { Remote } from "../workspace/git/remote-git.ts";
import type { Workspace } from "../workspace/port.ts";
import { findDefaultBranch } from "./find-default-branch.ts";
import type { JobContext } from "./job-context.ts";
import { isHere } from "./open-apis.ts";
import { remoteOf } from "./open-clone.ts";
import type { Place } from "./read-place.ts";
import { readRepositoryIds } from "./read-repository-ids.ts";

export type ActionDoorOptions = {
  apis: GitHubApis;
  place: Place;
  signal: AbortSignal;
  /** The default branch is read first: what is in force decides how the workspace is opened. */
  workspace: (origin: DefaultBranch) => Promise<Result<Workspace>>;
  models?: (origin: DefaultBranch) => Promise<Result<{ models: Models; price: Price }>>;
  progress?: Progress;
};

/** Git with the workflow's own token, in a repository of our own. */
export function openGit(context: JobContext, place: Place): { git: BareGit; remote: Remote } {
  const remote = remoteOf(context, place, context.inputs.githubToken);
  return { git: openBareGit(join(place.temporary, "archwright-ledger.git"), remote), remote };
}

/** Opens the house for one job of a run. Leases that are taken by the way wait to be dispatched. */
export async function openActionDoor(
  context: JobContext,
  { apis, place, signal, workspace, models, progress }: ActionDoorOptions,
): Promise<Result<GitHubDoor>> {
  const { inputs, runner, environment } = context;
  const { git, remote } = openGit(context, place);
  const known = await findDefaultBranch(environment, place, { git, remote });
  const origin = await readDefaultBranch(apis.api, known);
  if (!origin.ok) return origin;
  const opened = await workspace(origin.value);
  if (!opened.ok) return opened;
  const loaded = models ? await models(origin.value) : null;
  if (loaded && !loaded.ok) return loaded;
  return await openGitHubHouse({
    ...apis,
    origin: origin.value,
    serverUrl: place.serverUrl,
    workspace: opened.value,
    ...(loaded ? { models: loaded.value } : {}),
    runId: nameDispatcher(place.run),
    workflow: place.workflow,
    signal,
    log: ({ message, stack }) => runner.log(stack || message),
    ...(progress ? { progress } : {}),
    ledgerKey: inputs.ledgerKey,
    ledgerAuthors: inputs.ledgerAuthors,
    ledgerClone: openLedgerClone(git, remote.url),
    ids: await readRepositoryIds(place),
    ...(isHere(place.apiUrl) ? { longestPause: 20 } : {}),
  });
}
