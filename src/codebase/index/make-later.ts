import type { ImportGraph, SourceFile } from "../codebase.ts";
import { buildGraph } from "../graph/build-graph.ts";
import { findGraphSettings } from "../graph/find-graph-settings.ts";
import { ownerPaths, readOwners } from "../owners/read-owners.ts";
import { findManifests } from "../packages/find-manifests.ts";
import { readPackages } from "../packages/read-packages.ts";
import { type Makers, once } from "./once.ts";
import type { SourceRecord } from "./source-record.ts";

/** A graph of an earlier run, and what is done with one that had to be made. */
export type KeptGraph = { read: (() => ImportGraph) | null; keep: (graph: ImportGraph) => void };

/** What a codebase gives beside its files, made of the texts that the records kept: each when it is first asked for, and once. */
export function makeLater(
  files: readonly SourceFile[],
  records: readonly SourceRecord[],
  kept: KeptGraph,
): Makers {
  const places = new Map(files.map(({ path, index }) => [path, index]));
  const textOf = (path: string): string | null => records[places.get(path) ?? -1]?.text ?? null;
  const textsOf = (paths: readonly string[]): { path: string; text: string }[] =>
    paths.flatMap((path) => {
      const text = textOf(path);
      return text === null ? [] : [{ path, text }];
    });
  const paths = files.map(({ path }) => path);
  const packages = once(() => readPackages(textsOf(findManifests(paths))));
  return {
    packages,
    graph: once(() => {
      if (kept.read !== null) return kept.read();
      const graph = buildGraph(files, packages(), textsOf(findGraphSettings(paths)));
      kept.keep(graph);
      return graph;
    }),
    owners: once(() => readOwners(ownerPaths.map(textOf).find((text) => text !== null) ?? null)),
  };
}
