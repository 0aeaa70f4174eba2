import { cpSync, linkSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { World } from "./world.ts";

/** Objects never change once they are written: a second name for the file is a copy of it. */
function linkFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkFolder(source, target);
    else linkSync(source, target);
  }
}

function copyRepository(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((each) => each !== "objects")) {
    cpSync(join(from, name), join(to, name), { recursive: true });
  }
  linkFolder(join(from, "objects"), join(to, "objects"));
}

/** Everything in memory, as one value: what two tables share is shared in the copy, too. */
const tablesOf = (world: World) => ({
  accounts: world.accounts,
  roles: world.roles,
  tokens: world.tokens,
  apps: world.apps,
  threads: world.threads,
  comments: world.comments,
  reviews: world.reviews,
  reviewComments: world.reviewComments,
  labels: world.labels,
  statuses: world.statuses,
  checks: world.checks,
  before: world.before,
  stale: world.stale,
  settings: world.settings,
  counts: world.counts,
  runs: world.actions.runs,
  artifacts: world.actions.artifacts,
});

/** Gives a table the content of another one; who holds it goes on holding it. */
function fill(table: object, content: object): void {
  if (table instanceof Map) {
    table.clear();
    for (const [key, value] of content as Map<unknown, unknown>) table.set(key, value);
  } else if (Array.isArray(table)) {
    table.splice(0, table.length, ...(content as unknown[]));
  } else Object.assign(table, content);
}

/** Keeps the world as it is now, with its repository in `folder`. What comes back makes it so again. */
export function saveWorld(world: World, folder: string): () => void {
  const tables = structuredClone(tablesOf(world));
  const repository = join(folder, "repository.git");
  copyRepository(world.bare, repository);
  return () => {
    const now = tablesOf(world);
    const then = structuredClone(tables);
    for (const name of Object.keys(now) as (keyof typeof now)[]) fill(now[name], then[name]);
    copyRepository(repository, world.bare);
    world.objects.forget();
  };
}
