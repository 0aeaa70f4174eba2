import type { GitHubDoor } from "../door/github-door.ts";
import { openApiRefs } from "../door/open-api-refs.ts";
import { type GitHubApis, openGitHubHouse } from "../door/open-github-house.ts";
import { type DefaultBranch, readDefaultBranch } from "../door/read-default-branch.ts";
import { openGitHubApi } from "../forge/github/open-api.ts";
import type { Forge } from "../forge/port.ts";
import type { Models } from "../model/port.ts";
import type { Price } from "../model/price-usage.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import type { Workspace } from "../workspace/port.ts";
import type { Place } from "./job.ts";
import type { Office } from "./office.ts";
import type { Log } from "./open-log.ts";
import type { AppIdentity } from "./settings.ts";

/** What a job is carried out with. */
export type JobContext = { signal: AbortSignal; log: Log };

/** The API as each of our Apps. Tokens are minted when they are needed, for this installation. */
export function openWorkerApis(
  { settings, pace }: Office,
  { installation, repository }: Place,
  { signal, log }: JobContext,
): GitHubApis {
  const open = ({ id: appId, privateKey }: AppIdentity, installationId?: number) =>
    openGitHubApi({
      baseUrl: settings.apiUrl,
      auth: { appId, privateKey, ...(installationId ? { installationId } : {}) },
      repository: { owner: repository.owner, name: repository.name },
      log: (message) => log.debug(message),
      signal,
      ...(pace ? { pace } : {}),
    });
  const api = open(settings.builder, installation);
  // The reviewer is another App with an installation of its own.
  return { api, builder: api, reviewer: settings.reviewer ? open(settings.reviewer) : api };
}

/**
 * In the App a run that has ended is no run that is lost: its artifact waits to be published by the job of its completion, or by the
 * sweep. So nothing is given up here because its run is over.
 */
const keepEnded = (forge: Forge): Forge => ({
  ...forge,
  isRunAlive: async (lease) => {
    const state = await forge.isRunAlive(lease);
    return state === "gone" ? "alive" : state;
  },
});

export type WorkerDoorOptions = {
  apis: GitHubApis;
  context: JobContext;
  /** Where there is a clone. */
  workspace?: (origin: DefaultBranch) => Promise<Result<Workspace>>;
  models?: { models: Models; price: Price };
  origin?: DefaultBranch;
};

/** Leases that the App takes wait for the job or the run that carries them out. */
const runId = (place: Place): string => `dispatch:app-${place.installation}:1`;

/** A repository that was renamed leaves its name to the next one, perhaps another owner's: what was asked of it is not asked of that one. */
function findStranger(
  { repository: { id, owner, name } }: Place,
  origin: DefaultBranch,
): Result<never> | null {
  if (origin.repository.id === id) return null;
  const detail = `${owner}/${name} is now ${origin.repository.name}, another repository`;
  return fail({ reason: "forge-refused", rule: "gone", detail, link: null });
}

/** Opens the house of one repository for one job. What is in force is read from its default branch now. */
export async function openWorkerDoor(
  office: Office,
  place: Place,
  { apis, context, workspace, models, origin: known }: WorkerDoorOptions,
): Promise<Result<GitHubDoor>> {
  const origin = known ? succeed(known) : await readDefaultBranch(apis.api);
  if (!origin.ok) return origin;
  const gone = findStranger(place, origin.value);
  if (gone) return gone;
  const { bots, label } = origin.value.config;
  office.heard.set(place.repository.id, { bots, label });
  const opened = workspace ? await workspace(origin.value) : succeed(openApiRefs(apis.api));
  if (!opened.ok) return opened;
  const door = await openGitHubHouse({
    ...apis,
    origin: origin.value,
    serverUrl: office.settings.serverUrl,
    workspace: opened.value,
    ...(models ? { models } : {}),
    runId: runId(place),
    workflow: origin.value.config.workflow,
    signal: context.signal,
    log: ({ message, stack }) => context.log.error({ stack }, message),
    own: office.own.ids,
  });
  if (!door.ok) return door;
  const { house } = door.value;
  return succeed({ ...door.value, house: { ...house, forge: keepEnded(house.forge) } });
}
