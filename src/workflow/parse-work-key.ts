import type { WorkKey } from "./phase.ts";

/** Back from `renderWorkKey`: neither phases, specs nor explorations hold a slash. */
export function parseWorkKey(text: string): WorkKey {
  const [phase, spec, exploration] = text.split("/");
  return {
    phase: phase as WorkKey["phase"],
    spec: spec === "-" ? null : (spec ?? null),
    exploration: exploration ?? "",
  };
}
