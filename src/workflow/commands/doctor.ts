import type { CommandHandler } from "../command-handler.ts";

/** Answered by the door, which looks at settings and rights; nothing happens. */
export const doctor: CommandHandler = {
  definition: {
    name: "doctor",
    summary: "Check every setting and right that the work needs",
    usage: "/doctor",
    role: "write",
    options: [],
    arguments: { least: 0, most: 0 },
  },
  decide: () => ({ ok: true, events: [] }),
};
