import type { Dependency, Package } from "../codebase.ts";
import {
  folderOf,
  isRecord,
  lineFinder,
  listOf,
  type Manifest,
  type Manifests,
  makePackage,
  type Need,
  recordOf,
  textOf,
} from "./manifest.ts";
import { readToml } from "./read-toml.ts";

const sections: readonly (readonly [string, Dependency["use"]])[] = [
  ["dependencies", "run"],
  ["dev-dependencies", "development"],
  ["build-dependencies", "development"],
];

/** Cargo.toml. `workspace = true` takes the range from the workspace above; a workspace without a package has a name of "". */
export function readCargo(manifest: Manifest, all: Manifests): Package | null {
  const toml = readToml(manifest.text);
  if (toml === null) return null;
  const shared = findShared(manifest, toml, all);
  const lineOf = lineFinder(manifest.text);
  const tables = [toml, ...Object.values(recordOf(toml.target)).map(recordOf)];
  const needs = tables.flatMap((table) =>
    sections.flatMap(([key, use]) => readNeeds(recordOf(table[key]), use, shared, lineOf)),
  );
  const inherited = Object.entries(recordOf(recordOf(toml.workspace).dependencies)).map(
    ([name, given]): Need => ({
      name: packageName(name, given),
      range: rangeOf(given),
      use: "run",
      line: lineOf(name),
    }),
  );
  const own = recordOf(toml.package);
  const targets = [toml.lib, ...listOf(toml.bin)].map((target) => textOf(recordOf(target).path));
  return makePackage(manifest, "cargo", {
    name: textOf(own.name),
    entries: targets.filter((path) => path !== ""),
    needs: isRecord(toml.package) ? needs : [...needs, ...inherited],
  });
}

const rangeOf = (given: unknown): string =>
  typeof given === "string" ? given : textOf(recordOf(given).version);

/** A dependency may be called otherwise here than where it is published. */
const packageName = (name: string, given: unknown): string =>
  textOf(recordOf(given).package) || name;

function readNeeds(
  table: Record<string, unknown>,
  use: Dependency["use"],
  shared: Record<string, unknown>,
  lineOf: (word: string, section?: RegExp) => number,
): Need[] {
  return Object.entries(table).map(([name, given]) => {
    const told = recordOf(given);
    const meant = told.workspace === true ? shared[name] : given;
    const optional = told.optional === true && use === "run";
    return {
      name: packageName(name, meant),
      range: rangeOf(meant),
      use: optional ? "optional" : use,
      line: lineOf(name, /dependencies/),
    };
  });
}

/** `[workspace.dependencies]` of this manifest or the nearest one above that has a workspace. */
function findShared(
  manifest: Manifest,
  toml: Record<string, unknown>,
  all: Manifests,
): Record<string, unknown> {
  let found = toml;
  for (let folder = folderOf(manifest.path); !isRecord(found.workspace) && folder !== ""; ) {
    folder = folderOf(folder);
    const text = all.get(folder === "" ? "Cargo.toml" : `${folder}/Cargo.toml`);
    found = (text === undefined ? null : readToml(text)) ?? found;
  }
  return recordOf(recordOf(found.workspace).dependencies);
}
