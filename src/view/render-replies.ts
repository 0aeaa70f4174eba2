import type { CommandDefinition } from "../workflow/command.ts";
import { explainRefusal } from "../workflow/explain-refusal.ts";
import type { Policy } from "../workflow/policy.ts";
import type { Refusal } from "../workflow/refusal.ts";
import { escapeCell } from "./escape-cell.ts";
import { inert } from "./inert.ts";
import type { ViewFacts } from "./render-comments.ts";
import { renderStatus } from "./render-status.ts";

/** Answer to `/help`: every command with the least role that may say it, by the policy where that says another one. */
export function renderHelp(
  commands: readonly CommandDefinition[],
  policy: Policy,
  only?: string,
): string {
  const named = commands.filter(({ name }) => name === only?.replace(/^\//, "").toLowerCase());
  const rows = (named.length > 0 ? named : commands).map(({ name, usage, summary, role }) => {
    const least = Object.hasOwn(policy.commandRoles, name) ? policy.commandRoles[name] : role;
    const shown = name === "approve" ? policy.approval.roles.join(", ") : (least ?? role);
    return `| \`${escapeCell(usage)}\` | ${escapeCell(summary)} | ${shown === "none" ? "" : shown} |`;
  });
  return ["| command | what it does | least role |", "|---|---|---|", ...rows].join("\n");
}

/** Answer to `/status`: what the status comment says, and below it what the door adds, such as the channel of verdicts. */
export const renderStatusReply = (
  { issue, state, events, policy }: Omit<ViewFacts, "documents">,
  notes: readonly string[] = [],
): string =>
  [renderStatus(issue, state, events, policy), ...notes.map((note) => inert(note))].join("\n\n");

/** Answer to what was refused: the reason, then the remedy. Words of the person may be in it. */
export function renderRefusal(refusal: Refusal): string {
  const { what, remedy } = explainRefusal(refusal);
  return inert(`${what}\n\n${remedy}`);
}
