import type { Claim } from "../documents/schema-validation-report.ts";
import type { Finding } from "./finding.ts";

/** Claims as a report holds them. */
export const numberClaims = (claims: readonly Finding[]): Claim[] =>
  claims.map((claim, index) => ({ id: `C-${index + 1}`, ...claim }));
