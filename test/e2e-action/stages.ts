import type { Town } from "./open-town.ts";
import { readThread } from "./read-town.ts";

export type Stage = "empty" | "asked" | "proposed" | "accepted";

type Way = {
  after: Stage | null;
  /** From the stage before to this one; returns the issue. */
  reach: (town: Town, issue: number) => Promise<number>;
};

const request = { title: "Greet readers", body: "A file should greet whoever reads it, politely." };

/** How far a feature can be when a test begins. */
export const stages: Readonly<Record<Stage, Way>> = {
  /** Nothing has happened. */
  empty: { after: null, reach: async () => 0 },
  /** An issue without a label. */
  asked: { after: "empty", reach: ({ mary }) => mary.openIssue(request) },
  /** A plan, validated, waits for its approval. */
  proposed: {
    after: "asked",
    reach: async ({ mary, idle }, issue) => {
      await mary.label(issue, "archwright");
      await idle();
      return issue;
    },
  },
  /** Built, reviewed, mended and accepted. */
  accepted: {
    after: "proposed",
    reach: async (town, issue) => {
      await town.mary.comment(issue, readThread(town, issue).approve);
      await town.idle();
      return issue;
    },
  },
};
