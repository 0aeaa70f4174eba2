import type { GitHubApis } from "../door/open-github-house.ts";
import { actionsIdentity } from "../forge/github/find-identity.ts";
import { openGitHubApi } from "../forge/github/open-api.ts";
import type { JobContext } from "./job-context.ts";
import type { Place } from "./read-place.ts";

/** On this machine itself there is no GitHub that wants to be treated gently. */
export const isHere = (url: string): boolean =>
  /^(127\.0\.0\.1|localhost|\[::1\])$/.test(new URL(url).hostname);

/** The API in each of our identities; without a token of its own the builder and the reviewer are who keeps the ledger. */
export function openApis(
  { inputs, runner }: JobContext,
  place: Place,
  signal: AbortSignal,
): GitHubApis {
  // A server of one's own may have given the account another id.
  const isKnown = isHere(place.apiUrl) || new URL(place.apiUrl).hostname === "api.github.com";
  const isOwn = (token: string) =>
    isKnown && inputs.isWorkflowToken && token === inputs.githubToken;
  const open = (token: string) =>
    openGitHubApi({
      baseUrl: place.apiUrl,
      auth: { token },
      repository: place.repository,
      log: (message) => runner.log(message),
      signal,
      ...(isOwn(token) ? { identity: actionsIdentity } : {}),
      pace: isHere(place.apiUrl) ? "none" : "polite",
    });
  const api = open(inputs.githubToken);
  const { builderToken, reviewerToken } = inputs;
  return {
    api,
    builder: builderToken === null ? api : open(builderToken),
    reviewer: reviewerToken === null ? api : open(reviewerToken),
  };
}
