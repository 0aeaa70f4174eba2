import { documentNames } from "../../documents/name-document.ts";
import { Stop } from "../../shared/stop.ts";
import type { PhaseResult, PhaseTools } from "../phase.ts";
import { createQuoter } from "../quote-source.ts";
import { confirmEvidence } from "./confirm-evidence.ts";
import type { AskFacts } from "./facts.ts";
import { findMore } from "./find-more.ts";
import { askSystem, renderAskPrompt } from "./prompt.ts";
import { renderAnswer } from "./render-answer.ts";
import { type AskReply, askReplySchema } from "./reply.ts";

/**
 * Answers one question from the files of a commit: one call of the architect, and one more where it wants to read further. It has
 * no tools at all; every place that it cites is read again, and what was not found there is said.
 */
export async function ask(facts: AskFacts, tools: PhaseTools): Promise<PhaseResult> {
  const quoter = createQuoter();
  const { number, attempt, snapshot } = facts;
  const generate = async (step: string, user: string): Promise<AskReply> =>
    await tools.model.generate(
      {
        purpose: { role: "architect", phase: "ask", spec: null, attempt, step },
        system: askSystem,
        user,
        effort: "medium",
      },
      "answer",
      askReplySchema,
    );
  const user = renderAskPrompt(facts, quoter);
  for (const text of quoter.removed()) tools.progress({ kind: "note", text });
  let reply = await generate(`answer-${number}`, user);
  if (reply.answer.trim() === "") {
    const more = await findMore(snapshot, reply, quoter);
    const found = more.length > 0 ? more : ["Nothing of what you named is in this repository."];
    const last = "Answer now, with what you have; no more can be read.";
    const again = [user, "# What you wanted to read", ...found, last].join("\n\n");
    reply = await generate(`answer-${number}-more`, again);
  }
  if (reply.answer.trim() === "") {
    throw new Stop({ reason: "model-invalid", role: "architect", detail: "the answer is empty" });
  }
  const citations = await confirmEvidence(snapshot, reply.evidence);
  const document = documentNames.answer(number);
  const text = renderAnswer(reply.answer, citations, snapshot.commit);
  return { outcome: { kind: "answered", document }, documents: { [document]: text } };
}
