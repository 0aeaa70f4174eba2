import type { CommandDefinition } from "./command.ts";
import type { CommandHandler } from "./command-handler.ts";
import { answer } from "./commands/answer.ts";
import { approve } from "./commands/approve.ts";
import { ask } from "./commands/ask.ts";
import { build } from "./commands/build.ts";
import { cancel } from "./commands/cancel.ts";
import { continueCommand } from "./commands/continue.ts";
import { design } from "./commands/design.ts";
import { dismiss } from "./commands/dismiss.ts";
import { doctor } from "./commands/doctor.ts";
import { fix } from "./commands/fix.ts";
import { help } from "./commands/help.ts";
import { refine } from "./commands/refine.ts";
import { retry } from "./commands/retry.ts";
import { review } from "./commands/review.ts";
import { select } from "./commands/select.ts";
import { status } from "./commands/status.ts";
import { validate } from "./commands/validate.ts";

/** Every command, in the order of the flow: a new one is a file and a line here. */
const handlers: readonly CommandHandler[] = [
  design,
  refine,
  answer,
  select,
  validate,
  approve,
  build,
  review,
  fix,
  retry,
  continueCommand,
  dismiss,
  cancel,
  ask,
  status,
  doctor,
  help,
];

export const commands: readonly CommandDefinition[] = handlers.map(({ definition }) => definition);

const byName: ReadonlyMap<string, CommandHandler> = new Map(
  handlers.map((handler) => [handler.definition.name, handler]),
);

export const findHandler = (name: string): CommandHandler | undefined => byName.get(name);
