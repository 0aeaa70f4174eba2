import { documentNames } from "../documents/name-document.ts";
import type { Event } from "../workflow/event.ts";
import type { Feature } from "./load-feature.ts";
import { documentsOf, nameReplaced } from "./name-in-ledger.ts";

/**
 * Documents of the plans that a new revision replaces, under the names where they are kept: design and specs as they were posted.
 * They cost nothing to store, being the same blobs, and let the thread show an old revision as it was.
 */
export function keepReplaced(
  { state, documents }: Pick<Feature, "state" | "documents">,
  events: readonly Event[],
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const event of events) {
    if (event.type !== "PlanPosted") continue;
    const { exploration } = event;
    const before = state.explorations[exploration]?.plan;
    if (!before) continue;
    const own = documentsOf(documents, exploration);
    const names = [documentNames.design, ...before.specs.map(({ document }) => document)];
    for (const name of names) {
      const text = own[name];
      if (text !== undefined) kept[nameReplaced(exploration, before.revision, name)] = text;
    }
  }
  return kept;
}
