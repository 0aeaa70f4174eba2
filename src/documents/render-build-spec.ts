import { buildSpecLayout } from "./layout-build-spec.ts";
import type { BuildSpec } from "./schema-build-spec.ts";
import { writeDocument } from "./write-document.ts";

/** The canonical Markdown of a BUILD spec; `parseBuildSpec` gives back its normal form. */
export const renderBuildSpec = (value: BuildSpec): string => writeDocument(buildSpecLayout, value);
