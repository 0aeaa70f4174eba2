import { dispatchLeases } from "../door/dispatch-leases.ts";
import type { GitHubDoor } from "../door/github-door.ts";
import { nameDispatcher } from "../door/name-run.ts";
import { type Published, publishHandOver } from "../door/publish-hand-over.ts";
import { recoverFeature } from "../door/recover-feature.ts";
import { retryByPerson } from "../door/retry-by-person.ts";
import type { Work } from "../engine/hand-over.ts";
import type { Feature } from "../engine/load-feature.ts";
import { classifyPushRefusal } from "../forge/github/classify-push-refusal.ts";
import { explainFailure } from "../shared/explain-failure.ts";
import type { Failure } from "../shared/failure.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import { describeNext } from "../view/describe-next.ts";
import { explainRefusal } from "../workflow/explain-refusal.ts";
import { nameWork } from "../workflow/name-work.ts";
import { nextStep } from "../workflow/next-step.ts";
import { withRemote } from "../workspace/git/with-remote.ts";
import { type Ending, endWith, type JobEnd, type Outcome } from "./ending.ts";
import type { JobContext } from "./job-context.ts";
import { listenForEnd } from "./listen-for-end.ts";
import { openActionDoor } from "./open-action-door.ts";
import { openApis } from "./open-apis.ts";
import { type Clone, openClone } from "./open-clone.ts";
import { type Place, readPlace } from "./read-place.ts";
import { readWork } from "./read-work.ts";

type Desk = { context: JobContext; place: Place; work: Work; door: GitHubDoor; clone: Clone };

/** A push that a rule of GitHub refuses is that rule; everything else is git's own fault. */
const classify = (words: string) => {
  const failure = classifyPushRefusal(words);
  return failure.reason === "forge-refused"
    ? { rule: failure.rule, detail: failure.detail, link: failure.link }
    : null;
};

async function openDesk(
  context: JobContext,
  place: Place,
  work: Work,
  signal: AbortSignal,
): Promise<Result<Desk>> {
  let clone: Clone | null = null;
  const door = await openActionDoor(context, {
    apis: openApis(context, place, signal),
    place,
    signal,
    workspace: async (origin) => {
      const { issue } = work;
      const opened = await openClone(context, place, { origin, issue, isolation: "never" });
      if (!opened.ok) return opened;
      clone = opened.value;
      return await withRemote(opened.value.workspace, { ...opened.value.remote, classify });
    },
  });
  if (!door.ok) return door;
  if (clone === null) throw new Error("a door was opened without its workspace");
  return succeed({ context, place, work, door: door.value, clone });
}

/** How the run that was lost ended, by the results of its jobs. */
function describeLoss({ inputs }: JobContext, { link }: Place): { result: string; link: string } {
  const { phaseResult, checksResult } = inputs;
  const checks = phaseResult === "skipped" && checksResult && checksResult !== "success";
  const result = checks
    ? `the job checks ended as ${checksResult}, so the phase was not begun`
    : `the job phase ended as ${phaseResult ?? "unknown"}`;
  return { result, link };
}

const outcomes: Readonly<Record<Published["kind"], Outcome>> = {
  published: "published",
  "published-before": "published-before",
  "kept-late": "kept-late",
  superseded: "superseded",
  lost: "run-lost",
  refused: "failed",
};

const sentences: Readonly<Record<Published["kind"], (name: string) => string>> = {
  published: (name) => `The ${name} was published`,
  "published-before": (name) => `The ${name} had been published; the thread was looked after`,
  "kept-late": (name) =>
    `The ${name} came after its lease had ended; its result is kept in the ledger and applied to nothing`,
  superseded: (name) => `The ${name} is over, and nothing was handed over; nothing was changed`,
  lost: (name) => `The ${name} left no result`,
  refused: (name) => `What the ${name} handed over was refused, and nothing of it was published`,
};

/** What was published is at times that the phase failed: the thread has the words, and the run does not call it a success. */
const hasFailed = ({ lease, feature }: Published): boolean =>
  feature.events.some((event) => event.type === "PhaseFailed" && event.nonce === lease?.nonce);

