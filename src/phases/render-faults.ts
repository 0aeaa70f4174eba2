import type { SourceQuoter } from "./quote-source.ts";

/** Asks for the same once more, with what a program found wrong. */
export const renderFaults = (
  user: string,
  reply: string,
  faults: readonly string[],
  quoter: SourceQuoter,
): string =>
  [
    user,
    "# Your last reply was not accepted",
    quoter.quote("your last reply", reply),
    "A program found these faults. Reply again in full, with them corrected and nothing else changed:",
    faults.map((fault) => `- ${fault}`).join("\n"),
  ].join("\n\n");
