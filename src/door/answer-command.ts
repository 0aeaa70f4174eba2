import type { Feature } from "../engine/load-feature.ts";
import { chooseCheckChannel } from "../forge/github/choose-check-channel.ts";
import { renderHelp, renderStatusReply } from "../view/render-replies.ts";
import type { ParsedCommand } from "../workflow/command.ts";
import { commands } from "../workflow/command-registry.ts";
import { diagnoseDoor } from "./doctor/diagnose-door.ts";
import type { GitHubDoor } from "./github-door.ts";

/** Who we are decides how a verdict is said, and what it can hold up. Where that cannot be asked, the rest is still answered. */
async function describeChannel({ api, builder, reviewer }: GitHubDoor): Promise<readonly string[]> {
  const [speaking, building, reviewing] = await Promise.all(
    [api, builder, reviewer].map((each) => each.identity()),
  );
  if (!speaking?.ok || !building?.ok || !reviewing?.ok) return [];
  const identities = { api: speaking.data, builder: building.data, reviewer: reviewing.data };
  return chooseCheckChannel(identities).words;
}

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
      return renderStatusReply({ ...feature, policy: house.policy }, await describeChannel(door));
    case "doctor":
      return await diagnoseDoor(door, door.serverUrl);
    default:
      return null;
  }
}