/** Where the issue stands now, in the words of its status comment. */
function tellState({ door }: Desk, { feature }: Published): string {
  const { policy } = door.house;
  const { headline } = describeNext(nextStep(feature.state, policy), policy);
  return `Issue ${feature.issue} is now: ${headline}`;
}

const say = (failure: Failure): string => {
  const { what, remedy } = explainFailure(failure);
  return `${what} ${remedy}`;
};

function toEnding(desk: Desk, published: Published, dispatched: readonly Failure[]): Ending {
  const { kind, lease, failure, shown, notes, feature } = published;
  const name = nameWork(lease ?? { ...desk.work, spec: null });
  const isFailure = kind === "published" && hasFailed(published);
  const what = isFailure
    ? `The ${name} failed; the thread says why, and what to do`
    : sentences[kind](name);
  const said = `${what}. ${tellState(desk, published)}`;
  const troubles = [...(shown ? [shown] : []), ...dispatched].map(say);
  const thread = `${desk.place.serverUrl}/${desk.door.origin.repository.name}/issues/${feature.issue}`;
  return endWith(outcomes[kind], said, {
    remedy: failure ? say(failure) : null,
    where: thread,
    red: failure !== null || troubles.length > 0,
    notes: [...notes, ...troubles],
  });
}

/** A re-run of this job alone, on a lease that is over: a person's `/retry`. */
async function retry(desk: Desk, feature: Feature): Promise<JobEnd> {
  const { door, place } = desk;
  const login = place.triggeringActor;
  const runId = nameDispatcher(place.run);
  const retried = await retryByPerson(door, feature, { login, run: place.run, runId });
  if (!retried.ok) return retried;
  const { refusal, started, notes } = retried.value;
  const said = `The re-run by ${login} means \`/retry\``;
  if (refusal) {
    const { what, remedy } = explainRefusal(refusal);
    return succeed(endWith("refused", `${said}. ${what}`, { remedy, notes }));
  }
  const { failures } = await dispatchLeases(door, retried.value.feature, started);
  const more = { notes: [...notes, ...failures.map(say)], red: failures.length > 0 };
  return succeed(endWith("retried", `${said}, and was accepted`, more));
}

/** Leases that were taken by an attempt of this run which then died, and have no run yet. */
async function findWaiting(desk: Desk, published: Published): Promise<Result<Published>> {
  if (published.kind !== "published-before") return succeed(published);
  const recovered = await recoverFeature(desk.door, published.feature, desk.place.run.id);
  if (!recovered.ok) return recovered;
  const { feature, waiting, notes } = recovered.value;
  return succeed({
    ...published,
    feature,
    started: waiting,
    notes: [...published.notes, ...notes],
  });
}

async function publishWork(desk: Desk): Promise<JobEnd> {
  const { context, place, work, door, clone } = desk;
  const builder = await door.builder.identity();
  if (!builder.ok) return fail(builder.failure);
  const { id, login } = builder.data;
  const published = await publishHandOver(door, work, {
    folder: context.inputs.handOver,
    remote: clone.remote,
    storage: clone.storage,
    identity: { name: login, email: `${id}+${login}@users.noreply.github.com` },
    lost: describeLoss(context, place),
    run: place.run.id,
  });
  if (!published.ok) return published;
  const found = await findWaiting(desk, published.value);
  if (!found.ok) return found;
  const { kind, feature, started } = found.value;
  const over = kind === "published-before" || kind === "superseded";
  if (over && place.run.attempt > 1 && started.length === 0) return await retry(desk, feature);
  const { failures } = await dispatchLeases(door, feature, started);
  return succeed(toEnding(desk, found.value, failures));
}

/**
 * The job that publishes: trusts nothing of what the phase handed over, checks it, rebuilds its commits, pushes them, settles the lease,
 * shows all of it, and starts the runs that follow. It has no model key.
 */
export async function publish(context: JobContext): Promise<JobEnd> {
  const place = readPlace(context.environment);
  if (!place.ok) return place;
  const work = readWork(context.inputs.work ?? "");
  if (!work.ok) return work;
  const { signal, done } = listenForEnd();
  try {
    const desk = await openDesk(context, place.value, work.value, signal);
    return desk.ok ? await publishWork(desk.value) : desk;
  } finally {
    done();
  }
}
