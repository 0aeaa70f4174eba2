import { type Handled, handleDelivery } from "../door/handle-delivery.ts";
import { nameRun } from "../door/name-run.ts";
import { openApiRefs } from "../door/open-api-refs.ts";
import { fail, succeed } from "../shared/result.ts";
import { type Ending, endWith, type JobEnd } from "./ending.ts";
import { finishRoute, type Routed } from "./finish-route.ts";
import type { JobContext } from "./job-context.ts";
import { listenForEnd } from "./listen-for-end.ts";
import { openActionDoor } from "./open-action-door.ts";
import { openApis } from "./open-apis.ts";
import { readEvent } from "./read-event.ts";
import { type Place, readPlace } from "./read-place.ts";
import { readWork } from "./read-work.ts";
import { rerun } from "./rerun.ts";
import { sweep } from "./sweep.ts";

const outcomeOf: Readonly<Record<Handled["kind"], Ending["outcome"]>> = {
  ignored: "ignored",
  refused: "refused",
  answered: "answered",
  decided: "decided",
};

const toRouted = (handled: Handled, link: string | null): Routed => {
  const { kind, what, remedy, feature, started, waiting, notes } = handled;
  const [here = null, ...others] = started;
  const paused = kind === "decided" && feature?.state.status === "paused";
  return {
    ending: endWith(paused ? "stopped" : outcomeOf[kind], what, { remedy, notes, where: link }),
    feature,
    here,
    elsewhere: [...others, ...waiting],
  };
};

async function routeEvent(context: JobContext, place: Place, signal: AbortSignal): Promise<JobEnd> {
  const read = await readEvent(place);
  if (!read.ok) return read;
  const delivery = read.value;
  if (delivery.kind === "ignored")
    return succeed(endWith("ignored", `Nothing was done: ${delivery.why}.`));
  const apis = openApis(context, place, signal);
  const workspace = async () => succeed(openApiRefs(apis.api));
  const opened = await openActionDoor(context, { apis, place, signal, workspace });
  if (!opened.ok) return opened;
  const door = opened.value;
  const again = place.run.attempt > 1;
  if (context.inputs.work !== null && again) {
    const work = readWork(context.inputs.work);
    return work.ok ? await rerun(door, place, { ...work.value, waiting: [] }) : work;
  }
  if (delivery.kind === "sweep") return await sweep(door, place);
  const presser = again ? place.triggeringActor : null;
  const handled = await handleDelivery(door, delivery, nameRun(place.run), presser);
  if (!handled.ok) return handled;
  const { issue, refusal } = handled.value;
  if (again && refusal?.reason === "already-seen" && issue !== null) {
    return await rerun(door, place, { issue, nonce: null, waiting: handled.value.waiting });
  }
  const thread =
    issue === null ? null : `${place.serverUrl}/${door.origin.repository.name}/issues/${issue}`;
  return succeed(await finishRoute(door, toRouted(handled.value, thread)));
}

/**
 * The job that decides: reads the event, authorises it, takes the lease and its money, and answers. It has no model key and runs nothing.
 */
export async function route(context: JobContext): Promise<JobEnd> {
  const place = readPlace(context.environment);
  if (!place.ok) return fail(place.failure);
  const { signal, done } = listenForEnd();
  try {
    return await routeEvent(context, place.value, signal);
  } finally {
    done();
  }
}
