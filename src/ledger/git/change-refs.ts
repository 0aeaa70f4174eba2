import { fail, type Result, succeed } from "../../shared/result.ts";
import { explainGit } from "./explain-git.ts";
import type { Repository } from "./ledger-refs.ts";

/** All of these changes or none (`update-ref --stdin`); one line each, e.g. `delete <ref> <old>`. */
export async function changeRefs(
  { git, directory }: Repository,
  changes: readonly string[],
): Promise<Result<null>> {
  const input = Buffer.from(changes.map((change) => `${change}\n`).join(""));
  const answer = await git.run(["update-ref", "--no-deref", "--stdin"], input);
  if (answer.exitCode !== 0) return fail(await explainGit(git, directory, answer));
  return succeed(null);
}
