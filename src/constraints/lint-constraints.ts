import { splitWords } from "../codebase/split-words.ts";
import type { Constraint, Rule, Scope } from "./constraint.ts";
import { exampleFor, findVagueness } from "./judge-vague.ts";
import { readSentences } from "./read-sentence.ts";
import { recogniseRules } from "./recognise-rule.ts";

export type LintFinding = {
  constraint: Constraint;
  kind: "vague" | "duplicate" | "contradicting" | "long";
  why: string;
  /** How it could be said instead; empty where that is for people to say. */
  example: string;
};

/** A line above this is several constraints, or none that anyone keeps in mind. */
const mostCharacters = 400;

/** What is wrong with constraints as text, in their order: nobody could check them, they say the same twice, or the opposite. */
export function lintConstraints(constraints: readonly Constraint[]): LintFinding[] {
  return constraints.flatMap((constraint, index): LintFinding[] => {
    const before = constraints.slice(0, index);
    const found: (LintFinding | null)[] = [
      lintVague(constraint),
      lintLong(constraint),
      lintDuplicate(constraint, before),
      lintContradicting(constraint, before),
    ];
    return found.filter((finding) => finding !== null);
  });
}

function lintVague(constraint: Constraint): LintFinding | null {
  const why = findVagueness(constraint);
  return why === null
    ? null
    : { constraint, kind: "vague", why, example: exampleFor(constraint.text) };
}

function lintLong(constraint: Constraint): LintFinding | null {
  const { length } = constraint.text;
  if (length <= mostCharacters) return null;
  const why = `${length} characters: one rule a line, at most ${mostCharacters}`;
  return { constraint, kind: "long", why, example: "" };
}

function lintDuplicate(constraint: Constraint, before: readonly Constraint[]): LintFinding | null {
  const own = keysOf(constraint);
  const twin = before.find((other) => {
    // What a program understands it compares by its meaning: two limits differ in one figure only.
    if (own.length === 0) return isAlike(constraint.text, other.text);
    const keys = keysOf(other);
    return own.every((key) => keys.includes(key));
  });
  if (twin === undefined) return null;
  return { constraint, kind: "duplicate", why: `says what ${nameOf(twin)} says`, example: "" };
}

const nameOf = ({ id, line }: Constraint): string => `${id} (line ${line})`;

const keysOf = (constraint: Constraint): string[] =>
  recogniseRules(constraint).map((rule) => JSON.stringify(rule));

const leastAlike = 0.85;

function isAlike(left: string, right: string): boolean {
  const [one, other] = [left, right].map((text) => new Set(wordsOf(text)));
  if (!one || !other || one.size === 0) return false;
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared / (one.size + other.size - shared) >= leastAlike;
}

/** Words and names: of two that differ in one name, the name is the point. */
const wordsOf = (text: string): string[] => {
  const [sentence] = readSentences(text);
  const names = sentence?.spans.flatMap((name) => [`name ${name}`, `again ${name}`]) ?? [];
  const negations = /\b(?:never|not|no|don't|avoid)\b/i.test(text) ? ["never", "not"] : [];
  return [...splitWords(text), ...names, ...negations];
};

function lintContradicting(
  constraint: Constraint,
  before: readonly Constraint[],
): LintFinding | null {
  for (const other of before) {
    for (const rule of recogniseRules(constraint)) {
      const opposite = recogniseRules(other).find((each) => contradict(rule, each));
      if (opposite === undefined) continue;
      const why = `says the opposite of ${nameOf(other)}: ${other.text.slice(0, 120)}`;
      return { constraint, kind: "contradicting", why, example: "" };
    }
  }
  return null;
}

function contradict(left: Rule, right: Rule): boolean {
  if (left.kind === "longest" && right.kind === "longest")
    return left.of === right.of && isSame(left.scope, right.scope) && left.lines !== right.lines;
  if (left.kind === "file-names" && right.kind === "file-names")
    return isSame(left.scope, right.scope) && left.style !== right.style;
  if (left.kind === "tests-within" && right.kind === "tests-within")
    return !left.globs.some((glob) => right.globs.includes(glob));
  if (left.kind === "forbidden-import" && right.kind === "forbidden-import")
    return areRivals(left, right);
  return forbidsWanted(left, right) || forbidsWanted(right, left);
}

/** "Only `a` imports x" and "only `b` imports x" leave nobody who may. */
const areRivals = (
  left: Extract<Rule, { kind: "forbidden-import" }>,
  right: Extract<Rule, { kind: "forbidden-import" }>,
): boolean =>
  left.targets.some((target) => right.targets.includes(target)) &&
  left.scope.except.length > 0 &&
  right.scope.except.length > 0 &&
  !left.scope.except.some((place) => right.scope.except.includes(place));

const plainName = (name: string): string => name.replace(/\(\)?$/, "");

/** One forbids everywhere what the other wants to be used. */
function forbidsWanted(left: Rule, right: Rule): boolean {
  if (left.kind !== "forbidden-text" && left.kind !== "forbidden-import") return false;
  if (left.scope.within.length + left.scope.except.length > 0) return false;
  const wanted =
    right.kind === "forbidden-text" || right.kind === "raw-calls"
      ? right.instead
      : right.kind === "mention"
        ? right.names
        : [];
  return wanted.some((name) => left.targets.map(plainName).includes(plainName(name)));
}

const isSame = (left: Scope, right: Scope): boolean =>
  JSON.stringify(left) === JSON.stringify(right);
