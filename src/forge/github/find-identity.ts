import type { Answer, GitHubApi, Identity } from "./api.ts";

/** The account of Actions' own App: known on GitHub.com, and of another id perhaps on a server of one's own. */
const actionsLogin = "github-actions[bot]";
const actionsId = 41_898_282;

/** Whose a `GITHUB_TOKEN` of GitHub.com is. */
export const actionsIdentity: Identity = {
  id: String(actionsId),
  login: actionsLogin,
  kind: "actions",
  appId: null,
};

type Viewer = { viewer: { login: string; databaseId?: number | null } };
const query = "query Viewer { viewer { login databaseId } }";

/**
 * Who the token is. Installation tokens may not ask `GET /user`, so GraphQL's `viewer` says the login, and REST the id of the account of
 * that name. Some answers drop the `[bot]` of an App; `bot` says that the token is one, so that no person of that name is taken for it.
 */
export async function findIdentity(
  api: Pick<GitHubApi, "graphql" | "request">,
  token: { appId: number | null; bot: boolean },
): Promise<Answer<Identity>> {
  const viewer = await api.graphql<Viewer>(query, {});
  if (!viewer.ok) return viewer;
  const { login: said, databaseId } = viewer.data.viewer;
  const bare = said === "github-actions" || (token.bot && !said.endsWith("[bot]"));
  const login = bare ? `${said}[bot]` : said;
  const account = await findAccount(api, login, databaseId ?? null);
  if (!account.ok) return account;
  const kind = kindOf(login, account.data.type);
  const appId = kind === "app" ? token.appId : null;
  return { ok: true, status: account.status, data: { id: account.data.id, login, kind, appId } };
}

const kindOf = (login: string, type: string): Identity["kind"] => {
  if (login === actionsLogin) return "actions";
  return type === "Bot" || login.endsWith("[bot]") ? "app" : "user";
};

async function findAccount(
  api: Pick<GitHubApi, "request">,
  login: string,
  databaseId: number | null,
): Promise<Answer<{ id: string; type: string }>> {
  const known = login === actionsLogin;
  if (known && databaseId !== null) return found(databaseId, "Bot");
  const answer = await api.request("GET /users/{username}", { username: login });
  if (answer.ok) return found(answer.data.id, answer.data.type);
  return known && answer.status === 404 ? found(actionsId, "Bot") : answer;
}

const found = (id: number | bigint, type: string): Answer<{ id: string; type: string }> => ({
  ok: true,
  status: 200,
  data: { id: String(id), type },
});
