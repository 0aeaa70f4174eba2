import type { PlannedFile } from "./plan-setup-files.ts";

const paint = (text: string, code: number, colours: boolean): string =>
  colours ? `\u001b[${code}m${text}\u001b[0m` : text;

const linesOf = (text: string): string[] =>
  text === "" ? [] : text.replace(/\n$/, "").split("\n");

/** Lengths of the longest common subsequence of every two tails. Files here have at most a few hundred lines. */
function measureTails(before: readonly string[], after: readonly string[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const row = lengths[i] ?? [];
    const below = lengths[i + 1] ?? [];
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const same = before[i] === after[j];
      row[j] = same ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}

/** What changes in a file, line by line: a person sees it before anything is written. */
export function showDifference(file: PlannedFile, colours: boolean): string {
  const before = linesOf(file.before);
  const after = linesOf(file.text);
  const tails = measureTails(before, after);
  const lines = [paint(`${file.action} ${file.path} (${file.what})`, 1, colours)];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push(`  ${before[i]}`);
      i += 1;
      j += 1;
    } else if (
      j < after.length &&
      (i >= before.length || (tails[i]?.[j + 1] ?? 0) > (tails[i + 1]?.[j] ?? 0))
    ) {
      lines.push(paint(`+ ${after[j]}`, 32, colours));
      j += 1;
    } else {
      lines.push(paint(`- ${before[i]}`, 31, colours));
      i += 1;
    }
  }
  return `${lines.join("\n")}\n\n`;
}
