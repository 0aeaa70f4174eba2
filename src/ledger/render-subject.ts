import type { JsonObject } from "./port.ts";

/** The subject of an append's commit: types of its events. They may come from outside, so nothing but letters is taken. */
export function renderSubject(issue: number, events: readonly JsonObject[]): string {
  const names = events.map(({ type }) =>
    (typeof type === "string" ? type : "event").replace(/[^A-Za-z0-9-]/g, "").slice(0, 40),
  );
  const shown = names.slice(0, 4).join(", ") || "documents";
  return `Issue ${issue}: ${names.length > 4 ? `${shown} and ${names.length - 4} more` : shown}`;
}
