import type { House } from "../engine/house.ts";
import type { Feature } from "../engine/load-feature.ts";
import { renderStatus } from "../view/render-status.ts";
import type { ParsedCommand } from "../workflow/command.ts";
import { commands } from "../workflow/command-registry.ts";

function renderHelp(): string {
  const rows = commands.map(({ usage, summary, role }) => {
    const least = role === "none" ? "" : role;
    return `| \`${usage.replaceAll("|", "\\|")}\` | ${summary} | ${least} |`;
  });
  return ["| command | what it does | least role |", "|---|---|---|", ...rows].join("\n");
}

/** The answer to a command that only asks; null for those that the thread itself answers. */
export function answerCommand(
  command: ParsedCommand,
  { house, feature }: { house: House; feature: Feature },
): string | null {
  switch (command.name) {
    case "help":
      return renderHelp();
    case "status":
      return renderStatus(feature.issue, feature.state, feature.events, house.policy);
    default:
      return null;
  }
}
