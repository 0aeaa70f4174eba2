/** The place of the quotation mark that ends the string at `at`; a quote that never ends is taken for a sign of its own. */
export function skipString(source: string, at: number): number {
  const quote = source[at];
  for (let end = at + 1; end < source.length; end++) {
    if (source[end] === "\\") end += 1;
    else if (source[end] === quote) return end;
    else if (source[end] === "\n" && quote !== "`") return at;
  }
  return at;
}
