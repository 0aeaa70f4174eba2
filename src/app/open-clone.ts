import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { protectedPaths } from "../config/protected-paths.ts";
import { pickWorkspaceEnvironment } from "../config/read-environment.ts";
import type { DefaultBranch } from "../door/read-default-branch.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import { harnessEnvironment } from "../workspace/git/git-environment.ts";
import { openWorkspace } from "../workspace/git/open-workspace.ts";
import { type Remote, settingsOf } from "../workspace/git/remote-git.ts";
import { runGit } from "../workspace/git/run-git.ts";
import type { Workspace } from "../workspace/port.ts";
import type { Place } from "./job.ts";
import type { Office } from "./office.ts";

/** A clone for one job, without files of its own: nothing of it is checked out or executed. */
export type Clone = {
  workspace: Workspace;
  /** Where it came from, and may be published to: a token for that is minted when it is asked for. */
  remote: Remote;
  /** Folder of the harness beside it. */
  storage: string;
  /** Folder for files of the job, removed with the clone. */
  scratch: string;
  close(): Promise<void>;
};

const connectionNames = [
  ...["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy"],
  ...["SSL_CERT_FILE", "GIT_SSL_CAINFO"],
];

function remoteOf(
  { api, settings, environment }: Office,
  place: Place,
  repository: string,
): Remote {
  const id = Number(place.repository.id);
  return {
    repository,
    url: cloneUrl(settings.serverUrl, place.repository),
    token: () => api.gitToken(place.installation, id, "write"),
    environment: pickWorkspaceEnvironment(environment),
    connection: Object.fromEntries(
      connectionNames.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
    ),
  };
}

const nobody = { name: "Archwright", email: "archwright@localhost" };
const SECONDS = 900;

export const cloneUrl = (serverUrl: string, { owner, name }: Place["repository"]): string =>
  `${serverUrl}/${encodeURIComponent(owner)}/${encodeURIComponent(name)}.git`;

/** Fetches one commit of the default branch, with its history only where `whole` asks for it. */
async function fetchCommit(
  office: Office,
  place: Place,
  origin: DefaultBranch,
  { remote, whole }: { remote: Remote; whole: boolean },
): Promise<Result<void>> {
  const caller = pickWorkspaceEnvironment(office.environment);
  const repositoryId = Number(place.repository.id);
  const token = await office.api
    .gitToken(place.installation, repositoryId, "read")
    .catch((error: unknown) => error as Error);
  if (token instanceof Error) {
    return fail({
      reason: "forge-unavailable",
      status: 0,
      detail: `no token for git: ${token.message}`,
    });
  }
  const environment = {
    ...harnessEnvironment(caller, nobody),
    ...remote.connection,
    ...settingsOf(remote.url, token),
  };
  const ref = `refs/heads/${origin.branch}`;
  const calls: readonly (readonly string[])[] = [
    ["init", "--quiet", "--bare", "--template=", "."],
    [
      ...["fetch", "--quiet", "--no-tags", ...(whole ? [] : ["--depth=1"])],
      ...[remote.url, `+${origin.commit}:${ref}`],
    ],
    ["symbolic-ref", "HEAD", ref],
  ];
  for (const [index, call] of calls.entries()) {
    const { repository: cwd } = remote;
    const gitDir = index === 0 ? null : cwd;
    const done = await runGit({ gitDir, cwd, environment, seconds: SECONDS }, call);
    if (!done.ok) return done;
  }
  return succeed(undefined);
}

/** A workspace that refuses to run anything: in the App's worker there is no code of a repository. */
const forbidCommands = (workspace: Workspace): Workspace => ({
  ...workspace,
  open: async () =>
    fail({
      reason: "isolation-unavailable",
      detail: "the App's worker runs no code of a repository; the workflow does",
    }),
});

/**
 * Clones the newest commit of the default branch into a folder of its own, shallow unless `whole`, with a token that may read this
 * repository's files and nothing else. Failures: those of git and of the token.
 */
export async function openClone(
  office: Office,
  place: Place,
  origin: DefaultBranch,
  { whole = false }: { whole?: boolean } = {},
): Promise<Result<Clone>> {
  const folder = join(office.settings.storage, "clones");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const root = await mkdtemp(join(folder, `${place.repository.id}-`));
  const close = () => rm(root, { recursive: true, force: true, maxRetries: 3 });
  const [directory, scratch] = [join(root, "repository.git"), join(root, "scratch")];
  for (const path of [directory, scratch]) await mkdir(path);
  const remote = remoteOf(office, place, directory);
  const fetched = await fetchCommit(office, place, origin, { remote, whole });
  const storage = join(root, "storage");
  const workspace = fetched.ok
    ? await openWorkspace({
        repository: directory,
        storage,
        isolation: "namespaces",
        protectedPaths: protectedPaths(origin.config),
        environment: pickWorkspaceEnvironment(office.environment),
      })
    : fetched;
  if (!workspace.ok) {
    await close();
    return workspace;
  }
  return succeed({ workspace: forbidCommands(workspace.value), remote, storage, scratch, close });
}
