import { checkActor } from "./check-actor.ts";
import { findHandler } from "./command-registry.ts";
import { type Decision, refuse } from "./draft.ts";
import type { Policy } from "./policy.ts";
import type { State } from "./state.ts";
import type { TriggerOf } from "./trigger.ts";

/** A slash command: who may say it is settled here, what it does is in its own file under `commands/`. */
export function decideCommand(
  state: State,
  trigger: TriggerOf<"command">,
  policy: Policy,
): Decision {
  const { actor, command } = trigger;
  const handler = findHandler(command.name);
  if (!handler) return refuse({ reason: "unknown-command", name: command.name });
  const { definition } = handler;
  const least = Object.hasOwn(policy.commandRoles, definition.name)
    ? policy.commandRoles[definition.name]
    : undefined;
  const refusal = handler.authorise
    ? handler.authorise(state, trigger, policy)
    : checkActor(actor, `/${definition.name}`, least ?? definition.role);
  return refusal ? refuse(refusal) : handler.decide(state, trigger, policy);
}
