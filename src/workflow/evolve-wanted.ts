import { findOwn, without } from "./find-own.ts";
import { parseWorkKey } from "./parse-work-key.ts";
import type { WorkKey } from "./phase.ts";
import type { State } from "./state.ts";
import { isSameWork, renderWorkKey, toWorkKey } from "./work-key.ts";

/** Remembers work that is wanted but not leased; wanting it twice is wanting it once. */
export function want(state: State, key: WorkKey): State {
  if (state.wanted.some((wanted) => isSameWork(wanted, key))) return state;
  return { ...state, wanted: [...state.wanted, toWorkKey(key)] };
}

/** Forgets wanted work and troubles that something newer has made pointless. */
export function forgetWork(state: State, isPointless: (key: WorkKey) => boolean): State {
  return {
    ...state,
    wanted: state.wanted.filter((key) => !isPointless(key)),
    troubles: without(state.troubles, (text) => isPointless(parseWorkKey(text))),
    failures: without(state.failures, (text) => isPointless(parseWorkKey(text))),
  };
}

/** Work of this key went well, or a person asked again: earlier failures no longer count. */
export function clearFailures(state: State, key: WorkKey): State {
  const text = renderWorkKey(key);
  if (findOwn(state.failures, text) === undefined) return state;
  return { ...state, failures: without(state.failures, (known) => known === text) };
}

/** Work that belongs to the plan of an exploration, not to its design. */
export const isPlanWork = (key: WorkKey, exploration: string): boolean =>
  key.phase !== "design" && key.exploration === exploration;
