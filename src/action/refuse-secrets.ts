import type { Config } from "../config/schema.ts";
import type { BareGit } from "../door/open-ledger-clone.ts";
import type { Remote } from "../workspace/git/remote-git.ts";
import type { JobContext } from "./job-context.ts";
import { listKeyVariables } from "./load-action-models.ts";

/**
 * Whether the token may push: one that may not is turned away before anything is said of what there is to push to. Nothing is asked for
 * but that: the push is a rehearsal, and of a ref that is not there.
 */
async function mayWrite({ git, remote }: { git: BareGit; remote: Remote }): Promise<boolean> {
  const rehearsal = ["push", "--dry-run", "--quiet", remote.url, ":refs/archwright/never"];
  const answer = await git(rehearsal, { accept: [1, 128] });
  return answer.ok && answer.value.exitCode !== 128;
}

/**
 * What is in this job that code of a pull request must not get near, or null: a model's key, a second token, the ledger's secret, a
 * token that may write.
 */
export async function findSecret(
  { inputs, environment }: JobContext,
  config: Config,
  place: { git: BareGit; remote: Remote },
): Promise<string | null> {
  const given = { "builder-token": inputs.builderToken, "reviewer-token": inputs.reviewerToken };
  const [input] =
    Object.entries({ ...given, "ledger-key": inputs.ledgerKey }).find(([, value]) => value) ?? [];
  if (input) return `the input \`${input}\``;
  const key = listKeyVariables(config).find((variable) => environment[variable]?.trim());
  if (key) return `the key in \`${key}\``;
  return (await mayWrite(place)) ? "a `github-token` that may write" : null;
}
