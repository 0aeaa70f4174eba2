import type { FindRelated } from "../../codebase/regions/find-related.ts";
import type { Commands } from "../../codebase/repository-facts.ts";
import type { Breach } from "../../constraints/constraint.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { ProjectContext } from "../../documents/schema-project-context.ts";
import type { Workspace } from "../../workspace/port.ts";
import type { Foresight } from "./compare-radius.ts";

/** Points of acceptance and of each part of the rubric; 100 in all. */
export type ReviewWeights = {
  acceptance: number;
  architecture: number;
  style: number;
  testing: number;
  performance: number;
};

export const defaultWeights: ReviewWeights = {
  acceptance: 60,
  architecture: 15,
  style: 10,
  testing: 10,
  performance: 5,
};

export type ReviewLimits = {
  /** Seconds that one command may take. */
  commandSeconds: number;
  /** Bytes of a command's output that are kept. */
  outputBytes: number;
  /** Tokens of repository text that one call of the reviewer may carry. */
  chunkTokens: number;
  /** Bytes above which a changed file is not read (and is said to be unread). */
  fileBytes: number;
};

/** All that a review knows. The builder's own summary is not among it, on purpose. */
export type ReviewFacts = {
  issue: number;
  spec: BuildSpec;
  /** `BUILD_NN.md` as approved. */
  specText: string;
  /** Commit that the spec is built on. */
  base: string;
  /** Commit that is reviewed. */
  head: string;
  /** 0 is the first build, then the number of the fix round. */
  round: number;
  /** Attempt of the build that is reviewed. */
  attempt: number;
  /** Reviews of this spec before this one: names the document. */
  reviews: number;
  /** Folder of the design documents in the repository, e.g. `docs/designs/12-slug`. Never out of scope. */
  designFolder: string;
  /** The only prose of the builder that a reviewer sees, as data. */
  deviations: ProjectContext["deviations"];
  /** Criteria (`AC-2`) and findings that a person waived. */
  dismissed: readonly { finding: string; why: string }[];
  /** The request, hidden text already removed. */
  requestText: string;
  constraints: string | null;
  coaching: string | null;
  commands: Commands;
  /** Command that installs dependencies in a fresh checkout. */
  setup: string | null;
  limits: ReviewLimits;
  weights: ReviewWeights;
  /** Least score that is accepted. */
  threshold: number;
  workspace: Workspace;
  /** What of the head is worth reading beside the changed files. */
  related: FindRelated;
  /** What the code at the base says that the plan would reach; found when it is asked for. */
  foresee: () => Promise<Foresight>;
  /** What the change breaks of the constraints that was not broken at the base; found when it is asked for. */
  findBreaches: () => Promise<readonly Breach[]>;
};
