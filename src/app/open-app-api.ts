import { createAppAuth } from "@octokit/auth-app";
import { explainAnswer } from "../forge/github/explain-answer.ts";
import { findWeb } from "../forge/github/find-web.ts";
import { paceKeyOf } from "../forge/github/open-authentication.ts";
import { openOctokit, type Pace } from "../forge/github/open-octokit.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import type { AppIdentity } from "./settings.ts";

export type FailedDelivery = { id: number; guid: string; event: string; at: string };
export type InstalledRepository = { id: number; owner: string; name: string };

/** What an App asks GitHub as itself, rather than as one of its installations. */
export type AppApi = {
  /** Slug of the App, and the account id of its bot. */
  identity(): Promise<Result<{ slug: string; botId: string }>>;
  /** Ids of installations that are not suspended. */
  installations(): Promise<Result<number[]>>;
  repositories(installation: number): Promise<Result<InstalledRepository[]>>;
  /** A token for git alone: one repository, one right. */
  gitToken(installation: number, repositoryId: number, contents: "read" | "write"): Promise<string>;
  /** Deliveries since a time whose every attempt failed, oldest first. */
  failedDeliveries(since: Date): Promise<Result<FailedDelivery[]>>;
  redeliver(delivery: number): Promise<Result<void>>;
};

export type AppApiOptions = {
  apiUrl: string;
  identity: AppIdentity;
  log: (message: string) => void;
  signal?: AbortSignal;
  pace?: Pace;
};

type Auth = ReturnType<typeof createAppAuth>;
type Call = (route: string, parameters?: object, installation?: number) => Promise<Result<Page>>;
type Page = { data: unknown; next: string | null };

const PATIENCE = 180_000;
/** Pages of deliveries that are looked through: 5,000 of the last days. */
const MOST_PAGES = 50;

/** The cursor or number of the next page, from the header that says where it is. */
function findNext(link: string | undefined, parameter: "cursor" | "page"): string | null {
  const [, address] = /<([^>]+)>;\s*rel="next"/.exec(link ?? "") ?? [];
  return address ? new URL(address).searchParams.get(parameter) : null;
}

function openCall({ apiUrl, identity, log, signal, pace = "polite" }: AppApiOptions): {
  auth: Auth;
  call: Call;
} {
  const { id: appId, privateKey } = identity;
  const octokit = openOctokit({
    baseUrl: apiUrl,
    paceKey: paceKeyOf(apiUrl, { appId, privateKey }),
    pace,
    timeoutMilliseconds: 30_000,
    signal,
    calls: new Map(),
    log,
  });
  const auth = createAppAuth({ appId, privateKey, request: octokit.request });
  const call: Call = async (route, parameters = {}, installationId) => {
    try {
      const { token } = await (installationId
        ? auth({ type: "installation", installationId })
        : auth({ type: "app" }));
      const answer = await octokit.request(route, {
        ...parameters,
        headers: { authorization: `bearer ${token}` },
        request: { deadline: Date.now() + PATIENCE, retries: route.startsWith("GET ") ? 3 : 0 },
      });
      const byCursor = route.includes("/deliveries");
      const next = findNext(answer.headers.link, byCursor ? "cursor" : "page");
      return succeed({ data: answer.data, next });
    } catch (error) {
      const context = { route, now: new Date(), web: findWeb(apiUrl), secrets: [privateKey] };
      return fail(explainAnswer(error, context).failure);
    }
  };
  return { auth, call };
}

async function listAll<T>(
  call: Call,
  route: string,
  parameter: "cursor" | "page",
  more: { installation?: number; until?: (items: T[]) => boolean } = {},
): Promise<Result<T[]>> {
  const all: T[] = [];
  let at: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const place = at === null ? {} : { [parameter]: at };
    const answer = await call(route, { per_page: 100, ...place }, more.installation);
    if (!answer.ok) return answer;
    const { data, next } = answer.value;
    const items = (
      Array.isArray(data) ? data : (data as { repositories: T[] }).repositories
    ) as T[];
    all.push(...items);
    at = next;
    if (at === null || more.until?.(items)) break;
  }
  return succeed(all);
}

type Listed = {
  id: number;
  guid: string;
  event: string;
  delivered_at: string;
  status: string;
  status_code: number;
};

const arrived = ({ status, status_code: code }: Listed): boolean =>
  status === "OK" || (code >= 200 && code < 300);

async function findFailed(call: Call, since: Date): Promise<Result<FailedDelivery[]>> {
  const first = since.toISOString();
  const before = ({ delivered_at: at }: Listed): boolean => new Date(at) < since;
  const listed = await listAll<Listed>(call, "GET /app/hook/deliveries", "cursor", {
    until: (items) => items.some(before),
  });
  if (!listed.ok) return listed;
  // A redelivery is listed as another delivery with the same guid: one that arrived settles it.
  const settled = new Set(listed.value.filter(arrived).map(({ guid }) => guid));
  const newest = new Map<string, FailedDelivery>();
  for (const { id, guid, event, delivered_at: at } of listed.value) {
    if (settled.has(guid) || new Date(at) < new Date(first) || newest.has(guid)) continue;
    newest.set(guid, { id, guid, event, at });
  }
  return succeed([...newest.values()].reverse());
}

/** A push may take a while: a token that is older than this is not begun with, though it lives an hour. */
const FRESH_MILLISECONDS = 10 * 60_000;

const openGitTokens =
  (auth: Auth): AppApi["gitToken"] =>
  async (installationId, repositoryId, contents) => {
    const narrow = { repositoryIds: [repositoryId], permissions: { contents } };
    const wanted = { type: "installation", installationId, ...narrow } as const;
    const kept = await auth(wanted);
    const age = Date.now() - new Date(kept.createdAt).getTime();
    if (age < FRESH_MILLISECONDS) return kept.token;
    return (await auth({ ...wanted, refresh: true })).token;
  };

/** Opens what the App asks as itself. Sends nothing by itself. */
export function openAppApi(options: AppApiOptions): AppApi {
  const { auth, call } = openCall(options);
  return {
    async identity() {
      const app = await call("GET /app");
      if (!app.ok) return app;
      const { slug } = app.value.data as { slug: string };
      const account = await call("GET /users/{username}", { username: `${slug}[bot]` });
      if (!account.ok) return account;
      return succeed({ slug, botId: String((account.value.data as { id: number }).id) });
    },
    async installations() {
      type Item = { id: number; suspended_at?: string | null };
      const listed = await listAll<Item>(call, "GET /app/installations", "page");
      if (!listed.ok) return listed;
      return succeed(listed.value.filter((item) => !item.suspended_at).map(({ id }) => id));
    },
    async repositories(installation) {
      type Item = { id: number; name: string; owner: { login: string }; archived?: boolean };
      const route = "GET /installation/repositories";
      const listed = await listAll<Item>(call, route, "page", { installation });
      if (!listed.ok) return listed;
      const open = listed.value.filter(({ archived }) => !archived);
      return succeed(open.map(({ id, name, owner }) => ({ id, name, owner: owner.login })));
    },
    gitToken: openGitTokens(auth),
    failedDeliveries: (since) => findFailed(call, since),
    async redeliver(delivery) {
      const route = "POST /app/hook/deliveries/{delivery_id}/attempts";
      const sent = await call(route, { delivery_id: delivery });
      return sent.ok ? succeed(undefined) : sent;
    },
  };
}
