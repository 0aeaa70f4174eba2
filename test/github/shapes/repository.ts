import { hasRole } from "../accounts.ts";
import type { Actor, World } from "../world.ts";
import { nodeId, shapeOwner } from "./account.ts";

const addresses: Readonly<Record<string, string>> = {
  forks_url: "/forks",
  keys_url: "/keys{/key_id}",
  collaborators_url: "/collaborators{/collaborator}",
  teams_url: "/teams",
  hooks_url: "/hooks",
  issue_events_url: "/issues/events{/number}",
  events_url: "/events",
  assignees_url: "/assignees{/user}",
  branches_url: "/branches{/branch}",
  tags_url: "/tags",
  blobs_url: "/git/blobs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  git_refs_url: "/git/refs{/sha}",
  trees_url: "/git/trees{/sha}",
  statuses_url: "/statuses/{sha}",
  languages_url: "/languages",
  stargazers_url: "/stargazers",
  contributors_url: "/contributors",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  commits_url: "/commits{/sha}",
  git_commits_url: "/git/commits{/sha}",
  comments_url: "/comments{/number}",
  issue_comment_url: "/issues/comments{/number}",
  contents_url: "/contents/{+path}",
  compare_url: "/compare/{base}...{head}",
  merges_url: "/merges",
  archive_url: "/{archive_format}{/ref}",
  downloads_url: "/downloads",
  issues_url: "/issues{/number}",
  pulls_url: "/pulls{/number}",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  labels_url: "/labels{/name}",
  releases_url: "/releases{/id}",
  deployments_url: "/deployments",
};

export const apiOf = (world: World): string => `${world.url}/repos/${world.owner}/${world.repo}`;
export const pageOf = (world: World): string => `${world.url}/${world.owner}/${world.repo}`;

/** The short form, which other resources carry. */
export function shapeMinimalRepository(world: World): Record<string, unknown> {
  const api = apiOf(world);
  return {
    id: world.repositoryId,
    node_id: nodeId("R", world.repositoryId),
    name: world.repo,
    full_name: `${world.owner}/${world.repo}`,
    private: world.private,
    owner: shapeOwner(world),
    html_url: pageOf(world),
    description: null,
    fork: false,
    url: api,
    ...Object.fromEntries(Object.entries(addresses).map(([key, path]) => [key, api + path])),
  };
}

const openIssues = (world: World): number =>
  [...world.threads.values()].filter((thread) => thread.state === "open").length;

/** The repository as events and pull requests carry it. */
export function shapeRepository(world: World): Record<string, unknown> {
  const open = openIssues(world);
  return {
    ...shapeMinimalRepository(world),
    created_at: world.createdAt,
    updated_at: world.createdAt,
    pushed_at: world.createdAt,
    git_url: `git:${pageOf(world).replace(/^https?:/, "")}.git`,
    ssh_url: `git@${world.url.replace(/^https?:\/\//, "")}:${world.owner}/${world.repo}.git`,
    clone_url: `${pageOf(world)}.git`,
    svn_url: pageOf(world),
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: world.private ? "private" : "public",
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: world.defaultBranch,
    custom_properties: {},
  };
}

/** `push` writes times as numbers, and a few names of its own. */
export function shapePushedRepository(world: World): Record<string, unknown> {
  const created = Math.floor(Date.parse(world.createdAt) / 1000);
  return {
    ...shapeRepository(world),
    created_at: created,
    pushed_at: Math.floor(world.clock() / 1000),
    stargazers: 0,
    master_branch: world.defaultBranch,
  };
}

/** What `GET /repos/{owner}/{repo}` answers. */
export function shapeFullRepository(world: World, actor: Actor): Record<string, unknown> {
  const may = (role: "admin" | "maintain" | "write" | "triage" | "read"): boolean =>
    actor.kind === "user" && hasRole(world, actor.account.login, role);
  const permissions = {
    admin: may("admin"),
    maintain: may("maintain"),
    push: may("write"),
    triage: may("triage"),
    pull: may("read"),
  };
  return {
    ...shapeRepository(world),
    ...(actor.kind === "user" ? { permissions } : {}),
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    allow_update_branch: false,
    temp_clone_token: "",
    network_count: 0,
    subscribers_count: 0,
    ...(world.organisation ? { organization: shapeOwner(world) } : {}),
  };
}
