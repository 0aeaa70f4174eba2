import type { Answer } from "../../forge/github/api.ts";
import type { Failure } from "../../shared/failure.ts";
import { fail, type Result, succeed } from "../../shared/result.ts";
import { contains, readRef } from "./read-refs.ts";
import type { Remote } from "./remote.ts";

export type Moved = { kind: "landed" } | { kind: "conflict"; head: string };
type Judged = Moved | { kind: "open" };

const tries = 7;
/** Refusals that a rival or a lag can cause. All others say no for good; limits have been waited for already. */
const passing = new Set(["ref-exists", "not-fast-forward", "conflict", "validation", "not-found"]);

/**
 * Moves a ref from `parent` (null: it must not exist) to `commit`, or tells that somebody else was first.
 * GitHub's answer is believed only when it says yes. After anything else the ref is read again and judged by ancestry; as
 * long as that answer could be an old one the swap is tried again: it cannot land twice. Still open at the end is the failure of the
 * last answer.
 */
export async function moveRef(
  remote: Remote,
  ref: string,
  commit: string,
  parent: string | null,
): Promise<Result<Moved>> {
  for (let attempt = 0; ; attempt += 1) {
    const graphql = parent !== null && attempt === 0 && !remote.lacks.has("update-refs");
    const answer = graphql
      ? await updateRefs(remote, ref, commit, parent)
      : await swap(remote, ref, commit, parent);
    if (answer.ok) return succeed({ kind: "landed" });
    if (graphql && isLacking(answer)) remote.lacks.add("update-refs");
    const head = await readRef(remote, ref);
    if (head.ok) {
      const judged = await judge(remote, head.value, commit, parent);
      if (judged.kind !== "open") return succeed(judged);
    }
    if (!graphql && isFinal(answer.failure)) return fail(answer.failure);
    if (attempt + 1 >= tries) return fail(answer.failure);
    if (!graphql) await remote.pause(attempt);
  }
}

const isFinal = (failure: Failure): boolean =>
  failure.reason === "interrupted" ||
  (failure.reason === "forge-refused" && !passing.has(failure.rule));

/** By REST. Never forced: it lands only on an ancestor of the commit, which for a ledger is its parent. */
function swap(
  { api }: Remote,
  ref: string,
  sha: string,
  parent: string | null,
): Promise<Answer<unknown>> {
  if (parent === null) return api.request("POST /repos/{owner}/{repo}/git/refs", { ref, sha });
  const short = ref.slice("refs/".length);
  const route = "PATCH /repos/{owner}/{repo}/git/refs/{ref}";
  return api.request(route, { ref: short, sha, force: false });
}

const mutation =
  "mutation MoveLedger($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }";

/** A server that has no `updateRefs`, or a token that may not use it. */
const isLacking = ({ status, message }: { status: number; message: string }): boolean =>
  status === 403 || status === 404 || /doesn't exist|undefined ?field/i.test(message);

/** A real compare-and-swap. */
async function updateRefs(
  remote: Remote,
  name: string,
  after: string,
  before: string,
): Promise<Answer<unknown>> {
  const repository = await remote.repository();
  if (!repository.ok) {
    return { ok: false, status: 0, message: "", errors: [], failure: repository.failure };
  }
  const update = { name, beforeOid: before, afterOid: after, force: false };
  const input = { repositoryId: repository.value.node, refUpdates: [update] };
  return remote.api.graphql(mutation, { input });
}

/**
 * `open` where a stale read would look the same: the head is the parent, an ancestor of it, or missing, or cannot be compared.
 * A head that came after the parent without our commit, or instead of it, is proof of a conflict.
 */
async function judge(
  remote: Remote,
  head: string | null,
  commit: string,
  parent: string | null,
): Promise<Judged> {
  if (head === null || head === parent) return { kind: "open" };
  const landed = await contains(remote, head, commit);
  if (!landed.ok) return { kind: "open" };
  if (landed.value) return { kind: "landed" };
  if (parent === null) return { kind: "conflict", head };
  const older = await contains(remote, parent, head);
  return older.ok && !older.value ? { kind: "conflict", head } : { kind: "open" };
}
