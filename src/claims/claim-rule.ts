import type { Codebase } from "../codebase/codebase.ts";
import type { BaseClass, Route, Setting, Table, TestLayout } from "../codebase/found.ts";
import type { Commands } from "../codebase/repository-facts.ts";
import type { BuildSpec } from "../documents/schema-build-spec.ts";
import type { Evidence } from "../documents/schema-common.ts";
import type { Design } from "../documents/schema-design.ts";
import type { Claim } from "../documents/schema-validation-report.ts";

/** The documents of a plan. `design` is null where a spec stands alone. */
export type PlanDocuments = { design: Design | null; specs: readonly BuildSpec[] };

/** The code that a plan is held against. What costs a search is found when it is first asked for, once. */
export type Ground = {
  codebase: Codebase;
  commands: Commands;
  tables(): Promise<readonly Table[]>;
  routes(): Promise<readonly Route[]>;
  settings(): Promise<readonly Setting[]>;
  baseClasses(): readonly BaseClass[];
  testLayout(): TestLayout;
};

/** Something a document says of the code. */
export type Statement = {
  /** Document that says it: design.md, BUILD_01.md. */
  source: string;
  /** What it says, in one line of Markdown, as the report shows it. */
  text: string;
};

export type Judgement = {
  verdict: Claim["verdict"];
  /** Where code saw it, or what is there instead. */
  evidence: Evidence | null;
  /** What is there instead with the nearest match, or why it cannot be told; empty where it is simply true. */
  note: string;
};

/**
 * One kind of claim: what of a plan says such a thing, and whether the code agrees. `find` is pure; `check` reads the ground and
 * nothing else, and says the same for the same ground. A statement is never dropped: what cannot be told is "unproven".
 */
export type ClaimRule<S extends Statement = Statement> = {
  kind: Claim["kind"];
  find(plan: PlanDocuments): readonly S[];
  check(statement: S, ground: Ground, plan: PlanDocuments): Promise<Judgement>;
};
