import type { SourceFile } from "../codebase.ts";
import { buildGraph } from "../graph/build-graph.ts";
import { findGraphSettings } from "../graph/find-graph-settings.ts";
import { lazily } from "../graph/path-index.ts";
import { ownerPaths, readOwners } from "../owners/read-owners.ts";
import { findManifests } from "../packages/find-manifests.ts";
import { readPackages } from "../packages/read-packages.ts";
import type { Makers } from "./create-codebase.ts";
import type { SourceRecord } from "./source-record.ts";

/** Makers of what a codebase gives beside its files, over the texts that the records kept. */
export function makeLater(files: readonly SourceFile[], records: readonly SourceRecord[]): Makers {
  const places = new Map(files.map(({ path, index }) => [path, index]));
  const textOf = (path: string): string | null => records[places.get(path) ?? -1]?.text ?? null;
  const paths = files.map(({ path }) => path);
  const readTexts = (chosen: readonly string[]): { path: string; text: string }[] =>
    chosen.flatMap((path) => {
      const text = textOf(path);
      return text === null ? [] : [{ path, text }];
    });
  const packages = lazily(() => readPackages(readTexts(findManifests(paths))));
  return {
    graph: () => buildGraph(files, packages(), readTexts(findGraphSettings(paths))),
    packages,
    owners: () => readOwners(ownerPaths.map(textOf).find((text) => text !== null) ?? null),
  };
}
