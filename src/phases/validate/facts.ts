import type { Codebase } from "../../codebase/codebase.ts";
import type { RepositoryFacts } from "../../codebase/repository-facts.ts";
import type { ValidationConfig } from "../../config/schema-validation.ts";
import type { Plan } from "../../workflow/phase.ts";
import type { Snapshot } from "../../workspace/port.ts";

/** Everything a validation may know. */
export type ValidateFacts = {
  /** Text of design.md. */
  designText: string;
  /** Texts of the specs by their ids. */
  specs: Readonly<Record<string, string>>;
  /** Text of context.md as it stands; null when there is none yet. */
  contextText: string | null;
  plan: Plan;
  /** The base commit. */
  snapshot: Snapshot;
  /** What the code tells at the base commit. */
  codebase: Codebase;
  repository: RepositoryFacts;
  /** Validations of this feature before this one: names the report. */
  validations: number;
  attempt: number;
  constraints: string | null;
  /** Where they stand in the repository. */
  constraintsPath: string;
  coaching: string | null;
  base: string;
  policyVersion: string;
  /** Tiers and thresholds of the checks. */
  validation: ValidationConfig;
  /** The request as the person wrote it. */
  requestText: string;
};
