import { createHash } from "node:crypto";
import type { Cache } from "../../workspace/port.ts";
import type { ImportEdge, ImportGraph, SourceFile } from "../codebase.ts";
import { createGraph } from "../graph/create-graph.ts";
import { readingVersion } from "./reading-version.ts";

const prefix = "graph-";
/** Graphs that are kept: of a branch's last commits, and of those beside it. */
const mostKept = 12;

/** An edge in short: place of the file that it leads to, line, names, whether it hands on. */
type PackedEdge = [number, number, readonly string[], 0 | 1];
type Packed = readonly (readonly [number, readonly PackedEdge[]])[];

/** Which graph belongs to these files: the same for every commit that has them. */
export function nameGraph(files: readonly SourceFile[]): string {
  const hash = createHash("sha256");
  for (const { path, id } of files) hash.update(`${path}\0${id}\0`);
  return `${prefix}${readingVersion()}-${hash.digest("hex").slice(0, 32)}.json`;
}

const sign = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The graph that was kept under this name; null where none was, or where it is not what was written. */
export async function readGraph(
  cache: Cache,
  name: string,
  files: readonly SourceFile[],
): Promise<(() => ImportGraph) | null> {
  const bytes = await cache.read(name);
  if (bytes === null) return null;
  const content = new TextDecoder().decode(bytes);
  const end = content.indexOf("\n");
  const text = content.slice(end + 1);
  // Its sign says that it is what was written, by this version and for these files.
  if (end < 0 || content.slice(0, end) !== sign(text)) return null;
  return () => unpack(JSON.parse(text) as Packed, files);
}

/** Keeps a graph for the next time. What cannot be written costs time then, and nothing else. */
export async function writeGraph(
  cache: Cache,
  name: string,
  files: readonly SourceFile[],
  graph: ImportGraph,
): Promise<void> {
  const places = new Map(files.map(({ path, index }) => [path, index]));
  const packed: Packed = files.flatMap(({ path, index }) => {
    const edges = graph.importsOf(path).map((edge) => packEdge(edge, places));
    return edges.length === 0 ? [] : [[index, edges] as const];
  });
  const text = JSON.stringify(packed);
  if (!(await cache.write(name, new TextEncoder().encode(`${sign(text)}\n${text}`)))) return;
  const others = (await cache.list()).filter((one) => one.startsWith(prefix) && one !== name);
  for (const old of others.slice(mostKept - 1)) await cache.remove(old);
}

const packEdge = (
  { to, line, names, handsOn }: ImportEdge,
  places: ReadonlyMap<string, number>,
): PackedEdge => [places.get(to) ?? 0, line, names, handsOn ? 1 : 0];

function unpack(packed: Packed, files: readonly SourceFile[]): ImportGraph {
  const forward = new Map<string, ImportEdge[]>();
  for (const [index, edges] of packed) {
    const from = files[index]?.path ?? "";
    forward.set(
      from,
      edges.map(([to, line, names, handsOn]) => ({
        from,
        to: files[to]?.path ?? "",
        line,
        names,
        handsOn: handsOn === 1,
      })),
    );
  }
  return createGraph(files, forward);
}
