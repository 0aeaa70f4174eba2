import type { Block } from "./layout.ts";
import { readBody } from "./read-block.ts";
import { readProse, standsAsProse, verbatim } from "./read-prose.ts";
import { startReading, type Values } from "./reading.ts";
import { writeFence } from "./write-fence.ts";

/**
 * Prose under a heading whose content ends at the next heading of `depth`. Prose that would break the
 * layout around it (a heading of that depth, an open fence or comment) is carried in a fence instead.
 */
export function writeProse(
  prose: string,
  depth: number,
  block: Pick<Block, "fields" | "body" | "example"> | null = null,
  before = "",
): string {
  const stands =
    prose === "" ||
    isPlain(prose) ||
    standsAsProse(prose, depth, before, (nodes, source, start, end) => {
      if (block?.body == null) return readProse(nodes, source.slice(start, end));
      const values: Values = {};
      const reading = startReading(source);
      readBody(block, { nodes, start, end }, values, { reading, path: [], heading: "" });
      return reading.faults.length > 0 ? null : String(values[block.body]);
    });
  return stands ? prose : writeFence(prose, `${verbatim.lang} ${verbatim.meta}`);
}

/** Lines that begin with a letter can open nothing; most prose is this, and need not be tried. */
const isPlain = (prose: string): boolean =>
  !prose.includes("<") && /^(?:(?:\p{L}[^\n]*)?\n)*\p{L}[^\n]*$/u.test(prose);
