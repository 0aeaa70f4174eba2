import { createHash } from "node:crypto";
import { Stop } from "../../shared/stop.ts";
import type { Cache, History, PastCommit } from "../port.ts";
import type { Store } from "./prepare-store.ts";
import { isShallow, listHistory, readCommits, readHistory } from "./read-history.ts";

/** `history-1-<milliseconds>-<commit>-<most>-<sha256>.json`: the past of one commit, checked against its hash when it is read. */
const shape = /^history-1-([0-9a-z]+)-([0-9a-f]+)-([0-9]+)-([0-9a-f]{64})\.json$/;
const MOST_KEPT = 6;
/** Pasts that are looked at for what a new one has in common with them. */
const MOST_READ = 2;

type Name = { name: string; at: number; commit: string; most: number; hash: string };
type Packed = { paths: string[]; commits: [string, number, string, number[]][] };

/**
 * What `readHistory` gives, kept in the cache by commit. For another commit only what no kept past has is compared anew; the order is
 * always git's own, so that it does not matter what was kept. The past of a shallow clone is not kept: it may grow at its old end. A past
 * that git cannot read (a clone without old trees) is one that was cut off.
 */
export async function keepHistory(
  store: Store,
  cache: Cache,
  commit: string,
  most: number,
): Promise<History> {
  try {
    return await findHistory(store, cache, commit, most);
  } catch (error) {
    if (error instanceof Stop && error.failure.reason === "git-failed")
      return { commits: [], shallow: true };
    throw error;
  }
}

async function findHistory(
  store: Store,
  cache: Cache,
  commit: string,
  most: number,
): Promise<History> {
  if (isShallow(store)) return await readHistory(store, commit, most);
  const names = await listNames(cache);
  const same = names.find((name) => name.commit === commit && name.most === most);
  const kept = same === undefined ? null : await readPacked(cache, same);
  if (kept !== null) return openHistory(kept);
  const history = await extendHistory(store, cache, names, commit, most);
  await write(cache, history, commit, most);
  for (const { name } of names.slice(MOST_KEPT - 1)) await cache.remove(name);
  return history;
}

async function listNames(cache: Cache): Promise<Name[]> {
  const names = (await cache.list()).flatMap((name): Name[] => {
    const [, at, commit, most, hash] = shape.exec(name) ?? [];
    if (!at || !commit || !most || !hash) return [];
    return [{ name, at: Number.parseInt(at, 36), commit, most: Number(most), hash }];
  });
  return names.sort((left, right) => right.at - left.at || (left.name < right.name ? -1 : 1));
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function readPacked(cache: Cache, { name, hash }: Name): Promise<Uint8Array | null> {
  const bytes = await cache.read(name);
  if (bytes === null || hashOf(bytes) === hash) return bytes;
  await cache.remove(name);
  return null;
}

async function extendHistory(
  store: Store,
  cache: Cache,
  names: readonly Name[],
  commit: string,
  most: number,
): Promise<History> {
  const known = new Map<string, PastCommit>();
  for (const name of names.slice(0, MOST_READ)) {
    const bytes = await readPacked(cache, name);
    if (bytes !== null) for (const one of unpack(bytes)) known.set(one.id, one);
  }
  if (known.size === 0) return await readHistory(store, commit, most);
  const listed = await listHistory(store, commit, most);
  const unknown = listed.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  if (unknown.length * 2 > listed.length) return await readHistory(store, commit, most);
  for (const one of await readCommits(store, unknown)) known.set(one.id, one);
  return { commits: listed.map((one) => known.get(one.id) ?? one), shallow: false };
}

async function write(cache: Cache, history: History, commit: string, most: number): Promise<void> {
  const places = new Map<string, number>();
  const placeOf = (path: string): number => {
    const place = places.get(path) ?? places.size;
    places.set(path, place);
    return place;
  };
  const commits = history.commits.map(({ id, at, subject, paths }): Packed["commits"][number] => [
    ...([id, at, subject, paths.map(placeOf)] as const),
  ]);
  const bytes = Buffer.from(JSON.stringify({ paths: [...places.keys()], commits }));
  const parts = [Date.now().toString(36), commit, most, hashOf(bytes)];
  await cache.write(`history-1-${parts.join("-")}.json`, bytes);
}

function unpack(bytes: Uint8Array): PastCommit[] {
  const { paths, commits } = JSON.parse(Buffer.from(bytes).toString("utf8")) as Packed;
  return commits.map(([id, at, subject, places]) => ({
    ...{ id, at, subject },
    paths: places.map((place) => paths[place] ?? ""),
  }));
}

/** Taken apart when its commits are first asked for: many commands never do. */
function openHistory(bytes: Uint8Array): History {
  let commits: readonly PastCommit[] | null = null;
  return {
    get commits() {
      commits ??= unpack(bytes);
      return commits;
    },
    shallow: false,
  };
}
