import { diffLines } from "./diff-lines.ts";

const mostLines = 400;

/** What a refined revision changes in its documents, line by line; cut where nobody would read on. */
export function renderDifference(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string {
  const parts = Object.keys(before).flatMap((name) => {
    const difference = diffLines(before[name] ?? "", after[name] ?? before[name] ?? "");
    return difference === "" ? [] : [`--- ${name}`, `+++ ${name}`, difference];
  });
  const lines = parts.join("\n").split("\n");
  if (lines.length <= mostLines) return lines.join("\n");
  return [...lines.slice(0, mostLines), `[${lines.length - mostLines} more lines]`].join("\n");
}
