import { execFileSync } from "node:child_process";
import { findMergeBase } from "./commits.ts";
import type { Objects } from "./objects.ts";

export type ChangedFile = {
  path: string;
  previous: string | null;
  status: "added" | "removed" | "modified" | "renamed" | "changed";
  id: string;
  additions: number;
  deletions: number;
  /** Hunks as GitHub shows them; null for a binary file. */
  patch: string | null;
};

const cache = new Map<string, ChangedFile[]>();

const unquote = (path: string): string =>
  path.startsWith('"') ? (JSON.parse(path.replace(/\\([0-7]{3})/g, "\\u0$1")) as string) : path;

const statusOf = (letter: string): ChangedFile["status"] =>
  letter === "A" ? "added" : letter === "D" ? "removed" : letter === "R" ? "renamed" : "modified";

function parsePatch(text: string): { patch: string | null; additions: number; deletions: number } {
  const start = text.search(/^@@ /m);
  if (start < 0) return { patch: null, additions: 0, deletions: 0 };
  const patch = text.slice(start).replace(/\n$/, "");
  const count = (sign: string): number =>
    patch.split("\n").filter((line) => line.startsWith(sign)).length;
  return { patch, additions: count("+"), deletions: count("-") };
}

/** Files that `head` changes since it left `base`, as a pull request shows them. */
export function diffFiles(objects: Objects, base: string, head: string): ChangedFile[] {
  const from = findMergeBase(objects, base, head) ?? base;
  const key = `${objects.bare} ${from} ${head}`;
  const known = cache.get(key);
  if (known) return known;
  const options = ["diff-tree", "-r", "-M", "--raw", "-p", "--full-index", "--no-color"];
  const output = execFileSync("git", ["-C", objects.bare, ...options, from, head], {
    encoding: "utf8",
    maxBuffer: 200_000_000,
  });
  const [raw = "", ...patches] = output.split(/^(?=diff --git )/m);
  const files = raw
    .split("\n")
    .filter((line) => line.startsWith(":"))
    .map((line, index): ChangedFile => {
      const [meta = "", first = "", second] = line.split("\t");
      const [, , old = "", now = "", letter = "M"] = meta.split(" ");
      return {
        path: unquote(second ?? first),
        previous: second === undefined ? null : unquote(first),
        status: statusOf(letter.charAt(0)),
        id: letter.startsWith("D") ? old : now,
        ...parsePatch(patches[index] ?? ""),
      };
    });
  cache.set(key, files);
  return files;
}

/** Lines of the hunks, by side: where a review comment may stand. */
export function listAnchors(patch: string): {
  RIGHT: Map<number, number>;
  LEFT: Map<number, number>;
} {
  const anchors = { RIGHT: new Map<number, number>(), LEFT: new Map<number, number>() };
  let [left, right, hunk] = [0, 0, -1];
  for (const line of patch.split("\n")) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (header) {
      [left, right, hunk] = [Number(header[1]), Number(header[2]), hunk + 1];
    } else if (line.startsWith("+")) anchors.RIGHT.set(right++, hunk);
    else if (line.startsWith("-")) anchors.LEFT.set(left++, hunk);
    else if (line.startsWith(" ")) {
      anchors.RIGHT.set(right++, hunk);
      anchors.LEFT.set(left++, hunk);
    }
  }
  return anchors;
}
