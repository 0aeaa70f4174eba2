import { spawnSync } from "node:child_process";
import type { Objects } from "./objects.ts";

const cache = new Map<string, string | null>();

/** The tree of a merge without conflicts; null where people must decide. */
export function mergeTrees(objects: Objects, base: string, head: string): string | null {
  const key = `${objects.bare} ${base} ${head}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const run = spawnSync("git", ["-C", objects.bare, "merge-tree", "--write-tree", base, head], {
    encoding: "utf8",
  });
  const tree = run.status === 0 ? (run.stdout.split("\n")[0] ?? null) : null;
  cache.set(key, tree);
  return tree;
}
