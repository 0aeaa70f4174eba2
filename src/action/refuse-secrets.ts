import type { Config } from "../config/schema.ts";
import type { GitHubApi } from "../forge/github/api.ts";
import { listKeyVariables } from "./load-action-models.ts";
import type { JobContext } from "./run-action.ts";

/** No commit has this id: asking for a ref to it is refused by every token, and by one that may write for this reason only. */
const NOWHERE = "0".repeat(40);

/** Whether a token may write: one that may not is told so before GitHub looks at what was asked. */
async function mayWrite(api: GitHubApi): Promise<boolean> {
  const answer = await api.request("POST /repos/{owner}/{repo}/git/refs", {
    ref: "refs/archwright/never",
    sha: NOWHERE,
  });
  return answer.ok || answer.status === 422 || answer.status === 409;
}

/**
 * What is in this job that code of a pull request must not get near, or null: a model's key, a second token, the ledger's secret, a
 * token that may write.
 */
export async function findSecret(
  { inputs, environment }: JobContext,
  config: Config,
  api: GitHubApi,
): Promise<string | null> {
  const given = { "builder-token": inputs.builderToken, "reviewer-token": inputs.reviewerToken };
  const [input] =
    Object.entries({ ...given, "ledger-key": inputs.ledgerKey }).find(([, value]) => value) ?? [];
  if (input) return `the input \`${input}\``;
  const key = listKeyVariables(config).find((variable) => environment[variable]?.trim());
  if (key) return `the key in \`${key}\``;
  return (await mayWrite(api)) ? "a `github-token` that may write" : null;
}
