import type { CommandDefinition } from "./command.ts";
import type { Decision } from "./draft.ts";
import type { Policy } from "./policy.ts";
import type { Refusal } from "./refusal.ts";
import type { State } from "./state.ts";
import type { TriggerOf } from "./trigger.ts";

type OnCommand<T> = (state: State, trigger: TriggerOf<"command">, policy: Policy) => T;

/** A command of the open registry: how it is written, and what it leads to. One file each, under `commands/`. */
export type CommandHandler = {
  definition: CommandDefinition;
  decide: OnCommand<Decision>;
  /** Replaces the check of the least role, for commands that are decided otherwise. */
  authorise?: OnCommand<Refusal | null>;
};
