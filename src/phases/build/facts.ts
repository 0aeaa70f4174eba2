import type { FindRelated } from "../../codebase/regions/find-related.ts";
import type { Commands } from "../../codebase/repository-facts.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { ProjectContext } from "../../documents/schema-project-context.ts";
import type { Workspace } from "../../workspace/port.ts";

/** What a build may use before it stops by itself. */
export type BuildLimits = {
  /** Seconds that one command (set-up, checkpoint) may take. */
  commandSeconds: number;
  /** Bytes of a command's output that are kept. */
  outputBytes: number;
  /** Responses of the model in one run of its tool loop. */
  turns: number;
  /** Times that a step whose checkpoint failed is given back to the model. */
  stepRepairs: number;
};

/** All that a build knows. It has no ledger, no forge and no history of another phase. */
export type BuildFacts = {
  issue: number;
  slug: string;
  spec: BuildSpec;
  /** `BUILD_NN.md` as approved. */
  specText: string;
  /** Path in the repository → text, committed by the harness before the first step. */
  designDocuments: Readonly<Record<string, string>>;
  /** Path of `context.md` in the repository. */
  contextPath: string;
  context: ProjectContext;
  branch: string;
  /** Commit that the spec is built on. */
  base: string;
  /** Commit at which this round began, whatever attempts it had: the base, or the branch's head in a fix round. */
  before: string;
  /** Commit to start at: the base, the branch's head in a fix round, or the kept work of a failed attempt. */
  from: string;
  /** Steps already done in kept work, by id. */
  resumeSteps: readonly string[];
  /** 0 is the first build, then the number of the fix round. */
  round: number;
  attempt: number;
  /** Findings of the review and of people as Markdown; null in a first build. */
  findings: string | null;
  constraints: string | null;
  coaching: string | null;
  commands: Commands;
  /** Command that installs dependencies in a fresh checkout. */
  setup: string | null;
  limits: BuildLimits;
  workspace: Workspace;
  /** What of the base commit is worth reading beside the files of a step. */
  related: FindRelated;
};
