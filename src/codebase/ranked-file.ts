/** A file chosen for a request, and why, in words that a maintainer reads. Same input, same output. */
export type RankedFile = { path: string; score: number; reasons: readonly string[] };

/** A stretch of a file that is worth reading; lines begin at 1 and both count. */
export type Region = {
  path: string;
  startLine: number;
  endLine: number;
  text: string;
  reasons: readonly string[];
};
