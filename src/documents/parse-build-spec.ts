import type { Parsed } from "./fault.ts";
import { findBuildSpecProblems } from "./find-build-spec-problems.ts";
import { buildSpecLayout } from "./layout-build-spec.ts";
import { readDocument } from "./read-document.ts";
import type { BuildSpec } from "./schema-build-spec.ts";

/** The BUILD spec that a Markdown text holds, or every fault in it with its position. */
export const parseBuildSpec = (markdown: string): Parsed<BuildSpec> =>
  readDocument(markdown, buildSpecLayout, findBuildSpecProblems);
