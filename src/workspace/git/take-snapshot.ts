import picomatch from "picomatch";
import { Stop } from "../../shared/stop.ts";
import type { Cache, FileContent, FileEntry, IndexableSnapshot } from "../port.ts";
import { keepHistory } from "./keep-history.ts";
import { bytesOfName, nameOfBytes, splitAtNul } from "./path-name.ts";
import type { Store } from "./prepare-store.ts";
import { type BlobReader, readBlobs } from "./read-blobs.ts";
import { readContent } from "./read-content.ts";

const kinds: Readonly<Record<string, FileEntry["kind"]>> = {
  "100644": "file",
  "100664": "file",
  "100755": "executable",
  "120000": "symlink",
  "160000": "submodule",
};

/** A view of `commit`, read from git's objects alone. A fault of git (a corrupt object, a bad pattern) is thrown as `Stop`. */
export function takeSnapshot(
  store: Store,
  readBlob: BlobReader,
  commit: string,
  textBytes: number,
  cache: Cache,
): IndexableSnapshot {
  let listing: Promise<Map<string, FileEntry>> | null = null;
  const entries = () => {
    listing ??= listTree(store, commit);
    return listing;
  };
  return {
    commit,
    list: async () => [...(await entries()).values()],
    read: async (path) => {
      const entry = (await entries()).get(path);
      if (entry === undefined || entry.kind === "submodule") return null;
      return readEntry(readBlob, entry, textBytes);
    },
    grep: async (pattern, scope, limit) => {
      if (scope.length === 0) return grepTree(store, commit, pattern, [], limit);
      const wanted = picomatch([...scope], { dot: true });
      const paths = [...(await entries()).keys()].filter((path) => wanted(path));
      return grepPaths(store, commit, pattern, paths, limit);
    },
    readAll: (ids, signal) => readBlobs(readBlob, ids, signal),
    history: ({ most }) => keepHistory(store, cache, commit, most),
    cache,
  };
}

async function readEntry(
  readBlob: BlobReader,
  entry: FileEntry,
  textBytes: number,
): Promise<FileContent> {
  if (entry.bytes > textBytes) return { kind: "binary", bytes: entry.bytes };
  try {
    return readContent(await readBlob(entry.id), textBytes);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Stop({ reason: "git-failed", command: "cat-file", detail });
  }
}

async function listTree(store: Store, commit: string): Promise<Map<string, FileEntry>> {
  const answer = await store.git(["ls-tree", "-r", "-z", "-l", "--full-tree", commit]);
  if (!answer.ok) throw new Stop(answer.failure);
  const entries = new Map<string, FileEntry>();
  for (const line of splitAtNul(answer.value.output)) {
    const tab = line.indexOf(9);
    const [mode = "", , id = "", size = ""] = line.toString("latin1", 0, tab).split(/ +/);
    const path = nameOfBytes(line.subarray(tab + 1));
    const bytes = Number.parseInt(size, 10) || 0;
    entries.set(path, { path, bytes, kind: kinds[mode] ?? "file", id });
  }
  return entries;
}

type Hit = { path: string; line: number; text: string };

// Names per call stay well below the system's limit for arguments.
const NAMES_PER_CALL = 60_000;

async function grepPaths(
  store: Store,
  commit: string,
  pattern: string,
  paths: readonly string[],
  limit: number,
): Promise<Hit[]> {
  const hits: Hit[] = [];
  let batch: string[] = [];
  let length = 0;
  for (const [index, path] of paths.entries()) {
    // Arguments are text: names in other bytes cannot be passed, and are not text files of ours.
    if (bytesOfName(path).equals(Buffer.from(path))) batch.push(path);
    length += path.length + 1;
    if (length < NAMES_PER_CALL && index < paths.length - 1) continue;
    if (batch.length > 0) {
      hits.push(...(await grepTree(store, commit, pattern, batch, limit - hits.length)));
    }
    if (hits.length >= limit) break;
    batch = [];
    length = 0;
  }
  return hits;
}

const LONGEST_LINE = 4_000;

async function grepTree(
  store: Store,
  commit: string,
  pattern: string,
  paths: readonly string[],
  limit: number,
): Promise<Hit[]> {
  const flags = ["grep", "-E", "-I", "-n", "-z", "--no-color", "--full-name", "--no-textconv"];
  const answer = await store.git([...flags, "-e", pattern, commit, "--", ...paths], {
    accept: [1],
    limit: 16 * 1024 * 1024,
    seconds: 30,
  });
  if (!answer.ok) throw new Stop(answer.failure);
  return parseHits(answer.value.output, commit.length + 1, limit);
}

/** `<commit>:<path>\0<line>\0<text>\n`, again and again; a last hit that was cut off is dropped. */
function parseHits(output: Buffer, prefix: number, limit: number): Hit[] {
  const hits: Hit[] = [];
  let start = 0;
  while (hits.length < limit) {
    const nameEnd = output.indexOf(0, start);
    const lineEnd = nameEnd === -1 ? -1 : output.indexOf(0, nameEnd + 1);
    const textEnd = lineEnd === -1 ? -1 : output.indexOf(10, lineEnd + 1);
    if (textEnd === -1) break;
    const text = output.toString("utf8", lineEnd + 1, textEnd).replace(/\r$/, "");
    hits.push({
      path: nameOfBytes(output.subarray(start + prefix, nameEnd)),
      line: Number(output.toString("latin1", nameEnd + 1, lineEnd)),
      text: text.slice(0, LONGEST_LINE),
    });
    start = textEnd + 1;
  }
  return hits;
}
