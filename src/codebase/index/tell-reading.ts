import type { Progress } from "../../shared/progress.ts";

const FIRST_MILLISECONDS = 1_000;
const BETWEEN_MILLISECONDS = 400;

/** Counts files that were read and says how far it is: not before a second has passed, and then a few times a second at most. */
export function tellReading(
  progress: Progress,
  of: number,
  now: () => number = () => performance.now(),
): () => void {
  let done = 0;
  let next = now() + FIRST_MILLISECONDS;
  // What a locale brings along takes longer to begin than all the rest of this.
  const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  return () => {
    done += 1;
    const time = now();
    if (time < next) return;
    next = time + BETWEEN_MILLISECONDS;
    progress({ kind: "note", text: `Reading the code: ${number(done)} of ${number(of)} files.` });
  };
}
