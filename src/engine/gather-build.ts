import { relatedFinder } from "../codebase/regions/find-related.ts";
import { documentNames } from "../documents/name-document.ts";
import { parseBuildSpec } from "../documents/parse-build-spec.ts";
import { parseDesign } from "../documents/parse-design.ts";
import { renderAdr } from "../documents/render-adr.ts";
import { renderRisks } from "../documents/render-risks.ts";
import type { BuildFacts } from "../phases/build/facts.ts";
import type { Lease } from "../workflow/phase.ts";
import type { SpecState } from "../workflow/state.ts";
import { codebaseAt } from "./codebase-at.ts";
import { findSpecBase } from "./find-spec-base.ts";
import {
  branchName,
  commandsAt,
  designFolder,
  featureSlug,
  readDocument,
  readRule,
} from "./gather-common.ts";
import { gatherContext } from "./gather-context.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";
import { documentsOf } from "./name-in-ledger.ts";

/** What the review and people found, for the fix round. The report is read back from the ledger, not from a chat. */
function findings(feature: Feature, spec: SpecState): string | null {
  const last = spec.reviews.at(-1);
  const report = last ? feature.documents[last.report] : undefined;
  const people = spec.personFindings.map(
    (finding) =>
      `- ${finding.path ? `\`${finding.path}:${finding.line ?? 1}\` ` : ""}${finding.text}`,
  );
  const parts = [
    report && !last?.accepted ? report : "",
    people.length > 0 ? `## Findings of people\n\n${people.join("\n")}` : "",
  ].filter(Boolean);
  return parts.length > 0 ? parts.join("\n\n") : null;
}

/**
 * Work that a former attempt of this very start left unfinished: same plan, same round, not completed. What another
 * revision of the plan built is no beginning for this one.
 */
async function findUnfinished(
  house: House,
  feature: Feature,
  lease: Lease,
): Promise<string | null> {
  const { events, issue } = feature;
  const before = events.findLastIndex(
    (event) =>
      event.type === "PhaseStarted" &&
      event.lease.phase === "build" &&
      event.lease.spec === lease.spec &&
      event.lease.attempt === lease.attempt - 1 &&
      event.lease.round === lease.round,
  );
  const since = events.slice(before);
  const ended = since.some(
    (event) =>
      event.type === "PlanPosted" ||
      event.type === "PersonPushed" ||
      (event.type === "BuildCompleted" && event.spec === lease.spec),
  );
  if (before < 0 || ended) return null;
  const name = `refs/archwright/work/${issue}/${lease.spec}-${lease.attempt - 1}`;
  const kept = await house.workspace.resolve(name);
  return kept.ok ? kept.value : null;
}

type Start = Pick<BuildFacts, "before" | "from" | "resumeSteps"> & { unfinished: string | null };

/** Where to start: unfinished work of this round, else the branch in a fix round, else the base. */
async function startingPoint(
  house: House,
  feature: Feature,
  lease: Lease,
  base: string,
): Promise<Start> {
  const unfinished = await findUnfinished(house, feature, lease);
  const built = feature.state.specs[lease.spec ?? ""]?.build?.head ?? base;
  const before = lease.round > 0 ? built : base;
  const from = unfinished ?? before;
  if (lease.round > 0 || unfinished === null) return { before, from, resumeSteps: [], unfinished };
  const done = await house.workspace.commits(base, unfinished);
  const steps = done.flatMap((commit) => /^(S-\d+):/.exec(commit.subject)?.[1] ?? []);
  return { before, from, resumeSteps: [...new Set(steps)], unfinished };
}

/**
 * Documents as they are committed on the branch: plain names below the design folder. Only those of the current
 * plan: what an earlier revision decided stays in the ledger's history. Risks and decisions are written anew from the
 * design, because the approved hash is over the design and not over their own files.
 */
function designDocuments(feature: Feature, folder: string): Record<string, string> {
  const own = documentsOf(feature.documents, feature.state.selected);
  const design = readDocument(own, documentNames.design, parseDesign);
  const specs = (feature.state.plan?.specs ?? []).map((spec) => documentNames.spec(spec.id));
  const hashed = [documentNames.design, ...specs].filter((name) => own[name] !== undefined);
  const documents = [
    ...hashed.map((name) => [name, own[name] ?? ""] as const),
    [documentNames.risks, renderRisks(design)] as const,
    ...design.adrs.map((adr) => [documentNames.adr(adr), renderAdr(adr)] as const),
  ];
  return Object.fromEntries(documents.map(([name, text]) => [`${folder}/${name}`, text]));
}

/** Everything a build may know, from the ledger and the base commit. */
export async function gatherBuild(
  house: House,
  feature: Feature,
  lease: Lease,
): Promise<BuildFacts> {
  const id = lease.spec ?? "";
  const own = documentsOf(feature.documents, feature.state.selected);
  const base = await findSpecBase(house.workspace, feature.state, id);
  const folder = designFolder(house, feature);
  const name = documentNames.spec(id);
  const state = feature.state.specs[id];
  const contextPath = `${folder}/${documentNames.context}`;
  const { unfinished, ...start } = await startingPoint(house, feature, lease, base);
  return {
    issue: feature.issue,
    slug: featureSlug(feature.state),
    spec: readDocument(own, name, parseBuildSpec),
    specText: own[name] ?? "",
    designDocuments: designDocuments(feature, folder),
    contextPath,
    context: await gatherContext(house.workspace, own, { path: contextPath, unfinished }),
    branch: branchName(feature, id),
    base,
    ...start,
    round: lease.round,
    attempt: lease.attempt,
    findings: lease.round > 0 && state ? findings(feature, state) : null,
    constraints: await readRule(house, base, house.config.documents.constraints),
    coaching: await readRule(house, base, house.config.documents.coaching),
    ...(await commandsAt(house, base)),
    limits: house.config.limits,
    workspace: house.workspace,
    related: relatedFinder(() => codebaseAt(house, base)),
  };
}
