import type { House } from "../engine/house.ts";
import type { Feature } from "../engine/load-feature.ts";
import { renderHelp, renderStatusReply } from "../view/render-replies.ts";
import type { ParsedCommand } from "../workflow/command.ts";
import { commands } from "../workflow/command-registry.ts";

/** The answer to a command that only asks; null for those that the thread itself answers. */
export function answerCommand(
  command: ParsedCommand,
  { house, feature }: { house: House; feature: Feature },
): string | null {
  switch (command.name) {
    case "help":
      return renderHelp(commands, house.policy, command.positional[0]);
    case "status":
      return renderStatusReply({ ...feature, policy: house.policy });
    default:
      return null;
  }
}
