import type { Delivery } from "../forge/github/delivery.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { Actor } from "../workflow/role.ts";
import { resolveComment } from "./resolve-comment.ts";
import { ignore, type ResolveContext, type Resolved } from "./resolve-context.ts";
import { resolvePull } from "./resolve-pull.ts";

export type { ResolveContext, Resolved } from "./resolve-context.ts";

/** What happened, whoever did it: a merge queue merges, a bot pushes, and the feature has to know. */
const facts: ReadonlySet<Delivery["kind"]> = new Set(["pull-closed", "pull-pushed", "issue-gone"]);

/** Why nobody listens to this sender, or null. */
function whyUnheard({ kind, sender }: Delivery, { own, config }: ResolveContext): string | null {
  if (own.has(sender.id)) return "it is our own doing";
  if (sender.kind === "person" || facts.has(kind)) return null;
  const listed = config.bots.some((login) => login.toLowerCase() === sender.login.toLowerCase());
  return listed ? null : `${sender.login} is a bot that is not listed under \`bots:\``;
}

async function toLabeled(
  { source, label, issue }: Extract<Delivery, { kind: "labeled" }>,
  actor: () => Promise<Actor>,
  { policy, now, runId }: ResolveContext,
): Promise<Resolved> {
  if (label !== policy.label) return ignore(`the label ${label} starts nothing here`);
  const at = now().toISOString();
  const trigger = {
    kind: "labeled" as const,
    source,
    at,
    runId,
    label,
    issue,
    actor: await actor(),
  };
  const { number } = issue;
  return { kind: "trigger", issue: number, thread: number, comment: null, documents: {}, trigger };
}

/** An issue that is gone can show nothing any more: the ledger says it, and whatever runs for it ends. */
async function toMoved(
  { source, issue }: Extract<Delivery, { kind: "issue-gone" }>,
  actor: () => Promise<Actor>,
  { now, runId }: ResolveContext,
): Promise<Resolved> {
  const what = "issue-gone" as const;
  const at = now().toISOString();
  const trigger = { kind: "moved" as const, source, at, runId, actor: await actor(), what };
  return { kind: "trigger", issue, thread: issue, comment: null, documents: {}, trigger };
}

/**
 * Turns a delivery into an authorised trigger: drops our own events and unlisted bots, asks for roles at the permission endpoint,
 * reads a comment again before it is believed, and finds the issue of a pull request.
 */
export async function resolveTrigger(
  delivery: Delivery,
  context: ResolveContext,
): Promise<Result<Resolved>> {
  const unheard = whyUnheard(delivery, context);
  if (unheard) return succeed(ignore(unheard));
  const { sender } = delivery;
  const actor = async (): Promise<Actor> => ({
    id: sender.id,
    login: sender.login,
    kind: sender.kind,
    role: await context.people.roleOf(sender.login, sender.id),
  });
  switch (delivery.kind) {
    case "labeled":
      return succeed(await toLabeled(delivery, actor, context));
    case "comment":
      return await resolveComment(delivery, actor, context);
    case "review":
    case "pull-closed":
    case "pull-pushed":
    case "pull-retargeted":
      return await resolvePull(delivery, actor, context);
    case "issue-gone":
      return succeed(await toMoved(delivery, actor, context));
    case "run-completed":
    case "sweep":
      return succeed(ignore("nobody said anything"));
  }
}
