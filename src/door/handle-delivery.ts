import { type Accepted, acceptTrigger } from "../engine/accept-trigger.ts";
import { type Feature, loadFeature } from "../engine/load-feature.ts";
import type { Delivery } from "../forge/github/delivery.ts";
import { explainFailure } from "../shared/explain-failure.ts";
import { type Result, succeed } from "../shared/result.ts";
import { explainRefusal } from "../workflow/explain-refusal.ts";
import { nameWork } from "../workflow/name-work.ts";
import type { Lease } from "../workflow/phase.ts";
import { isQuietRefusal, type Refusal } from "../workflow/refusal.ts";
import { answerCommand } from "./answer-command.ts";
import { answerRefusal } from "./answer-refusal.ts";
import { cancelRuns } from "./cancel-runs.ts";
import type { GitHubDoor } from "./github-door.ts";
import { maySpeak } from "./may-speak.ts";
import { parseRun } from "./name-run.ts";
import { recoverFeature } from "./recover-feature.ts";
import { type Resolved, resolveTrigger } from "./resolve-trigger.ts";

/** What a delivery came to. Every one of them is said: in the thread where a person asked for something, in the log always. */
export type Handled = {
  kind: "ignored" | "refused" | "answered" | "decided";
  /** One sentence. */
  what: string;
  remedy: string | null;
  refusal: Refusal | null;
  issue: number | null;
  /** As it stands now; null where there is none, or nothing was asked of it. */
  feature: Feature | null;
  /** Leases that this delivery took: to be run here or in another run. */
  started: readonly Lease[];
  /** Leases of before whose run has to be started. */
  waiting: readonly Lease[];
  notes: readonly string[];
};

const nothing: Omit<Handled, "kind" | "what"> = {
  remedy: null,
  refusal: null,
  issue: null,
  feature: null,
  started: [],
  waiting: [],
  notes: [],
};

type Triggered = Extract<Resolved, { kind: "trigger" }>;
type Refused = Extract<Resolved, { kind: "refused" }>;

/** Shows on the comment how it ended; never fails the work. */
async function acknowledge(
  { house }: GitHubDoor,
  comment: string | null,
  sign: "seen" | "accepted" | "refused",
): Promise<void> {
  if (comment !== null) await house.forge.acknowledge(comment, sign);
}

async function refuseAtDoor(door: GitHubDoor, refused: Refused): Promise<Result<Handled>> {
  const { thread, comment, key, markdown } = refused;
  await acknowledge(door, comment, "refused");
  const replied = await door.house.forge.reply(thread, { key, markdown });
  if (!replied.ok) return replied;
  return succeed({
    ...nothing,
    kind: "refused",
    issue: thread,
    what: markdown.split("\n")[0] ?? "",
  });
}

/** What happened, in the words of the page of the run. */
const happenings: Readonly<Partial<Record<Triggered["trigger"]["kind"], string>>> = {
  labeled: "The label was set",
  "document-edited": "A document of the plan was edited",
  "comment-edited": "A comment that held an approval was edited",
  "comment-deleted": "A comment that held an approval was deleted",
  "person-review": "A review was read",
  "person-push": "Somebody pushed to the branch",
  "pull-request-closed": "The pull request was closed",
  moved: "The issue is gone, or its pull request goes elsewhere",
};

/** What to say of an accepted trigger; the thread's own comments say the rest. */
function tell({ trigger }: Triggered, { feature, started }: Accepted): string {
  const { name } = trigger.kind === "command" ? trigger.command : { name: trigger.kind };
  const happened = happenings[trigger.kind] ?? `\`/${name}\` was accepted`;
  const phases = started.map(nameWork);
  const next = phases.length > 0 ? `; ${phases.join(", ")} starts` : "";
  const paused = feature.state.status === "paused" ? "; the work is paused until `/continue`" : "";
  return `${happened} (issue ${feature.issue})${next}${paused}`;
}

