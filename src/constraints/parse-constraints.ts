import type { Constraint } from "./constraint.ts";

const bullet = /^(\s*)(?:[-*+]|\d{1,9}[.)])(?:\s+(?:\[[ xX]\]\s+)?(.*))?$/;
const heading = /^#{1,6}\s+(.*?)(?:\s+#+)?\s*$/;
const fence = /^\s*(```+|~~~+)/;
const comment = /<!--([\s\S]*?)-->/g;
const mostCharacters = 200_000;

type Line = { text: string; number: number };
type Block = { lines: Line[]; heading: string | null; isBullet: boolean };

/**
 * The constraints of a document, one for each bullet (a nested one is one of its own); of a document without bullets, one for each paragraph.
 * Code fences say nothing by themselves. A comment behind a bullet tells where it comes from.
 */
export function parseConstraints(text: string, path = "CONSTRAINTS.md"): Constraint[] {
  const blocks = readBlocks(text.slice(0, mostCharacters).replace(/\r\n?/g, "\n"));
  const bullets = blocks.filter(({ isBullet }) => isBullet);
  return (bullets.length > 0 ? bullets : blocks)
    .map((block) => ({ ...readWords(block), line: block.lines[0]?.number ?? 1, of: block.heading }))
    .filter(({ words }) => /[\p{L}\p{N}]/u.test(words))
    .map(({ words, provenance, line, of }, index) => ({
      id: `K-${index + 1}`,
      text: words,
      path,
      line,
      heading: of,
      provenance,
    }));
}

function readWords({ lines }: Block): { words: string; provenance: string | null } {
  const whole = lines.map(({ text }) => text).join("\n");
  const notes = [...whole.matchAll(comment)].map(([, note = ""]) => note.trim());
  const words = whole.replace(comment, " ").replace(/\s+/g, " ").trim();
  const from = notes
    .filter((note) => note !== "")
    .map((note) => note.replace(/^(?:from|source|provenance)\s*:?\s*/i, "").replace(/\s+/g, " "));
  return { words, provenance: from.length === 0 ? null : from.join("; ") };
}

function readBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let [current, above, closing] = [null, null, null] as [
    Block | null,
    string | null,
    string | null,
  ];
  let wasBlank = true;
  const begin = (words: string, number: number, isBullet: boolean): Block => {
    const block = { lines: [{ text: words, number }], heading: above, isBullet };
    blocks.push(block);
    return block;
  };
  for (const [index, line] of text.split("\n").entries()) {
    const mark = fence.exec(line)?.[1] ?? null;
    if (closing !== null || mark !== null) {
      if (closing === null) closing = mark;
      else if (mark?.startsWith(closing)) closing = null;
      continue;
    }
    const title = heading.exec(line)?.[1];
    const item = bullet.exec(line);
    const isBlank = line.trim() === "";
    // A line belongs to the bullet above where it is indented, or follows it at once.
    const goesOn = current !== null && (!current.isBullet || !wasBlank || /^\s{2,}/.test(line));
    if (title !== undefined) [above, current] = [title, null];
    else if (item) current = begin(item[2] ?? "", index + 1, true);
    else if (isBlank) current = current?.isBullet ? current : null;
    else if (goesOn) current?.lines.push({ text: line.trim(), number: index + 1 });
    else current = begin(line.trim(), index + 1, false);
    wasBlank = isBlank;
  }
  return blocks;
}
