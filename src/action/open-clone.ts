import { join } from "node:path";
import { protectedPaths } from "../config/protected-paths.ts";
import { pickWorkspaceEnvironment } from "../config/read-environment.ts";
import { fetchCommit } from "../door/fetch-commit.ts";
import type { DefaultBranch } from "../door/read-default-branch.ts";
import { type Result, succeed } from "../shared/result.ts";
import { runnerRoutes } from "../workspace/git/detect-isolation.ts";
import { fetchIssueRefs } from "../workspace/git/fetch-issue-refs.ts";
import { openWorkspace, type WorkspaceOptions } from "../workspace/git/open-workspace.ts";
import type { Remote } from "../workspace/git/remote-git.ts";
import type { Workspace } from "../workspace/port.ts";
import type { JobContext } from "./job-context.ts";
import type { Place } from "./read-place.ts";

/** The checkout of this job, the remote that it is a clone of, and folders of ours. */
export type Clone = { workspace: Workspace; remote: Remote; storage: string };

const connectionNames = [
  ...["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy"],
  ...["SSL_CERT_FILE", "GIT_SSL_CAINFO"],
];

/** The clone's remote. `token` speaks for it: the checkout itself keeps no credentials. */
export function remoteOf({ inputs, environment }: JobContext, place: Place, token: string): Remote {
  const { owner, name } = place.repository;
  const given = connectionNames.flatMap((each) => {
    const value = environment[each];
    return value ? [[each, value] as const] : [];
  });
  return {
    repository: inputs.checkout,
    url: `${place.serverUrl}/${owner}/${name}.git`,
    token: async () => token,
    environment: pickWorkspaceEnvironment(environment),
    connection: Object.fromEntries(given),
  };
}

/**
 * Opens the checkout for an issue: its branches and kept work as the remote has them now, and `HEAD` the newest commit of the default
 * branch, whatever the checkout stands on.
 */
export async function openClone(
  context: JobContext,
  place: Place,
  {
    origin,
    issue,
    isolation,
  }: { origin: DefaultBranch; issue: number; isolation: WorkspaceOptions["isolation"] },
): Promise<Result<Clone>> {
  const { inputs, environment } = context;
  const remote = remoteOf(context, place, inputs.builderToken ?? inputs.githubToken);
  const fetched = await fetchIssueRefs(remote, issue);
  if (!fetched.ok) return fetched;
  const newest = await fetchCommit(remote, origin.commit);
  if (!newest.ok) return newest;
  const storage = join(place.temporary, "archwright");
  const opened = await openWorkspace({
    repository: inputs.checkout,
    storage,
    isolation,
    routes: runnerRoutes(),
    hide: [place.temporary, inputs.checkout],
    protectedPaths: protectedPaths(origin.config),
    environment: pickWorkspaceEnvironment(environment),
    networkFor: ["setup"],
  });
  if (!opened.ok) return opened;
  const workspace: Workspace = {
    ...opened.value,
    resolve: async (revision) =>
      revision === "HEAD" ? succeed(origin.commit) : await opened.value.resolve(revision),
  };
  return succeed({ workspace, remote, storage });
}
