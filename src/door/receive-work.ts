import { join } from "node:path";
import { protectedPaths } from "../config/protected-paths.ts";
import { gatherBuild } from "../engine/gather-build.ts";
import { bundleFile } from "../engine/hand-over.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import { Stop } from "../shared/stop.ts";
import type { PhaseOutcome } from "../workflow/phase.ts";
import { readWorkRefs } from "../workspace/git/fetch-issue-refs.ts";
import type { GitIdentity } from "../workspace/git/prepare-store.ts";
import { receiveBundle } from "../workspace/git/receive-bundle.ts";
import type { Remote } from "../workspace/git/remote-git.ts";
import { type HandOverFacts, refuse } from "./hand-over-facts.ts";

/** Where commits come from and go to. */
export type Receiving = {
  /** Folder with the bundle. */
  folder: string;
  remote: Remote;
  storage: string;
  /** Name on the rebuilt commits. */
  identity: GitIdentity;
  /** Newest commit of the default branch. */
  commit: string;
};

/** What a build may claim beside its commits, from the ledger and the base commit. */
type Expected = {
  branch: string;
  base: string;
  documents: Readonly<Record<string, string>>;
  contextPath: string;
};

async function expect({ house, feature, lease }: HandOverFacts): Promise<Result<Expected>> {
  try {
    const { branch, base, designDocuments, contextPath } = await gatherBuild(house, feature, lease);
    return succeed({ branch, base, documents: designDocuments, contextPath });
  } catch (error) {
    if (error instanceof Stop) return fail(error.failure);
    throw error;
  }
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** The one ref that an attempt keeps its work at. */
const workRef = ({ feature, lease }: HandOverFacts): string =>
  `refs/archwright/work/${feature.issue}/${lease.spec}-${lease.attempt}`;

/** Commits that the outcome and the kept work name; all others of the bundle are left there. */
function listHeads(facts: HandOverFacts): Result<string[]> {
  const { outcome, refs } = facts.handOver;
  const own = workRef(facts);
  const other = Object.keys(refs).find((ref) => ref !== own);
  if (other !== undefined)
    return refuse("it brings a ref that is not this attempt's", other.slice(0, 100));
  const kept = refs[own];
  const named =
    outcome.kind === "built"
      ? outcome.head
      : outcome.kind === "failed"
        ? outcome.work?.head
        : undefined;
  if (outcome.kind === "failed" && outcome.work && outcome.work.ref !== own) {
    return refuse("it names work that is not this attempt's", outcome.work.ref.slice(0, 100));
  }
  const heads = [...new Set([kept, named].flatMap((head) => head ?? []))];
  const odd = heads.find((head) => !COMMIT.test(head));
  return odd === undefined
    ? succeed(heads)
    : refuse("a head that it names is no commit", odd.slice(0, 100));
}

/** The documents on the branch are those that were approved, and none of the builder's. */
async function checkDocuments(
  { house }: HandOverFacts,
  head: string,
  documents: Expected["documents"],
): Promise<Result<void>> {
  const snapshot = house.workspace.snapshot(head);
  for (const [path, text] of Object.entries(documents)) {
    const content = await snapshot.read(path);
    if (content?.kind !== "text" || content.text !== text) {
      return refuse("it is not the approved document", path);
    }
  }
  return succeed(undefined);
}

/** The outcome with the ids that the commits have now. */
async function rename(
  facts: HandOverFacts,
  expected: Expected,
  ids: ReadonlyMap<string, string>,
): Promise<Result<PhaseOutcome>> {
  const { outcome } = facts.handOver;
  const { workspace } = facts.house;
  if (outcome.kind === "failed") {
    const { work } = outcome;
    const head = work ? ids.get(work.head) : undefined;
    return succeed({ ...outcome, work: work && head ? { ref: work.ref, head } : null });
  }
  if (outcome.kind !== "built") return succeed(outcome);
  const head = ids.get(outcome.head);
  if (head === undefined) return refuse("the commit that it names is not in the bundle");
  const { branch, base } = expected;
  if (outcome.branch !== branch) return refuse(`the branch must be ${branch}`);
  if (outcome.base !== base) return refuse("it was built on another base");
  const commits = await workspace.commits(base, head);
  if (commits.length === 0 || (await workspace.commits(head, base)).length > 0) {
    return refuse("its commits do not come after the base");
  }
  const same = await checkDocuments(facts, head, expected.documents);
  return same.ok ? succeed({ ...outcome, head, commits: commits.length }) : same;
}

/**
 * Takes in the commits of a build: each is checked and made anew by us, and kept on the remote. What comes back is the outcome as it is
 * now true: new ids, commits counted again. Doing it twice gives the same. Failures: `hand-over-refused`; of git and the remote.
 */
export async function receiveWork(
  facts: HandOverFacts,
  { folder, remote, storage, identity, commit }: Receiving,
): Promise<Result<PhaseOutcome>> {
  const { house, feature, lease } = facts;
  const heads = listHeads(facts);
  if (!heads.ok) return heads;
  if (heads.value.length === 0) return succeed(facts.handOver.outcome);
  const expected = await expect(facts);
  if (!expected.ok) return expected;
  const kept = await readWorkRefs(remote, feature.issue);
  if (!kept.ok) return kept;
  const builds = Object.values(feature.state.specs).flatMap(({ build }) =>
    build ? [build.head] : [],
  );
  const { base, documents, contextPath } = expected.value;
  const ids = await receiveBundle({
    repository: remote.repository,
    storage,
    environment: remote.environment,
    file: join(folder, bundleFile),
    heads: heads.value,
    known: [...new Set([commit, base, ...builds, ...Object.values(kept.value)])],
    policy: {
      protectedPaths: protectedPaths(house.config),
      allow: [...Object.keys(documents), contextPath],
    },
    identity,
    when: lease.startedAt,
  });
  if (!ids.ok) return ids;
  const outcome = await rename(facts, expected.value, ids.value);
  if (!outcome.ok) return outcome;
  const own = facts.handOver.refs[workRef(facts)];
  const mine = own === undefined ? undefined : ids.value.get(own);
  if (mine === undefined) return outcome;
  const name = workRef(facts).replace("refs/archwright/work/", "");
  const done = await house.workspace.keep(name, mine);
  return done.ok ? outcome : done;
}
