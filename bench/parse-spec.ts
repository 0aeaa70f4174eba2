import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { parseBuildSpec } from "../src/documents/parse-build-spec.ts";
import { renderBuildSpec } from "../src/documents/render-build-spec.ts";
import { sampleBuildSpec } from "../test/documents/sample-build-spec.ts";

/** Reads a BUILD spec of one megabyte; the ratio is to remark alone on a tenth of it, without any reading. */
export async function benchParseSpec(): Promise<object> {
  const markdown = renderBuildSpec(makeLargeSpec(1_000_000));
  const remark = unified().use(remarkParse).use(remarkGfm);
  parseBuildSpec(markdown.slice(0, 50_000));
  const spec = timeBest(() => parseBuildSpec(markdown), 3);
  // Remark alone slows down with the square of the length: a tenth of the text is enough to compare with.
  const part = renderBuildSpec(makeLargeSpec(100_000));
  const own = timeBest(() => parseBuildSpec(part), 3);
  const plain = timeBest(() => remark.parse(part), 3);
  return {
    bytes: Buffer.byteLength(markdown),
    megabytesPerSecond: Number((markdown.length / 1000 / spec).toFixed(3)),
    timesRemarkAloneAt100Kilobytes: Number((own / plain).toFixed(2)),
  };
}

function makeLargeSpec(size: number) {
  const step = sampleBuildSpec.steps[0];
  if (!step) throw new Error("no step");
  const details = "Change the writer so that each entry is printed once.\n\n- first\n- second";
  const count = Math.ceil(size / 160);
  const steps = Array.from({ length: count }, (_, index) => ({
    ...step,
    id: `S-${index + 1}`,
    details,
  }));
  return { ...sampleBuildSpec, steps };
}

/** Milliseconds of the fastest of several runs: the one least disturbed. */
function timeBest(run: () => unknown, times: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < times; round += 1) {
    const before = performance.now();
    run();
    best = Math.min(best, performance.now() - before);
  }
  return best;
}
