/** A stretch of lines that stay, go or come. */
type Change = { mark: " " | "-" | "+"; line: string };

/** More cells than this and the texts are shown as one replacing the other: nobody reads such a difference. */
const mostCells = 4_000_000;
const context = 2;

/** What changes from one text to another, line by line, with two lines around; empty when nothing does. */
export function diffLines(before: string, after: string): string {
  if (before === after) return "";
  const [left, right] = [before.split("\n"), after.split("\n")];
  const head = countSame(left, right);
  const tail = countSame(left.slice(head).reverse(), right.slice(head).reverse());
  const changes: Change[] = [
    ...left.slice(0, head).map(same),
    ...compare(left.slice(head, left.length - tail), right.slice(head, right.length - tail)),
    ...left.slice(left.length - tail).map(same),
  ];
  return cutContext(changes);
}

const same = (line: string): Change => ({ mark: " ", line });
const gone = (line: string): Change => ({ mark: "-", line });
const come = (line: string): Change => ({ mark: "+", line });

function countSame(left: readonly string[], right: readonly string[]): number {
  let count = 0;
  while (count < left.length && count < right.length && left[count] === right[count]) count += 1;
  return count;
}

function compare(left: readonly string[], right: readonly string[]): Change[] {
  if (left.length * right.length > mostCells) return [...left.map(gone), ...right.map(come)];
  const tails = measureTails(left, right);
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [old, fresh] = [left[i], right[j]];
    const down = tails[i + 1]?.[j] ?? -1;
    const across = tails[i]?.[j + 1] ?? -1;
    if (old !== undefined && old === fresh) {
      changes.push(same(old));
      i += 1;
      j += 1;
    } else if (old !== undefined && (fresh === undefined || down >= across)) {
      changes.push(gone(old));
      i += 1;
    } else {
      changes.push(come(fresh ?? ""));
      j += 1;
    }
  }
  return changes;
}

/** Lengths of the longest common subsequence of every two tails. */
function measureTails(left: readonly string[], right: readonly string[]): number[][] {
  const lengths = Array.from({ length: left.length + 1 }, () =>
    new Array<number>(right.length + 1).fill(0),
  );
  for (let i = left.length - 1; i >= 0; i -= 1) {
    const row = lengths[i] ?? [];
    const below = lengths[i + 1] ?? [];
    for (let j = right.length - 1; j >= 0; j -= 1) {
      row[j] =
        left[i] === right[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}

/** Leaves out what stays, but for a little around each change. */
function cutContext(changes: readonly Change[]): string {
  const lines: string[] = [];
  let isCut = false;
  for (const [index, { mark, line }] of changes.entries()) {
    const near = changes.slice(Math.max(0, index - context), index + context + 1);
    if (mark === " " && near.every((each) => each.mark === " ")) {
      isCut = true;
      continue;
    }
    if (isCut) lines.push("@@");
    isCut = false;
    lines.push(`${mark}${line}`);
  }
  return lines.join("\n");
}
