import { describe, expect, test } from "@jest/globals";
import { renderHelp, renderRefusal, renderStatusReply } from "../../src/view/render-replies.ts";
import { commands } from "../../src/workflow/command-registry.ts";
import { validated } from "../workflow/story.ts";
import { basePolicy } from "../workflow/world.ts";
import { tellEvents } from "./tell-events.ts";

describe("answers to those who only ask", () => {
  test("/help lists every command with the least role of the policy", () => {
    const policy = { ...basePolicy, commandRoles: { ask: "read" as const } };
    const help = renderHelp(commands, policy);
    for (const { usage } of commands) expect(help).toContain(`| \`${usage}\` |`);
    expect(help).toMatch(/\/ask <question>` \| [^|]+ \| read \|/);
    expect(help).toMatch(
      /\/approve <hash> \[--unvalidated\]` \| [^|]+ \| write, maintain, admin \|/,
    );
    expect(help).toMatch(/\/status` \| [^|]+ \| {2}\|/);
  });

  test("/help of one command shows that one, and of none that is known all", () => {
    expect(renderHelp(commands, basePolicy, "/Fix").split("\n")).toHaveLength(3);
    expect(renderHelp(commands, basePolicy, "nothing").split("\n")).toHaveLength(
      commands.length + 2,
    );
  });

  test("/status says what the status comment says, and what the door adds", () => {
    const { events, state } = tellEvents(validated());
    const said = renderStatusReply({ issue: 12, state, events, policy: basePolicy }, [
      "Verdicts are a status, set by @acme-bot.",
    ]);
    expect(said).toMatch(/waiting for approval[\s\S]*Verdicts are a status/);
    expect(said).not.toContain("@acme-bot");
  });

  test("a refusal says why and what to do, and calls nobody that it repeats", () => {
    const said = renderRefusal({ reason: "unknown-command", name: "x` @all `" });
    expect(said).toMatch(/^There is no command/);
    expect(said).toContain("\n\nSee `/help`.");
    expect(said).not.toContain("@all");
  });
});
