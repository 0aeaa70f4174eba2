import { documentNames } from "../documents/name-document.ts";
import type { AskFacts } from "../phases/ask/facts.ts";
import { stripHidden } from "../shared/hidden-text.ts";
import { Stop } from "../shared/stop.ts";
import type { EventOf } from "../workflow/event.ts";
import type { Lease } from "../workflow/phase.ts";
import { codebaseAt } from "./codebase-at.ts";
import { requestText, survey } from "./gather-common.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";
import { documentsOf } from "./name-in-ledger.ts";

type Put = EventOf<"QuestionPut">;

/** The plan in force, as far as there is one: people ask about what they are to approve. */
function planDocuments({ state, documents }: Feature): AskFacts["documents"] {
  if (!state.plan) return {};
  const own = documentsOf(documents, state.selected);
  const names = [documentNames.design, ...state.plan.specs.map(({ document }) => document)];
  return Object.fromEntries(
    names.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]])),
  );
}

/** Everything an answer may know: the question, the newest commit of the branch, and the plan where there is one. */
export async function gatherAsk(house: House, feature: Feature, lease: Lease): Promise<AskFacts> {
  const put = feature.events.filter((event): event is Put => event.type === "QuestionPut");
  const index = put.findLastIndex(({ exploration }) => exploration === lease.exploration);
  const question = put[index];
  if (!question) {
    throw new Stop({ reason: "evidence-missing", detail: "The question is not in the ledger." });
  }
  const head = await house.workspace.resolve("HEAD");
  if (!head.ok) throw new Stop(head.failure);
  const text = stripHidden(question.text).text;
  const request = requestText(feature);
  return {
    question: text,
    number: index + 1,
    attempt: lease.attempt,
    request,
    repository: await survey(
      house,
      await codebaseAt(house, head.value),
      `${text}\n\n${request.slice(0, 2_000)}`,
    ),
    snapshot: house.workspace.snapshot(head.value),
    documents: planDocuments(feature),
  };
}
