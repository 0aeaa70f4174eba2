import type { Snapshot } from "../workspace/port.ts";
import { isSourcePath, isWorthReading } from "./judge-path.ts";

export type Referrer = { path: string; line: number; text: string; to: string };

const perFile = 200;

/**
 * Files whose import lines name one of these paths, by its file name without ending; in the order of paths. A first
 * form of the blast radius: names that two files share are counted for both.
 */
export async function findReferrers(
  snapshot: Snapshot,
  paths: readonly string[],
): Promise<Referrer[]> {
  const referrers: Referrer[] = [];
  for (const to of paths.filter(isSourcePath)) {
    const stem = stemOf(to);
    if (stem.length < 2) continue;
    const literal = stem.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    const pattern = `(import|from|require|include|use|export).*[^A-Za-z0-9_-]${literal}([^A-Za-z0-9_-]|$)`;
    for (const hit of await snapshot.grep(pattern, [], perFile)) {
      const isOther = hit.path !== to && isSourcePath(hit.path) && isWorthReading(hit.path);
      if (isOther) referrers.push({ ...hit, text: hit.text.trim().slice(0, 200), to });
    }
  }
  return referrers.sort((left, right) =>
    left.path < right.path ? -1 : left.path > right.path ? 1 : left.line - right.line,
  );
}

/** A module that is its folder's index is imported by the folder's name. */
function stemOf(path: string): string {
  const parts = path.split("/");
  const stem = (parts.at(-1) ?? "").replace(/\.[^.]+$/, "").replace(/\.(?:d|test|spec)$/, "");
  return /^(?:index|mod|__init__|main)$/.test(stem) ? (parts.at(-2) ?? "") : stem;
}
