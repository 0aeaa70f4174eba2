import { relatedFinder } from "../codebase/regions/find-related.ts";
import { documentNames } from "../documents/name-document.ts";
import { parseBuildSpec } from "../documents/parse-build-spec.ts";
import { parseProjectContext } from "../documents/parse-project-context.ts";
import type { ReviewFacts } from "../phases/review/facts.ts";
import { stripHidden } from "../shared/hidden-text.ts";
import { Stop } from "../shared/stop.ts";
import type { Lease } from "../workflow/phase.ts";
import { codebaseAt } from "./codebase-at.ts";
import { findBreaches } from "./find-breaches.ts";
import { foresee } from "./foresee.ts";
import { commandsAt, designFolder, readDocument, readRule, requestText } from "./gather-common.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";
import { documentsOf } from "./name-in-ledger.ts";

/** Largest file that a reviewer reads whole; a larger one is said to be unread. */
const FILE_BYTES = 200_000;

/** Everything a review may know. Of the builder's own words only the recorded deviations are among it. */
export async function gatherReview(
  house: House,
  feature: Feature,
  lease: Lease,
): Promise<ReviewFacts> {
  const id = lease.spec ?? "";
  const state = feature.state.specs[id];
  const build = state?.build;
  if (!state || !build)
    throw new Stop({ reason: "evidence-missing", detail: `There is no build of ${id} to review.` });
  const own = documentsOf(feature.documents, feature.state.selected);
  const name = documentNames.spec(id);
  const context = own[documentNames.context];
  const deviations = context
    ? readDocument(own, documentNames.context, parseProjectContext).deviations
    : [];
  const spec = readDocument(own, name, parseBuildSpec);
  const folder = designFolder(house, feature);
  const constraints = await readRule(house, build.base, house.config.documents.constraints);
  return {
    issue: feature.issue,
    spec,
    specText: own[name] ?? "",
    base: build.base,
    head: build.head,
    round: build.round,
    attempt: build.attempt,
    // Starts are counted through every revision, so no report is ever written over.
    reviews: state.attempts.review - 1,
    designFolder: folder,
    deviations: deviations.filter((deviation) => deviation.spec === id),
    dismissed: state.dismissed,
    requestText: stripHidden(requestText(feature)).text,
    constraints,
    coaching: await readRule(house, build.base, house.config.documents.coaching),
    ...(await commandsAt(house, build.base)),
    limits: {
      commandSeconds: house.config.limits.commandSeconds,
      outputBytes: house.config.limits.outputBytes,
      chunkTokens: house.config.limits.contextTokens,
      fileBytes: FILE_BYTES,
    },
    weights: house.config.review.weights,
    threshold: house.policy.review.threshold,
    workspace: house.workspace,
    related: relatedFinder(() => codebaseAt(house, build.head)),
    foresee: async () => foresee(await codebaseAt(house, build.base), spec),
    findBreaches: () => findBreaches(house, { ...build, constraints, spec, except: folder }),
  };
}
