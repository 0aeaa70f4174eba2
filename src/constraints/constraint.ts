/** One line of the constraints document. */
export type Constraint = {
  /** `K-1`, `K-2`, … in the order of the document. */
  id: string;
  /** Its words in one line, without the mark of the bullet and without comments. */
  text: string;
  /** Document that says it, and where. */
  path: string;
  line: number;
  /** Heading above it; null where there is none. */
  heading: string | null;
  /** Where it comes from, as a comment behind it says: `<!-- from #12, #15 -->`; null where none does. */
  provenance: string | null;
};

/** Where a rule holds: folders, files or globs. No `within` is everywhere. */
export type Scope = { within: readonly string[]; except: readonly string[] };

/**
 * What a program can check of a constraint. How each kind is said stands in `grammar.ts`; whatever is not
 * recognised stays for people and models.
 */
export type Rule =
  | { kind: "forbidden-import"; targets: readonly string[]; scope: Scope }
  | { kind: "forbidden-text"; targets: readonly string[]; instead: readonly string[]; scope: Scope }
  | { kind: "raw-calls"; of: string; instead: readonly string[]; scope: Scope }
  | { kind: "standard-library" }
  | { kind: "no-new-dependency" }
  | { kind: "longest"; of: "file" | "function"; lines: number; scope: Scope }
  | { kind: "mention"; of: "script" | "file" | "test"; names: readonly string[]; scope: Scope }
  | { kind: "file-names"; style: string; scope: Scope }
  | { kind: "forbidden-file"; globs: readonly string[] }
  | { kind: "tests-within"; globs: readonly string[] };

/** A constraint with the rules that its sentences say. */
export type CheckableConstraint = { constraint: Constraint; rules: readonly Rule[] };

/** A place that breaks a constraint. */
export type Breach = {
  constraint: Constraint;
  rule: Rule["kind"];
  path: string;
  line: number;
  /** The line, trimmed; empty where the whole file breaks it. */
  quote: string;
  why: string;
};