/** Why the thread could not be brought up to date, as notes: the ledger is right, and the next run mends the thread. */
const notesOf = ({ notes, shown }: Accepted): string[] => {
  if (shown === null) return [...notes];
  const { what, remedy } = explainFailure(shown);
  return [...notes, `The thread is not up to date: ${what} ${remedy}`];
};

async function answer(
  door: GitHubDoor,
  resolved: Triggered,
  accepted: Accepted,
): Promise<Result<Handled>> {
  const { house } = door;
  const { thread, comment, trigger } = resolved;
  const { refusal, feature, started } = accepted;
  const common = {
    ...nothing,
    issue: feature.issue,
    feature,
    started,
    refusal,
    notes: notesOf(accepted),
  };
  if (refusal) {
    const { what, remedy } = explainRefusal(refusal);
    // Seen before means that it was accepted then.
    const seen = refusal.reason === "already-seen";
    await acknowledge(door, comment, seen ? "accepted" : "refused");
    if (isQuietRefusal(refusal)) return succeed({ ...common, kind: "ignored", what, remedy });
    const replied = await answerRefusal(house, thread, trigger.source, refusal);
    return replied.ok ? succeed({ ...common, kind: "refused", what, remedy }) : replied;
  }
  const said =
    trigger.kind === "command" ? await answerCommand(trigger.command, door, feature) : null;
  if (said !== null) {
    const replied = await house.forge.reply(thread, { key: trigger.source, markdown: said });
    if (!replied.ok) return replied;
  }
  await acknowledge(door, comment, "accepted");
  const kind = said === null ? "decided" : "answered";
  return succeed({ ...common, kind, what: tell(resolved, accepted) });
}

/**
 * Carries out what happened on GitHub: authorises it, takes note of what was missed, decides, shows and answers. The leases that come of
 * it are left to the caller. Handling a delivery twice changes nothing. `presser`: login of who had it sent again; null the first time.
 */
export async function handleDelivery(
  door: GitHubDoor,
  delivery: Delivery,
  runId: string,
  presser: string | null = null,
): Promise<Result<Handled>> {
  const { house, people, own } = door;
  const { ledger, config, policy, now } = house;
  if (delivery.repositoryId !== "" && delivery.repositoryId !== door.origin.repository.id) {
    return succeed({ ...nothing, kind: "ignored", what: "The event is of another repository." });
  }
  const context = { people, ledger, config, policy, own, now, runId, branch: door.origin.branch };
  const resolved = await resolveTrigger(delivery, context);
  if (!resolved.ok) return resolved;
  if (resolved.value.kind === "ignored") {
    return succeed({
      ...nothing,
      kind: "ignored",
      what: `Nothing was done: ${resolved.value.why}.`,
    });
  }
  if (resolved.value.kind === "refused") return await refuseAtDoor(door, resolved.value);
  const { issue, comment, trigger, documents } = resolved.value;
  await acknowledge(door, comment, "seen");
  const feature = await loadFeature(ledger, issue);
  if (!feature.ok) return feature;
  if (!maySpeak(presser, delivery, trigger, feature.value.state)) {
    const what = `${presser} ran again what ${delivery.sender.login} said, and cannot speak for them.`;
    const remedy = "Whoever wants it says it, in a new comment.";
    return succeed({ ...nothing, kind: "refused", issue, what, remedy });
  }
  const recovered = await recoverFeature(door, feature.value, parseRun(runId)?.id ?? null);
  if (!recovered.ok) return recovered;
  const head = recovered.value.feature.head ?? undefined;
  const accepted = await acceptTrigger(house, issue, trigger, documents, head);
  if (!accepted.ok) return accepted;
  const handled = await answer(door, resolved.value, accepted.value);
  if (!handled.ok) return handled;
  const { waiting, notes } = recovered.value;
  const ended = { source: trigger.source, own: parseRun(runId)?.id ?? null };
  const running = await cancelRuns(door, accepted.value.feature, ended);
  const all = [...notes, ...handled.value.notes, ...running];
  return succeed({ ...handled.value, waiting, notes: all });
}
