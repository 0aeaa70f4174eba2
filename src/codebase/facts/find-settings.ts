import type { Codebase } from "../codebase.ts";
import type { Setting } from "../found.ts";
import { findDeclared, readFiles } from "./find-declared.ts";
import { codeSettings, defaultSettings } from "./settings/code-settings.ts";
import { lineSettings, treeSettings } from "./settings/configuration-settings.ts";
import { environmentFiles, environmentSettings } from "./settings/environment-settings.ts";

const inCode = [environmentSettings, environmentFiles, codeSettings, defaultSettings];
const inFiles = [treeSettings, lineSettings];
const mostFiles = 2000;

/**
 * Environment variables that the code reads or its files set, and keys of its configuration files, schemas and configuration
 * objects: one for each place, of the product before tests and documents.
 */
export async function findSettings(codebase: Codebase): Promise<readonly Setting[]> {
  const files = codebase.files
    .map(({ path }) => path)
    .filter((path) => inFiles.some(({ paths }) => paths.test(path)))
    .slice(0, mostFiles);
  return [
    ...(await findDeclared(codebase, inCode)),
    ...(await readFiles(codebase, files, inFiles)),
  ];
}
