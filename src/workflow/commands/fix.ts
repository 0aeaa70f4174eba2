import type { CommandHandler } from "../command-handler.ts";
import { accept, openDraft, refuse } from "../draft.ts";
import { findOwn } from "../find-own.ts";
import type { Policy } from "../policy.ts";
import { recordPersonReview } from "../record-person-review.ts";
import type { Refusal } from "../refusal.ts";
import { listSpecs } from "../start-phase.ts";
import type { SpecState, State } from "../state.ts";
import type { TriggerOf } from "../trigger.ts";
import { findLease, planWork } from "../work-key.ts";

const definition = {
  name: "fix",
  summary: "Ask for changes of what was built: your words are findings of a fix round",
  usage: "/fix [spec] <what is wrong>",
  role: "write",
  options: [],
  arguments: { least: 1, most: Number.POSITIVE_INFINITY },
} as const;

/** Words that a person may say once: a comment holds no more. */
const LONGEST = 20_000;

type Asked = { spec: string; text: string };

/** The spec that is meant: named first, else that of the pull request, else the only one that is built. */
function readWords(state: State, { command, spec: said }: TriggerOf<"command">): Asked | Refusal {
  const known = listSpecs(state);
  const text = command.rest.trim();
  const [first = ""] = text.split(/\s/, 1);
  const isNamed = /^build_\d+$/i.test(first);
  const rest = isNamed ? text.slice(first.length).trim() : text;
  const built = known.filter((id) => findOwn(state.specs, id)?.build);
  const only = built.length === 0 ? known[0] : built.length === 1 ? built[0] : undefined;
  const spec = isNamed ? first.toUpperCase() : (said ?? only);
  if (spec === undefined) {
    return { reason: "spec-missing", line: `/fix ${built[0]} <what is wrong>`, known: built };
  }
  if (rest !== "" && rest.length <= LONGEST) return { spec, text: rest };
  const { name, usage } = definition;
  const detail = rest ? `it says more than ${LONGEST} characters` : "it says nothing to fix";
  return { reason: "bad-arguments", name, usage, detail };
}

/** A round is left, or one is to come that has not begun and takes these words along. */
function hasRound(state: State, spec: SpecState, policy: Policy): boolean {
  const isBuilding = findLease(state, planWork(state, "build", spec.id)) !== undefined;
  return spec.round < policy.review.maxRounds || (spec.fixing && !isBuilding);
}

function checkFixable(state: State, id: string, policy: Policy): SpecState | Refusal {
  const known = listSpecs(state);
  const spec = findOwn(state.specs, id);
  if (!spec || !known.includes(id)) return { reason: "unknown-spec", spec: id, known };
  if (!spec.build) return { reason: "not-built", spec: id };
  const { result } = spec;
  if (result !== "open" && result !== "accepted")
    return { reason: "spec-finished", spec: id, result };
  if (hasRound(state, spec, policy)) return spec;
  return { reason: "spec-finished", spec: id, result: "exhausted" };
}

/** The same as a person's review that requests changes, in words alone. */
export const fix: CommandHandler = {
  definition,
  decide(state, trigger, policy) {
    if (state.status === "absent") return refuse({ reason: "no-feature", label: policy.label });
    if (state.status === "cancelled") return refuse({ reason: "cancelled" });
    if (!state.plan) return refuse({ reason: "no-plan", explorations: [] });
    const asked = readWords(state, trigger);
    if ("reason" in asked) return refuse(asked);
    const spec = checkFixable(state, asked.spec, policy);
    if ("reason" in spec) return refuse(spec);
    const draft = openDraft(state, trigger, policy);
    recordPersonReview(draft, {
      spec: spec.id,
      state: "changes-requested",
      head: spec.build?.head ?? "",
      findings: [{ path: null, line: null, text: asked.text }],
      by: trigger.actor,
    });
    return accept(draft);
  },
};
