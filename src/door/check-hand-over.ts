import { documentNames } from "../documents/name-document.ts";
import { parseProjectContext } from "../documents/parse-project-context.ts";
import type { HandOver } from "../engine/hand-over.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { Lease, PhaseOutcome } from "../workflow/phase.ts";
import { checkPlanned } from "./check-planned.ts";
import { checkScored } from "./check-scored.ts";
import { checkValidated } from "./check-validated.ts";
import { type HandOverFacts, refuse } from "./hand-over-facts.ts";

const endings: Readonly<Record<Lease["phase"], readonly PhaseOutcome["kind"][]>> = {
  design: ["questions", "planned", "failed"],
  validate: ["validated", "failed"],
  build: ["built", "failed"],
  review: ["scored", "failed"],
  ask: ["answered", "failed"],
};

/** The lease as it was taken: its run is left out, because it is named after the phase has begun. */
const leaseOf = ({ runId: _run, ...lease }: Lease): string =>
  JSON.stringify(Object.entries(lease).sort(([a], [b]) => (a < b ? -1 : 1)));

function checkFigures({ spent }: HandOver): Result<void> {
  for (const entry of spent) {
    const { input, cacheRead, cacheWrite, output, reasoning, requests } = entry;
    const figures = [input, cacheRead, cacheWrite, output, reasoning, requests, entry.micros ?? 0];
    const sound = figures.every((each) => Number.isSafeInteger(each) && each >= 0 && each < 1e12);
    if (!sound) return refuse("a figure of what was spent is negative or absurd");
    if (entry.role.length > 100 || entry.model.length > 300)
      return refuse("a name in what was spent is too long");
  }
  return succeed(undefined);
}

/** A document of notes that every phase may bring along; the rest is the outcome's own. */
export function checkContext(documents: HandOver["documents"]): Result<void> {
  const text = documents[documentNames.context];
  if (text === undefined) return succeed(undefined);
  const parsed = parseProjectContext(text);
  if (parsed.ok) return succeed(undefined);
  const [first] = parsed.faults;
  return refuse(
    `line ${first?.line ?? 1}: ${first?.message ?? "it does not parse"}`,
    documentNames.context,
  );
}

/** Names that may be there, and nothing else. */
export function checkNames(
  documents: HandOver["documents"],
  allowed: readonly string[],
): Result<void> {
  const other = Object.keys(documents).find((name) => !allowed.includes(name));
  return other === undefined ? succeed(undefined) : refuse("no such document is expected", other);
}

const LONGEST_WORDS = 20_000;
const LONGEST_ANSWER = 200_000;
/** A step is named in one line. */
const STEP = /^[^\r\n]{1,200}$/;

/** What failed is shown in the thread: its words are bounded. */
function checkFailed({ outcome, documents }: HandOver): Result<void> {
  if (outcome.kind !== "failed") return succeed(undefined);
  if (outcome.reason !== outcome.failure.reason)
    return refuse("it names two reasons of one failure");
  if (outcome.step !== null && !STEP.test(outcome.step)) return refuse("its step has no such name");
  if (JSON.stringify(outcome.failure).length > LONGEST_WORDS)
    return refuse("the failure has too many words");
  return checkNames(documents, [documentNames.context]);
}

/** An answer is free text; its name is that of the question which the lease is for. */
function checkAnswered(
  { feature, lease, handOver }: HandOverFacts,
  document: string,
): Result<void> {
  const put = feature.events.filter((event) => event.type === "QuestionPut");
  const index = put.findLastIndex(({ exploration }) => exploration === lease.exploration);
  if (index < 0 || document !== documentNames.answer(index + 1)) {
    return refuse("the answer is not to the question that was put", document.slice(0, 100));
  }
  const text = handOver.documents[document] ?? "";
  if (text === "" || text.length > LONGEST_ANSWER) return refuse("the answer is empty or too long");
  return checkNames(handOver.documents, [document]);
}

async function checkOutcome(facts: HandOverFacts): Promise<Result<void>> {
  const { outcome, documents, refs } = facts.handOver;
  const kept = outcome.kind === "failed" && outcome.work !== null;
  const brings = kept || Object.keys(refs).length > 0;
  if (brings && facts.lease.phase !== "build") return refuse("only a build brings commits");
  switch (outcome.kind) {
    case "questions":
      return checkNames(documents, []);
    case "planned":
      return await checkPlanned(facts, outcome.plan);
    case "validated":
      return await checkValidated(facts, outcome);
    case "scored":
      return checkScored(facts, outcome);
    case "built":
      return checkNames(documents, [documentNames.context]);
    case "answered":
      return checkAnswered(facts, outcome.document);
    case "failed":
      return checkFailed(facts.handOver);
  }
}

/**
 * Holds what a phase says against the ledger and against its own documents: the same lease, an end that such a phase can have, documents
 * of that end and no others, each as its kind is written, and figures that can be. Nothing of the phase's own reckoning is believed where
 * it can be done again. Commits are checked apart. Failure: `hand-over-refused`.
 */
export async function checkHandOver(facts: HandOverFacts): Promise<Result<void>> {
  const { handOver, lease } = facts;
  if (leaseOf(handOver.lease) !== leaseOf(lease)) return refuse("its lease is not the ledger's");
  if (!endings[lease.phase].includes(handOver.outcome.kind)) {
    return refuse(`a ${lease.phase} cannot end as ${handOver.outcome.kind}`);
  }
  const figures = checkFigures(handOver);
  if (!figures.ok) return figures;
  const context = checkContext(handOver.documents);
  return context.ok ? await checkOutcome(facts) : context;
}
