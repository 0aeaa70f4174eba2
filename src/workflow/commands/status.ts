import type { CommandHandler } from "../command-handler.ts";

/** Answered from the state by the view; nothing happens. */
export const status: CommandHandler = {
  definition: {
    name: "status",
    summary: "Show where the issue stands",
    usage: "/status",
    role: "none",
    options: [],
    arguments: { least: 0, most: 0 },
  },
  decide: () => ({ ok: true, events: [] }),
};
