import type { RepositoryFacts } from "../../codebase/repository-facts.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Estimate, Question } from "../../workflow/phase.ts";

/** Everything a design may know. */
export type DesignFacts = {
  issue: { number: number; title: string; body: string };
  repository: RepositoryFacts;
  /** Components, directions of import, hot spots: raw text of a survey; empty where there is no code yet. */
  architecture: string;
  /** Free words of people, oldest first: refinements, and answers that name no question. */
  guidance: readonly string[];
  /** `question` is the id of an asked question (or its words); `answer` an option's key or words. */
  answers: readonly { question: string; answer: string }[];
  asked: readonly Question[];
  /** The person said to take the defaults instead of being asked. */
  assume: boolean;
  /** Number of the revision that is to be made, from 1. */
  revision: number;
  exploration: string;
  attempt: number;
  base: string;
  policyVersion: string;
  /** Texts of the default branch: rules that hold, and what past reviews taught. */
  constraints: string | null;
  coaching: string | null;
  /** The plan that is to be revised, by specs' ids; null for a first design. */
  previous: { design: string; specs: Readonly<Record<string, string>> } | null;
  /** What the rest of the way may cost. */
  estimate: (specs: readonly BuildSpec[]) => Estimate;
};
