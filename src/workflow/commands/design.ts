import { checkActor } from "../check-actor.ts";
import type { CommandHandler } from "../command-handler.ts";
import { acceptUnless, openDraft, record, refuse } from "../draft.ts";
import { openFeature } from "../open-feature.ts";
import { startPhase } from "../start-phase.ts";

const NAME = /^[a-z0-9][a-z0-9-]{0,30}$/;

const definition = {
  name: "design",
  summary: "Design this issue, or design it anew; reopens a cancelled one",
  usage: "/design [--assume] [--as <exploration>]",
  role: "triage",
  options: ["assume", "as"],
  flags: ["assume"],
  arguments: { least: 0, most: 0 },
} as const;

/** Opens a feature or designs it anew. What was cancelled is reopened by somebody who could have cancelled it. */
export const design: CommandHandler = {
  definition,
  decide(state, trigger, policy) {
    const { actor: by, command, issue } = trigger;
    const { as: name = state.selected, assume = false } = command.options;
    if (typeof name !== "string" || !NAME.test(name)) {
      const detail = "an exploration is named by a-z, 0-9 and -";
      return refuse({ reason: "bad-arguments", name: "design", usage: definition.usage, detail });
    }
    const draft = openDraft(state, trigger, policy);
    if (state.status === "cancelled") {
      const refusal = checkActor(by, "/design of a cancelled issue", "write");
      if (refusal) return refuse(refusal);
      record(draft, { type: "FeatureReopened", by });
    }
    if (state.status === "paused") {
      return refuse({ reason: "paused", why: state.paused ?? "person-push" });
    }
    openFeature(draft, issue, by);
    record(draft, { type: "DesignRequested", exploration: name, assume: assume !== false, by });
    const key = { phase: "design", spec: null, exploration: name } as const;
    return acceptUnless(draft, startPhase(draft, key));
  },
};
