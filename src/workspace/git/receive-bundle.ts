import { readFile, stat } from "node:fs/promises";
import { fail, type Result, succeed } from "../../shared/result.ts";
import type { CallerEnvironment } from "../caller-environment.ts";
import type { PathPolicy } from "../check-path.ts";
import { checkCommit } from "./check-commit.ts";
import { checkContent } from "./check-content.ts";
import { failureOfError } from "./failure-of-error.ts";
import { type ForeignCommit, listForeignCommits } from "./list-foreign-commits.ts";
import { openQuarantine } from "./open-quarantine.ts";
import { type PackLimits, parseBundle } from "./parse-bundle.ts";
import type { GitIdentity, Store } from "./prepare-store.ts";
import { createBlobReader } from "./read-blobs.ts";
import { rebuildCommits } from "./rebuild-commits.ts";

export type BundleLimits = PackLimits & {
  /** Bytes of the file. */
  bundleBytes: number;
  /** Heads that are wanted. */
  heads: number;
  /** Commits that are new. */
  commits: number;
  /** Paths that one commit changes. */
  changes: number;
  /** Bytes of a changed file. */
  changeBytes: number;
  /** Characters of a commit's message that are kept. */
  messageCharacters: number;
};

export const bundleLimits: BundleLimits = {
  bundleBytes: 100_000_000,
  objects: 100_000,
  objectBytes: 20_000_000,
  unpackedBytes: 500_000_000,
  heads: 200,
  commits: 500,
  changes: 5_000,
  changeBytes: 2_000_000,
  messageCharacters: 4_000,
};

export type BundleArrival = {
  /** Folder of the clone that gets the commits. */
  repository: string;
  /** Folder of the harness, for the quarantine. */
  storage: string;
  environment: CallerEnvironment;
  file: string;
  /** Commits that are wanted; what else the bundle has is left there. */
  heads: readonly string[];
  /** Commits of the clone that are trusted with all before them: what the remote has. Those that are not there are passed over. */
  known: readonly string[];
  policy: PathPolicy;
  identity: GitIdentity;
  /** Time of the rebuilt commits, ISO 8601. The same time gives the same ids. */
  when: string;
  limits?: Partial<BundleLimits>;
};

/**
 * Takes in commits of somebody who is not trusted. Every commit between what is known and each head is checked, not only the last:
 * one parent each, every changed path by the policy, plain files and inner links, sizes, secrets. Then each is made anew from its tree
 * by us, at a given time, and only these new commits reach the repository; no ref is written. Doing it twice gives the same ids.
 * The answer tells for each commit of the bundle its new id; a head that was known keeps its own.
 * Failures: `hand-over-refused` with the rule and the path; of git and the disk as usual.
 */
export async function receiveBundle(
  arrival: BundleArrival,
): Promise<Result<ReadonlyMap<string, string>>> {
  const limits = { ...bundleLimits, ...arrival.limits };
  const heads = [...new Set(arrival.heads.map(checkCommit))];
  if (heads.length > limits.heads) return refuse(`it names more than ${limits.heads} heads`);
  const pack = await readPack(arrival.file, limits);
  if (!pack.ok) return pack;
  const opened = await openQuarantine(arrival);
  if (!opened.ok) return opened;
  const { store, folder, close } = opened.value;
  try {
    const unpacked = await unpack(store, pack.value, limits);
    if (!unpacked.ok) return unpacked;
    const listed = await listForeignCommits(store, heads, arrival.known.map(checkCommit), limits);
    if (!listed.ok) return listed;
    const checked = await checkCommits(store, listed.value, arrival.policy, limits);
    if (!checked.ok) return checked;
    const { when } = arrival;
    const rebuilt = await rebuildCommits(store, listed.value, { folder, when, limits });
    if (!rebuilt.ok) return rebuilt;
    const ids = new Map([...heads.map((head) => [head, head] as const), ...rebuilt.value]);
    const brought = await bringOver(
      store,
      heads.map((head) => ids.get(head) ?? head),
    );
    return brought.ok ? succeed(ids) : brought;
  } finally {
    await close();
  }
}

const refuse = (detail: string, path: string | null = null) =>
  fail({ reason: "hand-over-refused" as const, detail, path });

/** The pack of a bundle's file; null where there is no file, which is how nothing new is handed over. */
async function readPack(file: string, limits: BundleLimits): Promise<Result<Buffer | null>> {
  try {
    const facts = await stat(file);
    if (!facts.isFile()) return refuse("the bundle is no file");
    if (facts.size > limits.bundleBytes)
      return refuse(`the bundle is larger than ${limits.bundleBytes} bytes`);
    return parseBundle(await readFile(file), limits);
  } catch (error) {
    const failure = failureOfError(error, "read the bundle", file);
    return failure.reason === "git-failed" && failure.detail.startsWith("ENOENT")
      ? succeed(null)
      : { ok: false, failure };
  }
}

/** Git looks at every object on the way in: its form, its links, names that some file system takes for `.git`. */
async function unpack(
  store: Store,
  pack: Buffer | null,
  limits: BundleLimits,
): Promise<Result<void>> {
  if (pack === null) return succeed(undefined);
  const flags = ["index-pack", "--stdin", "--fix-thin", "--strict"];
  const done = await store.git([...flags, `--max-input-size=${limits.bundleBytes}`], {
    input: pack,
    seconds: 300,
  });
  if (done.ok) return succeed(undefined);
  if (done.failure.reason !== "git-failed") return done;
  return refuse(
    `git found its objects broken or not allowed: ${done.failure.detail.slice(0, 300)}`,
  );
}

async function checkCommits(
  store: Store,
  commits: readonly ForeignCommit[],
  policy: PathPolicy,
  limits: BundleLimits,
): Promise<Result<void>> {
  const readBlob = createBlobReader(store);
  for (const { id, changes } of commits) {
    const checked = await checkContent(store, readBlob, changes, policy, limits);
    if (checked.ok) continue;
    const { failure } = checked;
    const where = `in commit ${id.slice(0, 12)}`;
    if (failure.reason === "path-refused")
      return refuse(`${where} the path is refused: ${failure.rule}`, failure.path);
    if (failure.reason === "secret-in-change")
      return refuse(`${where} line ${failure.line} looks like a secret`, failure.path);
    return checked;
  }
  return succeed(undefined);
}

/** Brings the rebuilt commits, and what only they need, into the repository. */
async function bringOver(store: Store, heads: readonly string[]): Promise<Result<void>> {
  if (heads.length === 0) return succeed(undefined);
  // What the user allows for remotes does not concern two folders of one machine.
  const fetched = await store.userGit([
    ...["-c", "protocol.file.allow=always", "fetch", "--quiet", "--no-tags"],
    ...["--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules"],
    ...["--no-write-commit-graph", store.gitDir, ...heads],
  ]);
  return fetched.ok ? succeed(undefined) : fetched;
}
