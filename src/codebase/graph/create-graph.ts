import type { ImportEdge, ImportGraph, SourceFile } from "../codebase.ts";
import { push } from "./path-index.ts";

/** A graph over edges by the file that they lead from. Edges to a file come in the order of paths. */
export function createGraph(
  files: readonly SourceFile[],
  forward: ReadonlyMap<string, readonly ImportEdge[]>,
): ImportGraph {
  const backward = new Map<string, ImportEdge[]>();
  for (const file of files)
    for (const edge of forward.get(file.path) ?? []) push(backward, edge.to, edge);
  return {
    importsOf: (path) => forward.get(path) ?? [],
    importersOf: (path) => backward.get(path) ?? [],
  };
}
