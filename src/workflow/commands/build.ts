import { checkApproved } from "../approvals.ts";
import type { CommandHandler } from "../command-handler.ts";
import { accept, acceptUnless, openDraft, refuse } from "../draft.ts";
import type { Refusal } from "../refusal.ts";
import { checkOpen, listSpecs, startPhase } from "../start-phase.ts";
import { listBuildable } from "../start-wanted.ts";
import { planWork } from "../work-key.ts";

const definition = {
  name: "build",
  summary: "Build the approved plan, or one spec of it",
  usage: "/build [spec]",
  role: "write",
  options: [],
  arguments: { least: 0, most: 1 },
} as const;

export const build: CommandHandler = {
  definition,
  decide(state, trigger, policy) {
    const refusal = checkOpen(state, policy.label) ?? checkApproved(state, trigger, policy);
    if (refusal) return refuse(refusal);
    const draft = openDraft(state, trigger, policy);
    const [named] = trigger.command.positional;
    if (named !== undefined) {
      return acceptUnless(draft, startPhase(draft, planWork(state, "build", named.toUpperCase())));
    }
    const refusals: Refusal[] = [];
    for (const spec of listBuildable(state)) {
      const refused = startPhase(draft, planWork(state, "build", spec));
      if (refused) refusals.push(refused);
    }
    if (draft.events.length > 0) return accept(draft);
    const [only, second] = listSpecs(state);
    const key = only && !second ? planWork(state, "build", only) : null;
    const why = refusals[0] ?? (key ? startPhase(draft, key) : null);
    return refuse(why ?? { reason: "nothing-to-build" });
  },
};
