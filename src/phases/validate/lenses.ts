import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Lens } from "../../documents/schema-validation-report.ts";

/** One thing that a spec should say: where it stands, when it is missing, and how much that weighs. */
export type LensRule = {
  lens: Lens;
  /** Heading of the section it stands in. */
  section: string;
  /** Critical: nobody could begin, or tell when it is done. Minor: a builder would have to guess. */
  severity: "critical" | "minor";
  missing(spec: BuildSpec): boolean;
  text: string;
};

const isBlank = (text: string): boolean => text.replace(/[\s.\-_—–*]/g, "") === "" || isStub(text);

/** Words that stand where something is still to be written. */
const isStub = (text: string): boolean =>
  /^\W*(?:tbd|todo|fixme|n\/?a|none|to be (?:done|decided|defined|written)|\?+|x+)\W*$/i.test(text);

const isEmpty = (texts: readonly string[]): boolean => texts.every(isBlank);

/** Criteria of these kinds promise a test. */
const tested = new Set(["unit", "integration", "e2e"]);

/**
 * Three lenses: clear boundaries (what it is for, and what it is not), self-contained instructions (a stranger can build it without
 * asking), safeguards (how it is tried, what may go wrong, the way back).
 */
export const lensRules: readonly LensRule[] = [
  {
    ...{ lens: "boundaries", section: "Objective", severity: "critical" },
    missing: ({ objective }) => isBlank(objective),
    text: "the objective is empty: nothing says what will be true when this is done",
  },
  {
    ...{ lens: "boundaries", section: "Scope", severity: "minor" },
    missing: ({ scope }) => isEmpty(scope),
    text: "nothing says what belongs to it",
  },
  {
    ...{ lens: "boundaries", section: "Out of scope", severity: "minor" },
    missing: ({ outOfScope }) => isEmpty(outOfScope),
    text: "nothing says what does not belong to it",
  },
  {
    ...{ lens: "instructions", section: "Context", severity: "minor" },
    missing: ({ context }) => context.length === 0,
    text: "no pattern of the code is quoted to be followed",
  },
  {
    ...{ lens: "instructions", section: "Files", severity: "critical" },
    missing: ({ files }) => files.length === 0,
    text: "no file is named",
  },
  {
    ...{ lens: "instructions", section: "Steps", severity: "critical" },
    missing: ({ steps }) => steps.length === 0,
    text: "there is no step",
  },
  {
    ...{ lens: "instructions", section: "Steps", severity: "minor" },
    missing: ({ steps }) =>
      steps.length > 0 && steps.every(({ checkpoint }) => checkpoint === "none"),
    text: "no step ends in a checkpoint",
  },
  {
    ...{ lens: "instructions", section: "Steps", severity: "critical" },
    missing: ({ steps }) =>
      steps.length > 0 &&
      steps.every(({ mode, title, details }) => {
        return mode === "judgement" && isBlank(details) && isBlank(title);
      }),
    text: "the steps say nothing",
  },
  {
    ...{ lens: "instructions", section: "Error handling and logging", severity: "minor" },
    missing: ({ errorHandling, failureModes }) =>
      isBlank(errorHandling) && failureModes.length === 0,
    text: "nothing says what happens when it goes wrong",
  },
  {
    ...{ lens: "instructions", section: "Acceptance criteria", severity: "critical" },
    missing: ({ acceptance }) => isEmpty(acceptance.map(({ text }) => text)),
    text: "no criterion says when it is done",
  },
  {
    ...{ lens: "safeguards", section: "Test specification", severity: "minor" },
    missing: ({ tests, acceptance }) =>
      tests.length === 0 && acceptance.some(({ kind }) => tested.has(kind)),
    text: "no scenario says how its criteria are tried",
  },
  {
    ...{ lens: "safeguards", section: "Risks", severity: "minor" },
    missing: ({ risks }) => isEmpty(risks.map(({ risk }) => risk)),
    text: "no risk is named",
  },
  {
    ...{ lens: "safeguards", section: "Rollback", severity: "minor" },
    missing: ({ rollback }) => isBlank(rollback),
    text: "no way back is said",
  },
];
