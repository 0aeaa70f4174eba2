import type { JsonObject } from "../ledger/port.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import type { Event } from "../workflow/event.ts";
import type { Lease } from "../workflow/phase.ts";
import type { Refusal } from "../workflow/refusal.ts";
import type { Trigger } from "../workflow/trigger.ts";
import { decideProved } from "./decide-proved.ts";
import type { House } from "./house.ts";
import { keepReplaced } from "./keep-replaced.ts";
import { type Feature, loadFeature, readFeature } from "./load-feature.ts";
import { nameInLedger, nameLate } from "./name-in-ledger.ts";

/** What a trigger led to: the feature as it stands now, why it was refused if it was, and the leases it took. */
export type Applied = {
  feature: Feature;
  refusal: Refusal | null;
  started: readonly Lease[];
};

const ATTEMPTS = 12;

const startedIn = (events: readonly Event[]): Lease[] =>
  events.flatMap((event) => (event.type === "PhaseStarted" ? [event.lease] : []));

/** Documents of a phase under the names that the decision gives them: applied, or kept as a late result. */
function placeDocuments(
  trigger: Trigger,
  events: readonly Event[],
  documents: Readonly<Record<string, string>>,
): Record<string, string> {
  const placed: Record<string, string> = {};
  const late = events.some((event) => event.type === "LateResultKept");
  for (const [name, text] of Object.entries(documents)) {
    if (trigger.kind !== "run-finished") placed[name] = text;
    else if (late) placed[nameLate(trigger.nonce, name)] = text;
    // An answer belongs to no exploration: its key only names the question.
    else if (trigger.lease.phase === "ask") placed[name] = text;
    else placed[nameInLedger(trigger.lease.exploration, name)] = text;
  }
  const opened = events.some((e) => e.type === "FeatureOpened" || e.type === "DesignRequested");
  if (opened && "issue" in trigger) placed["request.md"] = trigger.issue.body;
  return placed;
}

async function tryOnce(
  house: House,
  issue: number,
  trigger: Trigger,
  documents: Readonly<Record<string, string>>,
  contains: string | undefined,
): Promise<Result<Applied | "conflict">> {
  const loaded = await loadFeature(house.ledger, issue, contains);
  if (!loaded.ok) return loaded;
  const feature = loaded.value;
  const bound = feature.state.feature?.issue;
  if (bound && "issue" in trigger && trigger.issue.id !== bound.id) {
    return fail({ reason: "issue-mismatch", issue, title: bound.title });
  }
  const decision = await decideProved(house, feature, trigger);
  if (!decision.ok) return succeed({ feature, refusal: decision.refusal, started: [] });
  // Commands that only ask (`/status`, `/help`) are accepted and leave no event.
  if (decision.events.length === 0) return succeed({ feature, refusal: null, started: [] });
  const appended = await house.ledger.append({
    issue,
    parent: feature.head,
    events: decision.events as JsonObject[],
    documents: {
      ...keepReplaced(feature, decision.events),
      ...placeDocuments(trigger, decision.events, documents),
    },
  });
  if (!appended.ok) return appended;
  if (appended.value.kind === "conflict") return succeed("conflict");
  // What was just written is known: nobody has to be asked for it.
  const after = await house.ledger.load(issue, { at: appended.value.head });
  if (!after.ok) return after;
  const started = startedIn(decision.events);
  return succeed({ feature: readFeature(after.value), refusal: null, started });
}

/**
 * Decides a trigger on the newest ledger and appends what follows; on a conflict reloads and decides again.
 * `documents` travel with a finished run. Nothing is written for a refusal.
 */
export async function applyTrigger(
  house: House,
  issue: number,
  trigger: Trigger,
  documents: Readonly<Record<string, string>> = {},
  contains?: string,
): Promise<Result<Applied>> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const outcome = await tryOnce(house, issue, trigger, documents, contains);
    if (!outcome.ok) return outcome;
    if (outcome.value !== "conflict") return succeed(outcome.value);
  }
  return fail({ reason: "ledger-conflict", issue });
}
