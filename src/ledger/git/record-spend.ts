import { fail, type Result, succeed } from "../../shared/result.ts";
import type { Settled } from "../port.ts";
import { checkSettled, checkSpend } from "../prepare-append.ts";
import { renderCanonicalJson } from "../render-canonical-json.ts";
import { addSpend, parseSpend, type SpendEntries } from "../spend.ts";
import { explainGit } from "./explain-git.ts";
import { pause, type Repository, readRef, spendRef, unavailable } from "./ledger-refs.ts";
import { moveRef } from "./move-ref.ts";
import { writeCommit } from "./write-commit.ts";

const spendFile = "spend.json";
/** Every conflict means that somebody else got through, so this many are only met by this many rivals. */
const rounds = 60;

/** See the port. A swap that is lost to another writer is tried again on what that one wrote. */
export async function recordSpend(
  repository: Repository,
  day: string,
  key: string,
  micros: number,
  cap: number,
  settled: Settled = {},
): Promise<Result<{ fitted: boolean; total: number }>> {
  checkSpend(day, key, micros);
  checkSettled(settled);
  const ref = spendRef(day);
  for (let round = 0; round < rounds; round += 1) {
    const head = await readRef(repository, ref);
    if (!head.ok) return head;
    const entries = await readEntries(repository, head.value);
    if (!entries.ok) return entries;
    const outcome = addSpend(entries.value, key, micros, cap, settled);
    const answer = { fitted: outcome.fitted, total: outcome.total };
    if (!outcome.changed) return succeed(answer);
    const landed = await write(repository, ref, head.value, outcome.entries);
    if (!landed.ok) return landed;
    if (landed.value) return succeed(answer);
    await pause(Math.min(round, 4));
  }
  return unavailable(`others kept writing to ${ref}`);
}

async function readEntries(
  { git, directory }: Repository,
  head: string | null,
): Promise<Result<SpendEntries>> {
  if (head === null) return succeed(new Map());
  const answer = await git.run(["cat-file", "blob", `${head}:${spendFile}`]);
  if (answer.exitCode !== 0) return fail(await explainGit(git, directory, answer));
  const entries = parseSpend(answer.stdout.toString());
  return entries === null
    ? unavailable(`${spendFile} of ${head} does not hold amounts`)
    : succeed(entries);
}

async function write(
  repository: Repository,
  ref: string,
  parent: string | null,
  entries: SpendEntries,
): Promise<Result<boolean>> {
  const text = `${renderCanonicalJson(Object.fromEntries(entries))}\n`;
  const texts = new Map([[spendFile, text]]);
  const content = { parent, kept: new Map(), texts, subject: "Money of the day" };
  const commit = await writeCommit(repository, content);
  if (!commit.ok) return commit;
  const moved = await moveRef(repository, ref, commit.value.commit, parent);
  return moved.ok ? succeed(moved.value.kind === "landed") : moved;
}
