import type { Claim } from "../../documents/schema-validation-report.ts";

/** A claim before it has its number. */
export type Finding = Omit<Claim, "id">;

/** What a check says, and what it put right on the way. */
export type Checked<T> = { claims: Finding[]; value: T; changes: string[] };

export const numberClaims = (claims: readonly Finding[]): Claim[] =>
  claims.map((claim, index) => ({ id: `C-${index + 1}`, ...claim }));

/** Evidence that a file is there: its first line. */
export const firstLine = (path: string, text: string | null): Claim["evidence"] =>
  text === null ? null : { path, startLine: 1, endLine: 1, quote: text.split("\n", 1)[0] ?? "" };
