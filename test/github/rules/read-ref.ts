import type { World } from "../world.ts";

/** What a read of a ref answers: usually what it is, after `serveStale` what it was before its last move. */
export function readRef(world: World, name: string): string | null {
  const left = world.stale.get(name) ?? 0;
  if (left === 0 || !world.before.has(name)) return world.refs.read(name);
  world.stale.set(name, left - 1);
  return world.before.get(name) ?? null;
}

/** The commit that a text of a caller names: a branch, a tag, a whole ref or an id. */
export function resolveCommit(world: World, text: string): string | null {
  for (const name of [`refs/heads/${text}`, `refs/tags/${text}`, text, `refs/${text}`]) {
    const found = name.startsWith("refs/") ? readRef(world, name) : null;
    if (found) return found;
  }
  if (text === "HEAD") return readRef(world, `refs/heads/${world.defaultBranch}`);
  return world.objects.readKind(text, "commit") ? text : null;
}
