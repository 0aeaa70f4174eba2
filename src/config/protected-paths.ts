import type { Config } from "./schema.ts";

/** Globs that the builder may not change: those of the configuration, and the documents that rule it. */
export const protectedPaths = (config: Config): string[] => [
  ...new Set([
    ...config.paths.protected,
    ...config.paths.extra,
    `${config.documents.designs}/**`,
    config.documents.constraints,
    config.documents.coaching,
  ]),
];
