/** A code span that holds any one line. The empty string is written as a span of one space. */
export function renderCodeSpan(content: string): string {
  if (content === "") return "` `";
  let longest = 0;
  for (const run of content.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  const ticks = "`".repeat(longest + 1);
  const edge = content.startsWith("`") || content.endsWith("`");
  return edge ? `${ticks} ${content} ${ticks}` : ticks + content + ticks;
}

/** Reads the code span that begins at `at`; null when none does. Its content is trimmed. */
export function readCodeSpan(line: string, at: number): { content: string; end: number } | null {
  const open = countTicks(line, at);
  if (open === 0) return null;
  let position = at + open;
  while (position < line.length) {
    const next = line.indexOf("`", position);
    if (next < 0) return null;
    const close = countTicks(line, next);
    if (close === open) return { content: line.slice(at + open, next).trim(), end: next + close };
    position = next + close;
  }
  return null;
}

function countTicks(line: string, at: number): number {
  let end = at;
  while (line[end] === "`") end += 1;
  return end - at;
}
