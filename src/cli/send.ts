import { randomUUID } from "node:crypto";
import { type Conducted, conduct } from "../engine/conduct.ts";
import type { Failure } from "../shared/failure.ts";
import { stripHidden } from "../shared/hidden-text.ts";
import { fail, type Result } from "../shared/result.ts";
import type { ParsedCommand } from "../workflow/command.ts";
import { commands } from "../workflow/command-registry.ts";
import { parseCommand } from "../workflow/parse-command.ts";
import type { Issue, Trigger } from "../workflow/trigger.ts";
import type { LocalHouse } from "./open-local-house.ts";

/** Reads what a person typed as a command of the thread. */
export function readCommand(words: string): Result<ParsedCommand> {
  const parsed = parseCommand(stripHidden(words).text, commands);
  if (parsed.kind === "command") return { ok: true, value: parsed.command };
  const detail =
    parsed.kind === "refused"
      ? `${parsed.detail}${parsed.suggestion ? ` Did you mean ${parsed.suggestion}?` : ""}`
      : `"${words.trim()}" is not a command; /help lists them.`;
  return fail({ reason: "bad-usage", detail } satisfies Failure);
}

/** A comment of the person at the terminal, as a trigger. Each is new and cannot be edited. */
export function toTrigger(local: LocalHouse, issue: Issue, command: ParsedCommand): Trigger {
  const id = `terminal:${randomUUID()}`;
  return {
    kind: "command",
    source: id,
    at: local.house.now().toISOString(),
    runId: local.house.runId,
    actor: local.person,
    command,
    comment: { id, edited: false },
    issue,
  };
}

/** Says a command in the thread of an issue and carries out what follows, until a person is needed. */
export async function send(
  local: LocalHouse,
  issue: Issue,
  words: string,
): Promise<Result<Conducted>> {
  const command = readCommand(words);
  if (!command.ok) return command;
  return await conduct(local.house, issue.number, toTrigger(local, issue, command.value));
}
