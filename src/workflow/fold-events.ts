import { eventSchema } from "./event.ts";
import { applyEvent } from "./evolve.ts";
import { findOwn } from "./find-own.ts";
import { initialState } from "./initial-state.ts";
import type { State } from "./state.ts";

const readText = (event: unknown, key: string): string | null => {
  if (typeof event !== "object" || event === null) return null;
  const value = (event as Record<string, unknown>)[key];
  return typeof value === "string" ? value : null;
};

function countUnknown(state: State, event: unknown): State {
  const type = readText(event, "type") ?? "unreadable";
  const count = (findOwn(state.unknownEvents, type) ?? 0) + 1;
  return { ...state, unknownEvents: { ...state.unknownEvents, [type]: count } };
}

/**
 * Folds the events of a ledger, oldest first. One that this version does not know (type, version or shape) is
 * counted in `unknownEvents` and changes nothing else, but its source counts as seen. Linear in the events.
 */
export function foldEvents(events: readonly unknown[]): State {
  const sources = new Set<string>();
  let state = initialState;
  for (const event of events) {
    const parsed = eventSchema.safeParse(event);
    state = parsed.success ? applyEvent(state, parsed.data) : countUnknown(state, event);
    const source = readText(event, "source");
    if (source !== null) sources.add(source);
  }
  return { ...state, sources };
}
