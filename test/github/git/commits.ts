import type { Objects } from "./objects.ts";

export type Signature = { name: string; email: string; date: string };
export type Commit = {
  id: string;
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
  signature: string | null;
};

const parseSignature = (line: string): Signature => {
  const match = /^(.*?) ?<(.*?)> (\d+)/.exec(line);
  const date = new Date(Number(match?.[3] ?? 0) * 1000).toISOString();
  return { name: match?.[1] ?? "", email: match?.[2] ?? "", date: date.replace(".000Z", "Z") };
};

const cache = new Map<string, Commit>();

export function readCommit(objects: Objects, id: string): Commit | null {
  const known = cache.get(id);
  if (known && objects.read(id)) return known;
  const text = objects.readKind(id, "commit")?.toString("utf8");
  if (text === undefined) return null;
  const end = text.indexOf("\n\n");
  const head = text.slice(0, end).replace(/\n /g, "\u0000");
  const lines = head.split("\n").map((line) => {
    const space = line.indexOf(" ");
    return [line.slice(0, space), line.slice(space + 1)] as const;
  });
  const first = (key: string): string | undefined => lines.find(([name]) => name === key)?.[1];
  const commit: Commit = {
    id,
    tree: first("tree") ?? "",
    parents: lines.filter(([name]) => name === "parent").map(([, value]) => value),
    author: parseSignature(first("author") ?? ""),
    committer: parseSignature(first("committer") ?? ""),
    message: text.slice(end + 2),
    signature: first("gpgsig")?.replaceAll("\u0000", "\n") ?? null,
  };
  cache.set(id, commit);
  return commit;
}

export function writeCommit(objects: Objects, commit: Omit<Commit, "id">): string {
  const line = (who: Signature): string =>
    `${who.name} <${who.email}> ${Math.floor(Date.parse(who.date) / 1000)} +0000`;
  const head = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${line(commit.author)}`,
    `committer ${line(commit.committer)}`,
    ...(commit.signature ? [`gpgsig ${commit.signature.replaceAll("\n", "\n ")}`] : []),
  ];
  return objects.write("commit", Buffer.from(`${head.join("\n")}\n\n${commit.message}`));
}

/** Every commit that can be reached from `from`, itself included, nearest first. */
export function* walk(objects: Objects, from: string): Generator<Commit> {
  const seen = new Set([from]);
  for (const queue = [from]; queue.length > 0; ) {
    const commit = readCommit(objects, queue.shift() ?? "");
    if (!commit) continue;
    yield commit;
    for (const parent of commit.parents) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      queue.push(parent);
    }
  }
}

export function isAncestor(objects: Objects, ancestor: string, of: string): boolean {
  for (const commit of walk(objects, of)) if (commit.id === ancestor) return true;
  return false;
}

export function findMergeBase(objects: Objects, one: string, other: string): string | null {
  const reached = new Set([...walk(objects, one)].map((commit) => commit.id));
  for (const commit of walk(objects, other)) if (reached.has(commit.id)) return commit.id;
  return null;
}

/** Commits of `head` that `base` does not have, oldest first. */
export function listMissing(objects: Objects, base: string | null, head: string): Commit[] {
  const known = new Set(base ? [...walk(objects, base)].map((commit) => commit.id) : []);
  return [...walk(objects, head)].filter((commit) => !known.has(commit.id)).reverse();
}
