import { redact, redactValues } from "../../shared/redact.ts";
import type { Answer, Data, GitHubApi, Identity, Parameters, Route } from "./api.ts";
import { explainAbort, explainAnswer, type Refused } from "./explain-answer.ts";
import { findIdentity } from "./find-identity.ts";
import { findWeb } from "./find-web.ts";
import { isRepeatable } from "./is-repeatable.ts";
import { type GitHubAuth, openAuthentication, paceKeyOf } from "./open-authentication.ts";
import { openOctokit, type Pace, type Waiting } from "./open-octokit.ts";

export type GitHubApiOptions = {
  /** `https://api.github.com`, or `https://<host>/api/v3` of a server of one's own (`GITHUB_API_URL`). */
  baseUrl: string;
  auth: GitHubAuth;
  repository: { owner: string; name: string };
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
  const { repository, auth } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const calls = new Map<string, number>();
  const secrets = "token" in auth ? [auth.token] : [auth.privateKey];
  const octokit = openOctokit({
    baseUrl,
    paceKey: paceKeyOf(baseUrl, auth),
    pace: options.pace ?? "polite",
    timeoutMilliseconds: options.timeoutMilliseconds ?? 30_000,
    signal: options.signal,
    calls,
    log: (message) => options.log?.(redact(redactValues(message, secrets))),
  });
  const authentication = openAuthentication(octokit, auth, repository);
  const patience = options.patienceMilliseconds ?? 180_000;
  const web = `${findWeb(baseUrl)}/${repository.owner}/${repository.name}`;

  /** One call with a good token, once more with a fresh one where GitHub says that it is not. */
  async function send<T>(route: string, call: (sent: Sent) => Promise<T>): Promise<T | Refused> {
    const request: Waiting = {
      deadline: Date.now() + patience,
      ...(isRepeatable(route) ? {} : { retries: 0 }),
    };
    const attempt = async (fresh: boolean): Promise<T> => {
      const token = await authentication.token(fresh);
      return call({ request, headers: { authorization: `Bearer ${token}` } });
    };
    try {
      const first = attempt(false).catch((error: unknown) => {
        const stale = authentication.renewable && (error as { status?: number }).status === 401;
        if (!stale) throw error;
        return attempt(true);
      });
      return await stoppable(first, options.signal);
    } catch (error) {
      if (options.signal?.aborted) return explainAbort();
      return explainAnswer(error, { route, now: new Date(), web, secrets });
    }
  }

  async function ask(route: string, parameters: object): Promise<Answered | Refused> {
    const { owner, name: repo } = repository;
    const own = route.includes("{owner}") ? { owner, repo } : {};
    return send(route, async (sent) => {
      const answer = await octokit.request(route, { ...own, ...parameters, ...sent });
      return { ok: true, status: answer.status, data: answer.data, link: answer.headers.link };
    });
  }

  let identity: Promise<Answer<Identity>> | undefined;
  const api: GitHubApi = {
    repository,
    identity() {
      // Installation tokens begin with `ghs_`, in the old form and in the new one.
      const bot = "appId" in auth || auth.token.startsWith("ghs_");
      const appId = options.appId ?? ("appId" in auth ? auth.appId : null);
      identity ??= findIdentity(api, { appId, bot }).then((answer) => {
        if (!answer.ok) identity = undefined;
        return answer;
      });
      return identity;
    },
    async request<R extends Route>(route: R, parameters: Parameters<R>) {
      const answer = await ask(route, parameters);
      if (!answer.ok) return answer;
      return { ok: true as const, status: answer.status, data: answer.data as Data<R> };
    },
    list: (route, parameters, limit) => listPages(ask, route, parameters, limit),
    graphql: <T>(query: string, variables: Record<string, unknown>) =>
      send(/^\s*mutation\b/.test(query) ? "POST /graphql" : "QUERY /graphql", async (sent) => {
        const data = await octokit.graphql<T>(query, { ...variables, ...sent });
        return { ok: true as const, status: 200, data };
      }),
    calls: () => calls,
  };
  return api;
}

type Sent = { request: Waiting; headers: { authorization: string } };
type Answered = { ok: true; status: number; data: unknown; link: string | undefined };

/** Ends a wait at once when told to stop. What was sent may still arrive: the next run reads before it writes. */
async function stoppable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const stop = Promise.withResolvers<never>();
  const onStop = (): void => stop.reject(signal.reason);
  if (signal.aborted) onStop();
  signal.addEventListener("abort", onStop);
  try {
    return await Promise.race([work, stop.promise]);
  } finally {
    signal.removeEventListener("abort", onStop);
    // The loser of the race may fail later; nobody waits for it any more.
    work.catch(() => {});
  }
}

/** Described without pages: asked for as described, and on only where the answer names a next page. */
const unpaged: ReadonlySet<string> = new Set(["GET /repos/{owner}/{repo}/git/matching-refs/{ref}"]);

async function listPages<T>(
  ask: (route: string, parameters: object) => Promise<Answered | Refused>,
  route: Route,
  parameters: Record<string, unknown>,
  limit: number,
): Promise<Answer<{ items: T[]; complete: boolean }>> {
  const items: T[] = [];
  const size = unpaged.has(route) ? 30 : Math.min(100, Math.max(1, limit));
  for (let page = 1; ; page += 1) {
    const paging = page === 1 && unpaged.has(route) ? {} : { per_page: size, page };
    const answer = await ask(route, { ...parameters, ...paging });
    if (!answer.ok) return answer;
    items.push(...(readItems(answer.data) as T[]));
    const more = answer.link?.includes('rel="next"') ?? false;
    if (more && items.length < limit) continue;
    const complete = !more && items.length <= limit;
    return {
      ok: true,
      status: answer.status,
      data: { items: items.slice(0, limit), complete },
    };
  }
}

/** Lists come plain, or under the one name that holds them (`workflow_runs`, `artifacts`, `check_runs`). */
function readItems(data: unknown): unknown[] {
  if (Array.isArray(data)) return data;
  const members = Object.values((data ?? {}) as object);
  return members.find((member): member is unknown[] => Array.isArray(member)) ?? [];
}
