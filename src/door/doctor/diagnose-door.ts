import type { GitHubDoor } from "../github-door.ts";
import type { Patient } from "./finding.ts";
import { renderFindingsTable } from "./render-findings.ts";
import { runDoctor } from "./run-doctor.ts";
import { snapshotOfApi } from "./snapshot-of-api.ts";

/** Only a token of its own makes another identity. */
const apart = (door: GitHubDoor, api: GitHubDoor["api"]): GitHubDoor["api"] | null =>
  api === door.api ? null : api;

/**
 * What `/archwright doctor` answers in a thread: everything that can be seen without a model key, which this place has not. Isolation is
 * a matter of the machine that builds, so it is said by the build.
 */
export async function diagnoseDoor(door: GitHubDoor, serverUrl: string): Promise<string> {
  const { api, builder, reviewer, origin, house } = door;
  const { owner, name } = api.repository;
  const account = await api.request("GET /users/{username}", { username: owner });
  const patient: Patient = {
    api,
    builder: apart(door, builder),
    reviewer: apart(door, reviewer),
    web: `${serverUrl}/${owner}/${name}`,
    defaultBranch: origin.branch,
    organisation: account.ok && account.data.type === "Organization",
    config: origin.config,
    snapshot: snapshotOfApi(api, origin.commit),
    models: null,
    keys: [],
    mayCallModels: false,
    isolation: null,
    signal: house.signal,
  };
  return renderFindingsTable(await runDoctor(patient));
}
