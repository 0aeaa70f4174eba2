import { handleDelivery } from "../door/handle-delivery.ts";
import { endOf, tellFailure } from "./end-job.ts";
import type { JobOf } from "./job.ts";
import type { Office } from "./office.ts";
import { type JobContext, openWorkerApis, openWorkerDoor } from "./open-worker-door.ts";
import type { JobEnd } from "./run-workers.ts";
import { startLeases } from "./start-leases.ts";
import { threadOf } from "./thread-of.ts";
import { workRun } from "./work-run.ts";
import { workSweep } from "./work-sweep.ts";

/** Carries out what somebody did on GitHub, and starts what follows. */
export async function workDelivery(
  office: Office,
  job: JobOf<"delivery">,
  context: JobContext,
): Promise<JobEnd> {
  const { delivery } = job;
  if (delivery.kind === "run-completed") return await workRun(office, job, delivery, context);
  if (delivery.kind === "sweep") return await workSweep(office, job, context);
  // It was taken before we knew who we are.
  if (office.own.ids.has(delivery.sender.id)) return { kind: "done" };
  const apis = openWorkerApis(office, job, context);
  const door = await openWorkerDoor(office, job, { apis, context });
  const handled = door.ok
    ? await handleDelivery(door.value, delivery, door.value.house.runId)
    : door;
  if (!door.ok || !handled.ok) {
    const { failure } = handled as Extract<typeof handled, { ok: false }>;
    const end = endOf(failure);
    if (end.kind === "done") {
      const { log } = context;
      const about = { thread: threadOf(delivery), key: delivery.source, own: office.own.ids };
      await tellFailure(apis.api, { ...about, failure, log });
    }
    return end;
  }
  const { kind, what, notes, feature, started, waiting, issue } = handled.value;
  context.log.info({ outcome: kind, issue, notes }, what);
  if (!feature) return { kind: "done" };
  const leases = [...started, ...waiting];
  const begun = await startLeases(office, job, door.value, { feature, leases, context });
  return begun.ok ? { kind: "done" } : endOf(begun.failure);
}
