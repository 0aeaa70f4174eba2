import type { Event } from "../../src/workflow/event.ts";
import { evolve, initialState } from "../../src/workflow/evolve.ts";
import type { Policy } from "../../src/workflow/policy.ts";
import type { State } from "../../src/workflow/state.ts";
import { ask, type Beat } from "../workflow/story.ts";
import { basePolicy } from "../workflow/world.ts";

/** The events of a story with the state that they fold to. A refused beat is a fault of the test. */
export function tellEvents(
  beats: readonly Beat[],
  policy: Policy = basePolicy,
): { events: Event[]; state: State } {
  const events: Event[] = [];
  let state = initialState;
  for (const [count, beat] of beats.entries()) {
    const decision = ask(state, beat, policy, count);
    if (!decision.ok) throw new Error(`beat ${count} refused: ${decision.refusal.reason}`);
    events.push(...decision.events);
    state = decision.events.reduce(evolve, state);
  }
  return { events, state };
}
