import type { Check } from "../../../documents/schema-validation-report.ts";
import type { Tried } from "../../../model/port.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { Rung } from "./plan-ladder.ts";

/** A call that goes up a ladder of models: what it stands at. */
export type Climb<T> = {
  /** The last answer that can be used, and who gave it. */
  answer: { value: T; rung: Rung } | null;
  /** The last fault, if the last one asked did not answer. */
  failure: Failure | null;
  micros: number | null;
  escalated: readonly string[];
  /** Models that were not asked yet. */
  left: readonly Rung[];
};

export const beginClimb = <T>(ladder: readonly Rung[]): Climb<T> => ({
  ...{ answer: null, failure: null, micros: 0, escalated: [], left: ladder },
});

export type Climber<T> = {
  ask: (rung: Rung) => Promise<Tried<T>>;
  /** Why somebody larger should look; empty when this will do. */
  doubt: (tried: { value: T } | { failure: Failure }) => Promise<string[]> | string[];
};

/** Asks one model after another until one answers beyond doubt, or none is left. The same model is never asked twice. */
export async function climb<T>(from: Climb<T>, climber: Climber<T>): Promise<Climb<T>> {
  const [rung, ...left] = from.left;
  if (rung === undefined) return from;
  const tried = await climber.ask(rung);
  const micros = from.micros === null || tried.micros === null ? null : from.micros + tried.micros;
  const now: Climb<T> = {
    answer: tried.ok ? { value: tried.value, rung } : from.answer,
    failure: tried.ok ? null : tried.failure,
    micros,
    escalated: from.escalated,
    left,
  };
  const why = await climber.doubt(tried.ok ? { value: tried.value } : { failure: tried.failure });
  if (why.length === 0 || left.length === 0) return now;
  return await climb(noteDoubt(now, rung, why), climber);
}

/** Says why the next one is asked. */
export const noteDoubt = <T>(from: Climb<T>, rung: Rung, why: readonly string[]): Climb<T> => ({
  ...from,
  escalated: [...from.escalated, `${rung.tier}, \`${rung.model}\`: ${why.join("; ")}`],
});

/** How a climb ended: an answer that a larger model should have looked at, and could not, is not settled. */
export function stateOf<T>({ answer, failure }: Climb<T>): Check["state"] {
  if (answer === null) return "failed";
  return failure === null ? "done" : "unsettled";
}
