/** A fenced block around exact text, with a fence longer than any run of backticks in it. */
export function writeFence(content: string, info: string): string {
  let longest = 2;
  for (const run of content.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  const fence = "`".repeat(longest + 1);
  return `${fence}${info}\n${content}\n${fence}`;
}
