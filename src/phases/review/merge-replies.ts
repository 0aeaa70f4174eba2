import type { ClaimedVerdict, ReviewReply } from "./review-reply.ts";
import { HIGHEST_LEVEL, type RubricName } from "./rubric.ts";

/** From no opinion to the worst: parts of a change are judged together by the worst that any of them shows. */
const GRAVITY = { unproven: 0, met: 1, partly: 2, unmet: 3 } as const;

/** One reply for a change that was read in several calls. "Unproven" of a part means that it shows nothing of the criterion. */
export function mergeReplies(replies: readonly ReviewReply[]): ReviewReply {
  const [only] = replies;
  if (only && replies.length === 1) return only;
  return {
    summary: replies.map(({ summary }) => summary).join("\n\n"),
    criteria: mergeVerdicts(replies.flatMap(({ criteria }) => criteria)),
    rubric: mergeRubric(replies),
    findings: replies.flatMap(({ findings }) => findings),
  };
}

function mergeVerdicts(verdicts: readonly ClaimedVerdict[]): ClaimedVerdict[] {
  const merged = new Map<string, ClaimedVerdict>();
  for (const verdict of verdicts) {
    const known = merged.get(verdict.id);
    if (!known) {
      merged.set(verdict.id, verdict);
      continue;
    }
    const worse = GRAVITY[verdict.verdict] > GRAVITY[known.verdict] ? verdict : known;
    merged.set(verdict.id, { ...worse, proofs: [...known.proofs, ...verdict.proofs] });
  }
  return [...merged.values()];
}

function mergeRubric(replies: readonly ReviewReply[]): ReviewReply["rubric"] {
  const lowest = new Map<RubricName, ReviewReply["rubric"][number]>();
  for (const entry of replies.flatMap(({ rubric }) => rubric)) {
    const known = lowest.get(entry.name);
    if (entry.level < (known?.level ?? HIGHEST_LEVEL + 1)) lowest.set(entry.name, entry);
  }
  return [...lowest.values()];
}
