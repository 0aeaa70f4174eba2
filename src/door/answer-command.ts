import type { Feature } from "../engine/load-feature.ts";
import { renderHelp, renderStatusReply } from "../view/render-replies.ts";
import type { ParsedCommand } from "../workflow/command.ts";
import { commands } from "../workflow/command-registry.ts";
import { diagnoseDoor } from "./doctor/diagnose-door.ts";
import type { GitHubDoor } from "./github-door.ts";

/** The answer to a command that only asks; null for those that the thread itself answers. */
export async function answerCommand(
  command: ParsedCommand,
  door: GitHubDoor,
  feature: Feature,
): Promise<string | null> {
  const { house } = door;
  switch (command.name) {
    case "help":
      return renderHelp(commands, house.policy, command.positional[0]);
    case "status":
      return renderStatusReply({ ...feature, policy: house.policy });
    case "doctor":
      return await diagnoseDoor(door, door.serverUrl);
    default:
      return null;
  }
}
