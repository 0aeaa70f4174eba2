import { readEnvironment } from "../../config/read-environment.ts";
import type { GitHubApi } from "../../forge/github/api.ts";
import { openGitHubApi } from "../../forge/github/open-api.ts";
import { explainFailure } from "../../shared/explain-failure.ts";
import { addressOfApi } from "./address-of-api.ts";
import type { Remote } from "./find-remote.ts";
import { type Label, listLabels } from "./list-labels.ts";

/** What was made. `complete` when every label is there now. */
export type LabelsMade = { complete: boolean; notes: string[] };

/** A label that exists is left as people made it. */
async function createLabel(api: GitHubApi, label: Label): Promise<string | null> {
  const { name } = label;
  const there = await api.request("GET /repos/{owner}/{repo}/labels/{name}", { name });
  if (there.ok) return null;
  if (there.status !== 404) return explainFailure(there.failure).what;
  const made = await api.request("POST /repos/{owner}/{repo}/labels", label);
  return made.ok ? null : explainFailure(made.failure).what;
}

/** Creates the labels when the environment has a token for the repository; says plainly when it has none. */
export async function createLabels(remote: Remote | null, asking: string): Promise<LabelsMade> {
  const environment = readEnvironment();
  const token = environment.GH_TOKEN || environment.GITHUB_TOKEN;
  if (!remote) return { complete: false, notes: ["This checkout has no remote on GitHub yet."] };
  if (!token) {
    return { complete: false, notes: ["Labels were not created: GH_TOKEN is not set."] };
  }
  const api = openGitHubApi({
    baseUrl: addressOfApi(remote.host, environment.GITHUB_API_URL),
    auth: { token },
    repository: { owner: remote.owner, name: remote.name },
  });
  for (const label of listLabels(asking)) {
    const refusal = await createLabel(api, label);
    if (refusal)
      return { complete: false, notes: [`The label ${label.name} was not created. ${refusal}`] };
  }
  return { complete: true, notes: [] };
}
