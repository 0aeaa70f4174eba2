import type { Codebase, CodeSymbol, ImportEdge, SourceFile } from "../codebase.ts";
import { openMentions } from "../graph/mentions.ts";
import { topSymbols } from "../graph/top-symbols.ts";

export type Importer = {
  path: string;
  line: number;
  names: readonly string[];
  distance: 1 | 2;
  /** Whether it takes what is asked about, not something else of a file that hands it on. */
  direct: boolean;
};

const steps = 8;

/**
 * Files that import the target, one step and two steps away. A file that hands on what it imports is passed through, so whoever takes
 * the name from an index file is found; for a symbol only those count whose names include it, or that take everything and mention it.
 */
export function findImporters(
  codebase: Codebase,
  file: SourceFile,
  symbol: CodeSymbol | null,
): Importer[] {
  const { uses, carries } = openUse(codebase, file, symbol);
  const found = new Map<string, Importer>();
  const direct = codebase.graph
    .importersOf(file.path)
    .filter((edge) => symbol === null || uses(edge) || (edge.handsOn && carries(edge)));
  for (const edge of direct) add(found, edge, 1, true);
  for (const edge of throughBarrels(codebase, direct, carries)) {
    if (edge.from !== file.path && uses(edge)) add(found, edge, 2, true);
  }
  if (symbol !== null) return order(codebase, found);
  // Behind a file that only hands on there is nobody but who takes the name from it.
  for (const { from, handsOn } of direct) {
    for (const edge of handsOn ? [] : codebase.graph.importersOf(from)) {
      if (edge.from !== file.path && !edge.handsOn) add(found, edge, 2, false);
    }
  }
  return order(codebase, found);
}

function add(
  found: Map<string, Importer>,
  edge: ImportEdge,
  distance: 1 | 2,
  direct: boolean,
): void {
  const known = found.get(edge.from);
  const names = edge.names.filter((name) => name !== "*");
  if (known === undefined) {
    found.set(edge.from, { path: edge.from, line: edge.line, names, distance, direct });
  } else if (known.distance === distance && known.direct === direct) {
    found.set(edge.from, { ...known, names: [...new Set([...known.names, ...names])] });
  }
}

/** Edges to files that hand on, and to those that hand these on. */
function throughBarrels(
  codebase: Codebase,
  direct: readonly ImportEdge[],
  carries: (edge: ImportEdge) => boolean,
): ImportEdge[] {
  const seen = new Set<string>();
  const reached: ImportEdge[] = [];
  let barrels = direct.filter(({ handsOn }) => handsOn).map(({ from }) => from);
  for (let step = 0; step < steps && barrels.length > 0; step += 1) {
    const fresh = barrels.filter((barrel) => !seen.has(barrel));
    for (const barrel of fresh) seen.add(barrel);
    const edges = fresh.flatMap((barrel) => codebase.graph.importersOf(barrel));
    reached.push(...edges);
    barrels = edges.filter((edge) => edge.handsOn && carries(edge)).map(({ from }) => from);
  }
  return reached;
}

type Use = {
  /** Whether an edge takes the symbol, or anything that the file exports. */
  uses: (edge: ImportEdge) => boolean;
  /** Whether it might hand it on. */
  carries: (edge: ImportEdge) => boolean;
};

function openUse(codebase: Codebase, file: SourceFile, symbol: CodeSymbol | null): Use {
  const mentions = openMentions();
  const top = topSymbols(file);
  const asked = symbol === null ? top.filter(({ exported }) => exported) : [symbol];
  const isMember = symbol !== null && !top.includes(symbol);
  const names = new Set(asked.map(({ name, owner }) => (isMember ? (owner ?? name) : name)));
  const isNamed = (edge: ImportEdge): boolean => edge.names.some((name) => names.has(name));
  const takesAll = (edge: ImportEdge): boolean =>
    edge.names.some((name) => name === "*" || name === "default");
  return {
    uses: (edge) => {
      // A member is used where it is mentioned; that its class is imported says little.
      if (isNamed(edge) && !isMember) return true;
      const from = isNamed(edge) || takesAll(edge) ? codebase.file(edge.from) : null;
      return from !== null && asked.some(({ name }) => mentions.has(from, name));
    },
    carries: (edge) => isNamed(edge) || takesAll(edge),
  };
}

/** Users before those behind them, the product before its tests, then in the order of paths. */
function order(codebase: Codebase, found: ReadonlyMap<string, Importer>): Importer[] {
  const weigh = ({ path, distance, direct }: Importer): number =>
    (distance - 1) * 4 + (direct ? 0 : 2) + (codebase.file(path)?.role === "test" ? 1 : 0);
  return [...found.values()].sort(
    (left, right) => weigh(left) - weigh(right) || (left.path < right.path ? -1 : 1),
  );
}
