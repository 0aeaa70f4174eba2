import type { Codebase } from "../codebase.ts";
import type { ConventionKind } from "./convention.ts";
import { findConventions } from "./find-conventions.ts";

/** A prompt bears so many sentences of each kind; the survey tells the rest. */
const mostOf: Readonly<Partial<Record<ConventionKind, number>>> = {
  "symbol-names": 4,
  folder: 6,
};
const mostOfOthers = 5;

/** Conventions as short sentences for a prompt, each with a place where it can be seen: `path:line`. */
export async function sayConventions(codebase: Codebase): Promise<string[]> {
  const said = new Map<ConventionKind, number>();
  return (await findConventions(codebase)).flatMap(({ kind, sentence }) => {
    const already = said.get(kind) ?? 0;
    said.set(kind, already + 1);
    return already < (mostOf[kind] ?? mostOfOthers) ? [sentence] : [];
  });
}
