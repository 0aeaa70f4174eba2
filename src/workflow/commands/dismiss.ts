import type { CommandHandler } from "../command-handler.ts";
import { accept, openDraft, record, refuse } from "../draft.ts";
import { listSpecs } from "../start-phase.ts";

const definition = {
  name: "dismiss",
  summary: "Set aside a finding or a criterion, with the reason",
  usage: '/dismiss <finding or AC> "why" [--spec <spec>]',
  role: "write",
  options: ["spec"],
  arguments: { least: 2, most: 2 },
} as const;

export const dismiss: CommandHandler = {
  definition,
  decide(state, trigger, policy) {
    const { actor: by, command } = trigger;
    if (state.status === "absent") return refuse({ reason: "no-feature", label: policy.label });
    if (state.status === "cancelled") return refuse({ reason: "cancelled" });
    const [finding = "", why = ""] = command.positional;
    const { name, usage } = definition;
    if (!finding.trim() || !why.trim()) {
      return refuse({ reason: "bad-arguments", name, usage, detail: "it needs a reason" });
    }
    const known = listSpecs(state);
    const named = command.options.spec;
    const spec = typeof named === "string" ? named.toUpperCase() : null;
    if (spec !== null && !known.includes(spec)) {
      return refuse({ reason: "unknown-spec", spec, known });
    }
    const only = known.length === 1 ? (known[0] ?? null) : null;
    const draft = openDraft(state, trigger, policy);
    record(draft, { type: "FindingDismissed", spec: spec ?? only, finding, why, by });
    return accept(draft);
  },
};
