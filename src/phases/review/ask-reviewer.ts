import type { PhaseTools } from "../phase.ts";
import type { ReviewFacts } from "./facts.ts";
import { mergeReplies } from "./merge-replies.ts";
import type { ReviewedFile } from "./read-changes.ts";
import {
  type PartFacts,
  renderAgain,
  renderPart,
  renderReviewSystem,
} from "./render-review-prompt.ts";
import {
  type ClaimedVerdict,
  type ReviewReply,
  reviewReplySchema,
  verdictsReplySchema,
} from "./review-reply.ts";

export type Material = Pick<PartFacts, "all" | "results" | "related"> & {
  parts: readonly ReviewedFile[][];
};

/** A criterion whose proofs did not hold, and why. */
export type Doubt = {
  id: string;
  text: string;
  paths: readonly string[];
  notes: readonly string[];
};

const callOf = (facts: ReviewFacts, step: string | null, user: string) => ({
  purpose: {
    role: "reviewer" as const,
    phase: "review",
    spec: facts.spec.id,
    attempt: facts.attempt,
    step,
  },
  system: renderReviewSystem(facts),
  user,
  effort: "high" as const,
});

/** Asks for the review, in as many calls as the change needs, so that every file is read by one of them. */
export async function askReviewer(
  facts: ReviewFacts,
  tools: PhaseTools,
  { parts, ...shared }: Material,
): Promise<ReviewReply> {
  const replies: ReviewReply[] = [];
  for (const [index, files] of parts.entries()) {
    const part = { number: index + 1, of: parts.length };
    if (part.of > 1) {
      tools.progress({ kind: "note", text: `reading part ${part.number} of ${part.of}` });
    }
    const user = renderPart(facts, { files, part, ...shared });
    const step = part.of === 1 ? null : `part-${part.number}`;
    const call = callOf(facts, step, user);
    replies.push(await tools.model.generate(call, "review", reviewReplySchema));
  }
  return mergeReplies(replies);
}

/** The one second question, about just the criteria in doubt, with the part of the change that their proofs speak of. */
export async function askAgain(
  facts: ReviewFacts,
  tools: PhaseTools,
  { parts, ...shared }: Material,
  doubts: readonly Doubt[],
): Promise<ClaimedVerdict[]> {
  const named = new Set(doubts.flatMap(({ paths }) => paths));
  const hits = (files: readonly ReviewedFile[]) =>
    files.filter(({ path }) => named.has(path)).length;
  const [files = []] = [...parts].sort((left, right) => hits(right) - hits(left));
  const part = { number: parts.indexOf(files) + 1, of: parts.length };
  const user = renderAgain(doubts, renderPart(facts, { files, part, ...shared }));
  const call = callOf(facts, "again", user);
  const reply = await tools.model.generate(call, "review_again", verdictsReplySchema);
  return reply.criteria.filter(({ id }) => doubts.some((doubt) => doubt.id === id));
}
