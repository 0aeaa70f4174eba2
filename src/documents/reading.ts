import type { Node, RootContent } from "mdast";
import type { Fault } from "./fault.ts";

/** More faults than this help nobody. */
const maxFaults = 100;

export type Path = readonly (string | number)[];
export type Values = Record<string, unknown>;
export type Span = { text: string; offset: number };

/** What one reading of a document collects on its way. */
export type Reading = {
  readonly source: string;
  readonly faults: Fault[];
  /** Where each value stands, by its path in the document. */
  readonly places: Map<string, number>;
  /** What stands in a known section and has no field there. */
  readonly leftovers: { heading: string; body: string }[];
  fault: (offset: number, message: string, example: string) => void;
};

export const pathKey = (path: Path): string => path.join(".");

export function startReading(source: string): Reading {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1))
    starts.push(at + 1);
  const faults: Fault[] = [];
  const fault = (offset: number, message: string, example: string): void => {
    if (faults.length >= maxFaults) return;
    const line = findLine(starts, offset);
    faults.push({ line: line + 1, column: offset - (starts[line] ?? 0) + 1, message, example });
  };
  return { source, faults, places: new Map(), leftovers: [], fault };
}

function findLine(starts: number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export const startOf = (node: Node): number => node.position?.start.offset ?? 0;
export const endOf = (node: Node): number => node.position?.end.offset ?? 0;

/** The source between the first and the last child: a heading, paragraph or cell without its marks. */
export function innerSpan(node: RootContent, source: string): Span {
  const children = "children" in node ? node.children : [];
  const first = children[0];
  const last = children.at(-1);
  if (!first || !last) return { text: "", offset: startOf(node) };
  return { text: source.slice(startOf(first), endOf(last)), offset: startOf(first) };
}

/** Keeps nodes that have no field here, so that nothing a person wrote is lost. */
export function keepLeftovers(nodes: RootContent[], heading: string, reading: Reading): void {
  for (const node of nodes) {
    const body = reading.source.slice(startOf(node), endOf(node));
    reading.leftovers.push({ heading, body });
  }
}
