import type { Town } from "./open-town.ts";
import { readThread } from "./read-town.ts";
import { write } from "./replies.ts";

export type Stage = "empty" | "asked" | "proposed" | "built";

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
  /** Built well at once, with a pull request; its review gave no answer that could be used. */
  built: {
    after: "proposed",
    reach: async (town, issue) => {
      town.say("build.BUILD_01.S-1.json", write("hello, please\n"));
      town.say("review.BUILD_01.json", { $fault: "refused" });
      await town.mary.comment(issue, readThread(town, issue).approve);
      await town.idle();
      return issue;
    },
  },
};
