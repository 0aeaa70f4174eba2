import { canonicalizeProse } from "./canonicalize-prose.ts";

/** Fields by their dotted names (`tests.edgeCases`), with indices left out. */
export type Meaning = {
  /** Lists whose order says nothing. */
  sets: ReadonlySet<string>;
  /** Markdown of several paragraphs. */
  prose: ReadonlySet<string>;
  /** What changes while the work goes on, and is no part of what was agreed. */
  progress: ReadonlySet<string>;
};

/** Canonical JSON of a normal value: sorted keys, sorted sets, prose by its structure, no progress. */
export function canonicalizeValue(value: unknown, meaning: Meaning, name = ""): string {
  if (typeof value === "string")
    return JSON.stringify(meaning.prose.has(name) ? canonicalizeProse(value) : value);
  if (Array.isArray(value)) {
    const items = value.map((each) => canonicalizeValue(each, meaning, name));
    return `[${(meaning.sets.has(name) ? items.sort() : items).join(",")}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const below = (key: string): string => (name === "" ? key : `${name}.${key}`);
  const entries = Object.entries(value)
    .filter(([key]) => !meaning.progress.has(below(key)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${canonicalizeValue(each, meaning, below(key))}`);
  return `{${entries.join(",")}}`;
}
