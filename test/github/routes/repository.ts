import { execFileSync } from "node:child_process";
import { ensureAccount, findAccount, roleOf } from "../accounts.ts";
import { type Answer, type Handler, ok, page, parameter, type Routes } from "../call.ts";
import type { Role } from "../contract.ts";
import { findMergeBase, listMissing, readCommit, walk } from "../git/commits.ts";
import { diffFiles } from "../git/diff.ts";
import { type Entry, findPath, kindOfMode, readTree } from "../git/trees.ts";
import { notFound, Refusal } from "../refusal.ts";
import { openPulls } from "../rules/move-ref.ts";
import { readRef, resolveCommit } from "../rules/read-ref.ts";
import { shapeAccount } from "../shapes/account.ts";
import { shapeCommit, shapeFile } from "../shapes/commit.ts";
import { shapePull } from "../shapes/pull.ts";
import { apiOf, pageOf, shapeFullRepository } from "../shapes/repository.ts";
import type { World } from "../world.ts";

const repo = "/repos/{owner}/{repo}";

const legacy: Readonly<Record<Role, string>> = {
  admin: "admin",
  maintain: "write",
  write: "write",
  triage: "read",
  read: "read",
  none: "none",
};

const permissionsOf = (role: Role) => {
  const rank = ["none", "read", "triage", "write", "maintain", "admin"].indexOf(role);
  return {
    admin: rank >= 5,
    maintain: rank >= 4,
    push: rank >= 3,
    triage: rank >= 2,
    pull: rank >= 1,
  };
};

const permission: Handler = (call) => {
  const login = parameter(call, "username");
  const account = findAccount(call.world, login);
  if (!account || account.type === "Bot") throw new Refusal(404, `${login} is not a user`);
  const role = roleOf(call.world, account.login);
  const user = shapeAccount(call.world, account);
  return ok({
    permission: legacy[role],
    user: { ...user, permissions: permissionsOf(role), role_name: role },
    role_name: role,
  });
};

const collaborators: Handler = (call) => {
  const found = [...call.world.roles].flatMap(([login, role]) => {
    const account = findAccount(call.world, login);
    if (!account || role === "none") return [];
    const shaped = shapeAccount(call.world, account);
    return [{ ...shaped, permissions: permissionsOf(role), role_name: role }];
  });
  return page(call, found);
};

const getBranch: Handler = (call) => {
  const { world } = call;
  const name = parameter(call, "branch");
  const sha = readRef(world, `refs/heads/${name}`);
  const commit = sha && readCommit(world.objects, sha);
  if (!commit) throw new Refusal(404, "Branch not found");
  const url = `${apiOf(world)}/branches/${name}`;
  return ok({
    name,
    commit: shapeCommit(world, commit),
    _links: { self: url, html: `${pageOf(world)}/tree/${name}` },
    protected: false,
    protection: {
      enabled: false,
      required_status_checks: { enforcement_level: "off", contexts: [], checks: [] },
    },
    protection_url: `${url}/protection`,
  });
};

const listBranches: Handler = (call) => {
  const { world } = call;
  const found = world.refs.list("refs/heads/").map(({ name, id }) => ({
    name: name.slice("refs/heads/".length),
    commit: { sha: id, url: `${apiOf(world)}/commits/${id}` },
    protected: false,
  }));
  return page(call, found);
};

function shapeContent(world: World, path: string, ref: string, entry: Entry, whole: boolean) {
  const type =
    kindOfMode(entry.mode) === "tree" ? "dir" : entry.mode === "160000" ? "submodule" : "file";
  const url = `${apiOf(world)}/contents/${path}?ref=${ref}`;
  const kind = type === "dir" ? "tree" : "blob";
  const git = `${apiOf(world)}/git/${kind}s/${entry.id}`;
  const html = `${pageOf(world)}/${kind}/${ref}/${path}`;
  const data = type === "file" ? world.objects.readKind(entry.id, "blob") : null;
  const content = whole && data ? contentOf(data) : {};
  return {
    type,
    ...content,
    size: data?.length ?? 0,
    name: path.split("/").at(-1) ?? path,
    path,
    sha: entry.id,
    url,
    git_url: git,
    html_url: html,
    download_url: data ? `${pageOf(world)}/raw/${ref}/${path}` : null,
    _links: { self: url, git, html },
  };
}

/** Above a megabyte the content is left out. */
const contentOf = (data: Buffer) =>
  data.length > 1024 * 1024
    ? { encoding: "none", content: "" }
    : { encoding: "base64", content: data.toString("base64").replace(/(.{60})/g, "$1\n") };

const getContent: Handler = (call) => {
  const { world } = call;
  const path = parameter(call, "path").replace(/^\/+|\/+$/g, "");
  const ref = call.query.get("ref") ?? world.defaultBranch;
  const sha = resolveCommit(world, ref);
  if (sha === null) throw new Refusal(404, `No commit found for the ref ${ref}`);
  const tree = readCommit(world.objects, sha)?.tree ?? "";
  const entry = findPath(world.objects, tree, path);
  if (!entry) throw notFound();
  if (kindOfMode(entry.mode) === "tree") {
    const list = (readTree(world.objects, entry.id) ?? []).map((inner) =>
      shapeContent(world, path === "" ? inner.name : `${path}/${inner.name}`, ref, inner, false),
    );
    return ok(list);
  }
  if (/raw/.test(call.headers.accept ?? "")) {
    return { status: 200, bytes: world.objects.readKind(entry.id, "blob") ?? new Uint8Array() };
  }
  return ok(shapeContent(world, path, ref, entry, true));
};

