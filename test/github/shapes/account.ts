import type { Account } from "../contract.ts";
import type { AppRecord, World } from "../world.ts";

const node = (prefix: string, id: number): string =>
  `${prefix}_${id.toString(36).padStart(8, "0")}`;

/** A node id for GraphQL, from which kind and number can be read back. */
export const nodeId = node;
export const parseNodeId = (text: string): { prefix: string; id: number } | null => {
  const match = /^([A-Z]+)_([0-9a-z]+)$/.exec(text);
  return match ? { prefix: match[1] ?? "", id: Number.parseInt(match[2] ?? "", 36) } : null;
};

export function shapeAccount(world: World, account: Account): Record<string, unknown> {
  const api = `${world.url}/users/${encodeURIComponent(account.login)}`;
  const page = account.login.replace(/^(.*)\[bot\]$/, "apps/$1");
  return {
    login: account.login,
    id: account.id,
    node_id: node(account.type === "Bot" ? "BOT" : "U", account.id),
    avatar_url: `${world.url}/avatars/u/${account.id}`,
    gravatar_id: "",
    url: api,
    html_url: `${world.url}/${page}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
}

/** The account that owns the repository, which may be an organisation. */
export const shapeOwner = (world: World): Record<string, unknown> => ({
  ...shapeAccount(world, world.ownerAccount),
  type: world.organisation ? "Organization" : "User",
});

export const shapeOrganisation = (world: World): Record<string, unknown> => {
  const api = `${world.url}/orgs/${world.owner}`;
  return {
    login: world.owner,
    id: world.ownerAccount.id,
    node_id: node("O", world.ownerAccount.id),
    url: api,
    repos_url: `${api}/repos`,
    events_url: `${api}/events`,
    hooks_url: `${api}/hooks`,
    issues_url: `${api}/issues`,
    members_url: `${api}/members{/member}`,
    public_members_url: `${api}/public_members{/member}`,
    avatar_url: `${world.url}/avatars/u/${world.ownerAccount.id}`,
    description: "",
  };
};

export const shapeApp = (world: World, app: AppRecord): Record<string, unknown> => ({
  id: app.appId,
  slug: app.slug,
  client_id: `Iv23li${String(app.appId).padStart(14, "0")}`,
  node_id: node("A", app.appId),
  owner: shapeOwner(world),
  name: app.name,
  description: "",
  external_url: `${world.url}/apps/${app.slug}`,
  html_url: `${world.url}/apps/${app.slug}`,
  created_at: app.createdAt,
  updated_at: app.createdAt,
  permissions: { metadata: "read", ...app.rights },
  events: app.events,
});
