import { hasRole, isSame } from "../accounts.ts";
import type { Call } from "../call.ts";
import { isAncestor } from "../git/commits.ts";
import { invalid, Refusal } from "../refusal.ts";
import { openPulls } from "./move-ref.ts";

const validation = (message: string): Refusal =>
  new Refusal(422, "Validation Failed", [{ resource: "PullRequest", code: "custom", message }]);

function checkSettings(call: Call): void {
  const { world, actor } = call;
  const { settings } = world;
  if (actor.kind === "actions" && !settings.actionsMayCreatePullRequests) {
    throw new Refusal(403, "GitHub Actions is not permitted to create or approve pull requests.");
  }
  const isCollaborator =
    actor.kind !== "user"
      ? actor.rights.contents === "write"
      : hasRole(world, actor.account.login, "write");
  if (settings.pullRequestsCollaboratorsOnly && !isCollaborator) {
    throw new Refusal(
      403,
      `${actor.account.login} does not have the correct permissions to execute \`CreatePullRequest\``,
    );
  }
  const own = openPulls(world).filter((thread) => isSame(thread.author, actor.account)).length;
  if (settings.openPullRequestLimit !== null && own >= settings.openPullRequestLimit) {
    throw validation(
      `You have reached the limit of ${settings.openPullRequestLimit} open pull requests in this repository.`,
    );
  }
}

/** What GitHub wants of a new pull request; answers the commits of both its ends. */
export function checkPullCreation(
  call: Call,
  head: string,
  base: string,
): { head: string; base: string } {
  const { world } = call;
  checkSettings(call);
  const headSha = world.refs.read(`refs/heads/${head}`);
  const baseSha = world.refs.read(`refs/heads/${base}`);
  if (headSha === null) throw invalid("PullRequest", "head", "invalid");
  if (baseSha === null) throw invalid("PullRequest", "base", "invalid");
  const clash = openPulls(world).some(({ pull }) => pull.head === head && pull.base === base);
  if (clash) throw validation(`A pull request already exists for ${world.owner}:${head}.`);
  if (isAncestor(world.objects, headSha, baseSha)) {
    throw validation(`No commits between ${base} and ${head}`);
  }
  return { head: headSha, base: baseSha };
}
