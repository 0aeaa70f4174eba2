import { nameOf } from "./place.ts";

const settings =
  /^(?:tsconfig[\w.-]*\.json|jsconfig[\w.-]*\.json|package\.json|deno\.jsonc?|composer\.json|go\.mod|Cargo\.toml)$/;
const foreign = /(?:^|\/)(?:node_modules|vendor|third_party|bower_components)\//;
/** Shared compiler settings are often kept in a package of their own, under any name. */
const shared = /(?:^|\/)(?:tsconfig|typescript-config|ts-config)\/[\w.-]+\.json$/;

/** Files that say how imports are meant: to be read for `buildGraph`, in the order given. */
export const findGraphSettings = (paths: readonly string[]): string[] =>
  paths.filter((path) => !foreign.test(path) && (settings.test(nameOf(path)) || shared.test(path)));
