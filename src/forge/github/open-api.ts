import type { Answer, Data, GitHubApi, Identity, Parameters, Route } from "./api.ts";
import { findIdentity } from "./find-identity.ts";
import { type Ask, listPages } from "./list-pages.ts";
import type { GitHubAuth } from "./open-authentication.ts";
import { type Line, openLine } from "./open-line.ts";
import type { Pace } from "./open-octokit.ts";

export type GitHubApiOptions = {
  /** `https://api.github.com`, or `https://<host>/api/v3` of a server of one's own (`GITHUB_API_URL`). */
  baseUrl: string;
  auth: GitHubAuth;
  repository: { owner: string; name: string };
  /** Who the token is, where that is known: then nobody is asked. */
  identity?: Identity;
  /** One line for each wait and each odd answer; redacted. */
  log?: (message: string) => void;
  /** Id of the App that the token belongs to, where that is known. */
  appId?: number;
  /** Ends every call, waiting ones too. */
  signal?: AbortSignal;
  /** Longest time for one answer. */
  timeoutMilliseconds?: number;
  /** Longest time for one call with all its waits for rate limits: a wait that would end later is not begun. */
  patienceMilliseconds?: number;
  /** `none` only against a stand-in: no pause between calls, waits count in milliseconds. */
  pace?: Pace;
};

/** Opens GitHub's API for one repository and one identity. Sends nothing by itself. */
export function openGitHubApi(options: GitHubApiOptions): GitHubApi {
  const { repository } = options;
  const line = openLine(options);
  const ask: Ask = (route, parameters) => {
    const own = route.includes("{owner}") ? { owner: repository.owner, repo: repository.name } : {};
    return line.send(route, async (sent) => {
      const answer = await line.octokit.request(route, { ...own, ...parameters, ...sent });
      return { ok: true, status: answer.status, data: answer.data, link: answer.headers.link };
    });
  };
  const graphql: GitHubApi["graphql"] = (query, variables) => askGraphql(line, query, variables);
  const request: GitHubApi["request"] = async <R extends Route>(
    route: R,
    parameters: Parameters<R>,
  ) => {
    const answer = await ask(route, parameters);
    if (!answer.ok) return answer;
    return { ok: true as const, status: answer.status, data: answer.data as Data<R> };
  };
  const known = options.identity && { ok: true as const, status: 200, data: options.identity };
  let identity: Promise<Answer<Identity>> | undefined = known && Promise.resolve(known);
  return {
    repository,
    identity() {
      identity ??= findIdentity({ graphql, request }, describeToken(options)).then((answer) => {
        if (!answer.ok) identity = undefined;
        return answer;
      });
      return identity;
    },
    request,
    list: (route, parameters, limit) => listPages(ask, route, parameters, limit),
    graphql,
    calls: () => line.calls,
  };
}

/** What the token itself tells. Installation tokens begin with `ghs_`, in the old form and in the new one. */
function describeToken({ auth, appId }: GitHubApiOptions): { appId: number | null; bot: boolean } {
  if ("appId" in auth) return { appId: auth.appId, bot: true };
  return { appId: appId ?? null, bot: auth.token.startsWith("ghs_") };
}

function askGraphql<T>(
  { send, octokit }: Line,
  query: string,
  variables: Record<string, unknown>,
): Promise<Answer<T>> {
  // A query may be sent again, a mutation not.
  const route = /^\s*mutation\b/.test(query) ? "POST /graphql" : "QUERY /graphql";
  return send(route, async (sent) => {
    const data = await octokit.graphql<T>(query, { ...variables, ...sent });
    return { ok: true as const, status: 200, data };
  });
}
