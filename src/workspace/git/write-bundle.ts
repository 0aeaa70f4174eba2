import { type Result, succeed } from "../../shared/result.ts";
import type { CallerEnvironment } from "../caller-environment.ts";
import { checkCommit } from "./check-commit.ts";
import { openQuarantine } from "./open-quarantine.ts";

export type BundleRequest = {
  /** Folder of the repository that has the commits. */
  repository: string;
  storage: string;
  environment: CallerEnvironment;
  /** File that is written. */
  file: string;
  /** Refs that the bundle names, with their commits. They need not be there in the repository. */
  refs: Readonly<Record<string, string>>;
  /** Commits that whoever reads the bundle has already, with all before them. Those that are not here are left out of it. */
  exclude: readonly string[];
};

const nobody = { name: "Archwright", email: "archwright@localhost" };

/**
 * Writes a git bundle with what `refs` have and `exclude` has not; the repository stays as it is. False, and no file, where that is
 * nothing at all. Failures: `not-a-repository`, `git-failed`, `not-writable`, `disk-full`.
 */
export async function writeBundle(request: BundleRequest): Promise<Result<boolean>> {
  const heads = Object.entries(request.refs).map(
    ([ref, head]) => [ref, checkCommit(head)] as const,
  );
  const opened = await openQuarantine({ ...request, identity: nobody });
  if (!opened.ok) return opened;
  const { store, close } = opened.value;
  try {
    const known = await keepKnown(store.git, request.exclude);
    const boundary = known.map((commit) => `^${commit}`);
    const commits = heads.map(([, head]) => head);
    const wanted = await store.git(["rev-list", "-n", "1", ...commits, ...boundary, "--"]);
    if (!wanted.ok) return wanted;
    if (commits.length === 0 || wanted.value.output.length === 0) return succeed(false);
    for (const [ref, head] of heads) {
      const made = await store.git(["update-ref", ref, head]);
      if (!made.ok) return made;
    }
    const refs = heads.map(([ref]) => ref);
    const flags = ["bundle", "create", "--quiet", request.file];
    const written = await store.git([...flags, ...refs, ...boundary], { seconds: 600 });
    return written.ok ? succeed(true) : written;
  } finally {
    await close();
  }
}

type Git = (arguments_: readonly string[], call?: { accept: number[] }) => Promise<Result<unknown>>;

/** Those of the commits that are here. */
async function keepKnown(git: Git, commits: readonly string[]): Promise<string[]> {
  const known: string[] = [];
  for (const commit of new Set(commits)) {
    const there = await git(["cat-file", "-e", `${checkCommit(commit)}^{commit}`]);
    if (there.ok) known.push(commit);
  }
  return known;
}
