import type { Event } from "./event.ts";
import { evolve } from "./evolve.ts";
import type { Policy } from "./policy.ts";
import type { Refusal } from "./refusal.ts";
import type { State } from "./state.ts";
import type { Trigger } from "./trigger.ts";

/** What a trigger leads to. Only a command that reads (`/status`, `/help`) is accepted without an event. */
export type Decision = { ok: true; events: Event[] } | { ok: false; refusal: Refusal };

/** A decision in the making: every recorded event is folded at once, so that the next step sees its effect. */
export type Draft = {
  readonly trigger: Trigger;
  readonly policy: Policy;
  state: State;
  readonly events: Event[];
};

type Carried = "v" | "at" | "source";
/** Known keys only: an event schema is loose, and its index signature would swallow them. */
type Body<E> = E extends unknown
  ? { [K in keyof E as string extends K ? never : K extends Carried ? never : K]: E[K] }
  : never;
export type EventBody = Body<Event>;

export const openDraft = (state: State, trigger: Trigger, policy: Policy): Draft => ({
  trigger,
  policy,
  state,
  events: [],
});

/** Adds an event, with the source and the time of the trigger. */
export function record(draft: Draft, body: EventBody): void {
  const { at, source } = draft.trigger;
  const event = { v: 1, at, source, ...body } as Event;
  draft.events.push(event);
  draft.state = evolve(draft.state, event);
}

export const accept = (draft: Draft): Decision => ({ ok: true, events: draft.events });
export const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });

/** Ends a decision whose last step may have been refused: then nothing of it happens. */
export const acceptUnless = (draft: Draft, refusal: Refusal | null): Decision =>
  refusal ? refuse(refusal) : accept(draft);
