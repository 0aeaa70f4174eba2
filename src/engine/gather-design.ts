import type { DesignFacts } from "../phases/design/facts.ts";
import { Stop } from "../shared/stop.ts";
import type { Lease } from "../workflow/phase.ts";
import { codebaseAt } from "./codebase-at.ts";
import { estimateRest } from "./estimate-rest.ts";
import { readRule, requestText, survey } from "./gather-common.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";
import { documentsOf } from "./name-in-ledger.ts";
import { surveyAt } from "./survey-at.ts";

/** The plan that a new revision starts from: the documents of the exploration as they stand. */
function previousPlan(feature: Feature, exploration: string): DesignFacts["previous"] {
  const plan = feature.state.explorations[exploration]?.plan;
  const own = documentsOf(feature.documents, exploration);
  if (!plan || own["design.md"] === undefined) return null;
  const specs = plan.specs.map((spec) => [spec.id, own[spec.document] ?? ""] as const);
  return { design: own["design.md"], specs: Object.fromEntries(specs) };
}

/** What was asked last in this exploration, answered or not: the state holds only what is still open. */
function findAsked({ events }: Feature, exploration: string): DesignFacts["asked"] {
  const asked = events.findLast(
    (event) => event.type === "QuestionsAsked" && event.exploration === exploration,
  );
  return asked?.type === "QuestionsAsked" ? asked.questions : [];
}

/** Everything a design may know: the request, the answers, and what the newest commit of the branch tells. */
export async function gatherDesign(
  house: House,
  feature: Feature,
  lease: Lease,
): Promise<DesignFacts> {
  const { state } = feature;
  const head = await house.workspace.resolve("HEAD");
  if (!head.ok) throw new Stop(head.failure);
  const base = head.value;
  const codebase = await codebaseAt(house, base);
  const exploration = state.explorations[lease.exploration];
  return {
    issue: {
      number: feature.issue,
      title: state.feature?.issue.title ?? "",
      body: feature.documents["request.md"] ?? "",
    },
    repository: await survey(house, codebase, requestText(feature)),
    architecture: await surveyAt(house, codebase),
    guidance: state.guidance,
    answers: state.answers,
    asked: findAsked(feature, lease.exploration),
    assume: state.assume,
    revision: (exploration?.revision ?? 0) + 1,
    exploration: lease.exploration,
    attempt: lease.attempt,
    base,
    policyVersion: house.policy.version,
    constraints: await readRule(house, base, house.config.documents.constraints),
    coaching: await readRule(house, base, house.config.documents.coaching),
    previous: previousPlan(feature, lease.exploration),
    estimate: await estimateRest(house, base),
  };
}
