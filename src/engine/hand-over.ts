import { z } from "zod";
import { fail, type Result, succeed } from "../shared/result.ts";
import { leaseSchema, outcomeSchema, phaseSchema, spendSchema } from "../workflow/phase.ts";

const commit = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);

/**
 * What one job tells the next, and one run the run it dispatches: ids and commits only, never text. `head` is the ledger's commit
 * that holds the lease.
 */
export const workSchema = z.strictObject({
  issue: z.int().min(1),
  phase: phaseSchema,
  nonce: z.string().regex(/^[0-9a-f]{64}$/),
  head: commit,
});
export type Work = z.infer<typeof workSchema>;

/** Most characters of a hand-over's JSON, and of one document in it. */
export const handOverLimits = { characters: 20_000_000, document: 5_000_000, documents: 100 };

/** The file of a hand-over, beside `work.bundle` with the commits where there are any. */
export const handOverFile = "hand-over.json";
export const bundleFile = "work.bundle";

/**
 * What a phase hands to whoever publishes it, through an artifact. Whoever reads it trusts nothing of it: the lease is compared with
 * the ledger's, the commits are checked and rebuilt, the documents parsed, the figures bounded.
 */
export const handOverSchema = z.strictObject({
  v: z.literal(1),
  repository: z.string().max(200),
  issue: z.int().min(1),
  lease: leaseSchema,
  outcome: outcomeSchema,
  documents: z
    .record(z.string().max(300), z.string().max(handOverLimits.document))
    .refine((all) => Object.keys(all).length <= handOverLimits.documents, {
      error: `at most ${handOverLimits.documents} documents`,
    }),
  spent: z.array(spendSchema).max(1_000),
  /** Refs below `refs/archwright/work/<issue>/` that the bundle brings, with their commits. */
  refs: z.record(z.string().max(300), commit),
});
export type HandOver = z.infer<typeof handOverSchema>;

/** Reads a hand-over that claims to be for a lease. Failure: `hand-over-refused`, with what is wrong. */
export function parseHandOver(
  text: string,
  expected: { repository: string; issue: number; nonce: string },
): Result<HandOver> {
  const refuse = (detail: string, path: string | null = null) =>
    fail({ reason: "hand-over-refused" as const, detail, path });
  if (text.length > handOverLimits.characters) return refuse("it is larger than 20 MB");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("it is not JSON", handOverFile);
  }
  const parsed = handOverSchema.safeParse(value);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    return refuse(`${first?.path.join(".") ?? ""}: ${first?.message ?? "invalid"}`, handOverFile);
  }
  const { repository, issue, lease } = parsed.data;
  if (repository !== expected.repository || issue !== expected.issue) {
    return refuse(`it speaks of issue ${issue} of repository ${repository}`);
  }
  if (lease.nonce !== expected.nonce) return refuse("it speaks of another lease");
  return succeed(parsed.data);
}
