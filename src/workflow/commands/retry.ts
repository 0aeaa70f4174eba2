import { voidDecayedApprovals } from "../approvals.ts";
import type { CommandHandler } from "../command-handler.ts";
import { accept, openDraft, record, refuse } from "../draft.ts";
import { cancelUnapprovedBuilds } from "../end-leases.ts";
import { parseWorkKey } from "../parse-work-key.ts";
import type { WorkKey } from "../phase.ts";
import type { Refusal } from "../refusal.ts";
import { checkOpen, startPhase } from "../start-phase.ts";

const definition = {
  name: "retry",
  summary: "Start again what failed: all of it, a phase, or a spec",
  usage: "/retry [phase] [spec]",
  role: "write",
  options: [],
  arguments: { least: 0, most: 2 },
} as const;

const isNamed = (key: WorkKey, word: string): boolean => {
  const name = word.toLowerCase();
  return name === key.phase || name === key.spec?.toLowerCase() || name === key.exploration;
};

export const retry: CommandHandler = {
  definition,
  decide(state, trigger, policy) {
    const closed = checkOpen(state, policy.label);
    if (closed) return refuse(closed);
    const { positional } = trigger.command;
    const known = Object.keys(state.troubles);
    const keys = known.map(parseWorkKey);
    const chosen = keys.filter((key) => positional.every((word) => isNamed(key, word)));
    const draft = openDraft(state, trigger, policy);
    voidDecayedApprovals(draft);
    cancelUnapprovedBuilds(draft);
    let refused: Refusal = { reason: "nothing-to-retry", known };
    let started = 0;
    for (const key of chosen) {
      const trial = openDraft(draft.state, trigger, policy);
      record(trial, { type: "RetryRequested", key, by: trigger.actor });
      const refusal = startPhase(trial, key);
      if (refusal) {
        if (started === 0) refused = refusal;
        continue;
      }
      started += 1;
      draft.state = trial.state;
      draft.events.push(...trial.events);
    }
    return started > 0 ? accept(draft) : refuse(refused);
  },
};
