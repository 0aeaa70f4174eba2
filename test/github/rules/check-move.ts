import picomatch from "picomatch";
import { isAncestor, listMissing, readCommit } from "../git/commits.ts";
import { changedPaths, findPath } from "../git/trees.ts";
import { botSignature } from "../shapes/commit.ts";
import type { Actor, World } from "../world.ts";

/** Why a ref may not be moved. The way it is said depends on whether git or the API asked. */
export type Objection = {
  kind: "workflow" | "protected" | "unsigned" | "secret";
  /** What git prints behind `! [remote rejected]`. */
  reason: string;
  /** What git prints as `remote:` lines. */
  remote: string[];
  /** What the API says. */
  message: string;
};

const secretPattern =
  /\b(ghp_[A-Za-z0-9]{36}|AKIA[0-9A-Z]{16}|sk-ant-[A-Za-z0-9_-]{20,}|xox[bp]-[0-9A-Za-z-]{20,})/;

function violation(name: string, detail: string, kind: Objection["kind"]): Objection {
  const headline = `GH013: Repository rule violations found for ${name}.`;
  return {
    kind,
    reason: "push declined due to repository rule violations",
    remote: [`error: ${headline}`, "", `- ${detail}`],
    message: `Repository rule violations found\n\n${detail}`,
  };
}

function objectWorkflow(path: string, actor: Actor): Objection {
  const who = actor.kind === "user" ? "a Personal Access Token" : "a GitHub App";
  const need = actor.kind === "user" ? "`workflow` scope" : "`workflows` permission";
  const reason = `refusing to allow ${who} to create or update workflow \`${path}\` without ${need}`;
  return {
    kind: "workflow",
    reason,
    remote: [],
    message: "Resource not accessible by integration",
  };
}

const isBot = (actor: Actor): boolean => actor.kind === "installation" || actor.kind === "actions";

/** Workflow files that the new commits change against what the remote already has. */
function findWorkflow(world: World, actor: Actor, from: string | null, to: string): string | null {
  if (!isBot(actor) || actor.rights.workflows === "write") return null;
  const treeOf = (id: string | null): string | null =>
    id === null ? null : (readCommit(world.objects, id)?.tree ?? null);
  for (const commit of listMissing(world.objects, from, to)) {
    const under = (tree: string | null): string | null =>
      tree === null ? null : (findPath(world.objects, tree, ".github/workflows")?.id ?? null);
    const parent = treeOf(commit.parents[0] ?? null);
    const path = changedPaths(world.objects, under(parent), under(commit.tree))[0];
    if (path !== undefined) return `.github/workflows/${path}`;
  }
  return null;
}

function findSecret(world: World, from: string | null, to: string): string | null {
  for (const commit of listMissing(world.objects, from, to)) {
    const parent = commit.parents[0];
    const before = parent ? (readCommit(world.objects, parent)?.tree ?? null) : null;
    for (const path of changedPaths(world.objects, before, commit.tree)) {
      const entry = findPath(world.objects, commit.tree, path);
      const data = entry && world.objects.readKind(entry.id, "blob");
      if (data && secretPattern.test(data.toString("latin1"))) return `${path}:${commit.id}`;
    }
  }
  return null;
}

const isProtected = (world: World, name: string): boolean =>
  name.startsWith("refs/heads/") &&
  world.settings.protectedBranches.some((glob) =>
    picomatch.isMatch(name.slice("refs/heads/".length), glob),
  );

function objectProtected(name: string): Objection {
  const headline = `GH006: Protected branch update failed for ${name}.`;
  return {
    kind: "protected",
    reason: "protected branch hook declined",
    remote: [`error: ${headline}`, "error: Changes must be made through a pull request."],
    message: `Protected branch update failed for ${name}.`,
  };
}

function checkCommits(world: World, actor: Actor, name: string, to: string): Objection | null {
  const base = world.refs.read(name) ?? world.refs.read(`refs/heads/${world.defaultBranch}`);
  const workflow = findWorkflow(world, actor, base, to);
  if (workflow) return objectWorkflow(workflow, actor);
  const fresh = listMissing(world.objects, base, to);
  const unsigned = fresh.find((commit) => commit.signature !== botSignature);
  if (world.settings.requireSignedCommits && unsigned && name.startsWith("refs/heads/")) {
    return violation(name, "Commits must have verified signatures.", "unsigned");
  }
  const secret = world.settings.pushProtection ? findSecret(world, base, to) : null;
  if (secret) {
    const detail = `Push cannot contain secrets\n  - ${secret}`;
    return violation(name, detail, "secret");
  }
  return null;
}

/** The first rule of the repository that forbids to move `name` to `to` (null deletes it). */
export function checkMove(
  world: World,
  actor: Actor,
  name: string,
  to: string | null,
): Objection | null {
  if (isBot(actor) && isProtected(world, name)) return objectProtected(name);
  return to === null ? null : checkCommits(world, actor, name, to);
}

/** Whether the commit that a ref has is in the history of the one it shall have. */
export const isFastForward = (world: World, name: string, to: string): boolean => {
  const now = world.refs.read(name);
  return now === null || now === to || isAncestor(world.objects, now, to);
};
