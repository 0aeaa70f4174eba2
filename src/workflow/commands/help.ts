import type { CommandHandler } from "../command-handler.ts";

/** Answered from the registry by the view; nothing happens. */
export const help: CommandHandler = {
  definition: {
    name: "help",
    summary: "List the commands",
    usage: "/help [command]",
    role: "none",
    options: [],
    arguments: { least: 0, most: 1 },
  },
  decide: () => ({ ok: true, events: [] }),
};