/** What `accept: application/vnd.github.diff` asks for: git's own words. */
function plainDiff(world: World, from: string, to: string): Answer {
  const bytes = execFileSync("git", ["-C", world.bare, "diff", "--no-color", from, to]);
  return {
    status: 200,
    bytes,
    headers: { "content-type": "application/vnd.github.diff; charset=utf-8" },
  };
}

const compare: Handler = (call) => {
  const { world } = call;
  const [from, to] = [parameter(call, "base"), parameter(call, "head")];
  const [base, head] = [resolveCommit(world, from), resolveCommit(world, to)];
  const baseCommit = base && readCommit(world.objects, base);
  const headCommit = head && readCommit(world.objects, head);
  if (!baseCommit || !headCommit) throw notFound();
  const fork = findMergeBase(world.objects, baseCommit.id, headCommit.id);
  const forkCommit = fork && readCommit(world.objects, fork);
  if (!forkCommit) throw new Refusal(404, `No common ancestor between ${from} and ${to}.`);
  if (/\.diff\b/.test(call.headers.accept ?? "")) return plainDiff(world, fork, headCommit.id);
  const ahead = listMissing(world.objects, baseCommit.id, headCommit.id);
  const behind = listMissing(world.objects, headCommit.id, baseCommit.id).length;
  const files = diffFiles(world.objects, baseCommit.id, headCommit.id);
  const url = `${apiOf(world)}/compare/${from}...${to}`;
  const html = `${pageOf(world)}/compare/${from}...${to}`;
  const status =
    ahead.length === 0
      ? behind === 0
        ? "identical"
        : "behind"
      : behind === 0
        ? "ahead"
        : "diverged";
  return ok({
    url,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: shapeCommit(world, baseCommit),
    merge_base_commit: shapeCommit(world, forkCommit),
    status,
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: ahead.slice(0, 250).map((commit) => shapeCommit(world, commit)),
    files: files.slice(0, 300).map((file) => shapeFile(world, headCommit.id, file)),
  });
};

const getCommit: Handler = (call) => {
  const { world } = call;
  const name = parameter(call, "ref");
  const sha = resolveCommit(world, name);
  const commit = sha && readCommit(world.objects, sha);
  if (!commit) throw new Refusal(422, `No commit found for SHA: ${name}`);
  const parent = commit.parents[0];
  const files = parent ? diffFiles(world.objects, parent, commit.id) : [];
  const sum = (key: "additions" | "deletions") => files.reduce((n, file) => n + file[key], 0);
  const stats = {
    total: sum("additions") + sum("deletions"),
    additions: sum("additions"),
    deletions: sum("deletions"),
  };
  const shaped = files.slice(0, 300).map((file) => shapeFile(world, commit.id, file));
  return ok({ ...shapeCommit(world, commit), stats, files: shaped });
};

const listCommits: Handler = (call) => {
  const { world } = call;
  const sha = resolveCommit(world, call.query.get("sha") ?? world.defaultBranch);
  if (sha === null) throw notFound();
  return page(
    call,
    [...walk(world.objects, sha)].map((commit) => shapeCommit(world, commit)),
  );
};

const pullsOfCommit: Handler = (call) => {
  const sha = parameter(call, "commit_sha");
  const found = openPulls(call.world).filter(({ pull }) =>
    listMissing(call.world.objects, pull.baseSha, pull.headSha).some((commit) => commit.id === sha),
  );
  return page(
    call,
    found.map((thread) => shapePull(call.world, thread)),
  );
};

const user: Handler = (call) => {
  const login = parameter(call, "username");
  const account = findAccount(call.world, login);
  if (!account) throw notFound();
  return ok(shapeWholeAccount(call.world, ensureAccount(call.world, login, account.type)));
};

export const shapeWholeAccount = (
  world: World,
  account: { id: number; login: string; type: "User" | "Bot" },
) => ({
  ...shapeAccount(world, account),
  name: null,
  company: null,
  blog: "",
  location: null,
  email: null,
  hireable: null,
  bio: null,
  public_repos: 0,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: world.createdAt,
  updated_at: world.createdAt,
});

export const repositoryRoutes: Routes = {
  [`GET ${repo}`]: (call) => ok(shapeFullRepository(call.world, call.actor)),
  [`GET ${repo}/collaborators/{username}/permission`]: permission,
  [`GET ${repo}/collaborators`]: collaborators,
  [`GET ${repo}/branches/{branch}`]: getBranch,
  [`GET ${repo}/branches`]: listBranches,
  [`GET ${repo}/contents/{path}`]: getContent,
  [`GET ${repo}/compare/{base}...{head}`]: compare,
  [`GET ${repo}/commits/{ref}`]: getCommit,
  [`GET ${repo}/commits`]: listCommits,
  [`GET ${repo}/commits/{commit_sha}/pulls`]: pullsOfCommit,
  "GET /users/{username}": user,
};
