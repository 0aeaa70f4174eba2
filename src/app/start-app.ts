import type { Environment } from "../config/read-environment.ts";
import type { Pace } from "../forge/github/open-octokit.ts";
import type { Models } from "../model/port.ts";
import type { Price } from "../model/price-usage.ts";
import { openQueueAt } from "../queue/open-queue-at.ts";
import type { Queue } from "../queue/port.ts";
import { type Result, succeed } from "../shared/result.ts";
import { keepOwn } from "./keep-own.ts";
import type { Office } from "./office.ts";
import { openAppApi } from "./open-app-api.ts";
import type { Log } from "./open-log.ts";
import { openServer } from "./open-server.ts";
import { type Intake, receiveDelivery } from "./receive-delivery.ts";
import { removeForgotten } from "./remove-forgotten.ts";
import { runWorkers, type Workers } from "./run-workers.ts";
import { scheduleSurveys } from "./schedule-surveys.ts";
import { serveHealth } from "./serve-health.ts";
import type { AppSettings } from "./settings.ts";
import { tellDead } from "./tell-dead.ts";
import { workJob } from "./work-job.ts";

export type AppOptions = {
  settings: AppSettings;
  /** Where model keys are. */
  environment: Environment;
  log: Log;
  /** In place of what configuration and environment say: tests and demonstrations. */
  models?: { models: Models; price: Price };
  /** `none` only against a stand-in. */
  pace?: Pace;
  /** After so long a job is taken over from a process that does not prolong its lease. */
  leaseMilliseconds?: number;
};

export type RunningApp = {
  port: number;
  /** Takes no more webhooks and jobs, finishes or returns what runs, and ends. */
  stop(): Promise<void>;
};

/** The handler: reading and keeping, nothing else. What it throws is answered with 503, and GitHub keeps the delivery. */
function intakeOf(intake: Intake, workers: () => Workers, log: Log) {
  return async ({ id, name, payload }: { id: string; name: string; payload: unknown }) => {
    const about = log.child({ delivery: id, event: name });
    const received = await receiveDelivery(intake, { id, name, payload });
    if (!received.ok) {
      // Delivering it again would not make it valid.
      if (received.failure.reason === "event-invalid") {
        about.warn({ failure: received.failure }, "not understood");
        return;
      }
      throw new Error(JSON.stringify(received.failure));
    }
    const { kind } = received.value;
    const why = received.value.kind === "ignored" ? { why: received.value.why } : {};
    about[kind === "ignored" ? "debug" : "info"](why, kind);
    if (kind === "taken") workers().wake();
  };
}

/** Starts of a job: with their waits they outlast two hours in which GitHub does not answer. */
const mostStarts = 20;

function startWorkers(office: Office, leaseMilliseconds: number | undefined): Workers {
  return runWorkers({
    queue: office.queue,
    workers: office.settings.workers,
    log: office.log,
    work: (job, signal, log) => workJob(office, job, signal, log),
    onDead: (job, failure, log) => tellDead(office, job, failure, log),
    ...(leaseMilliseconds ? { leaseMilliseconds } : {}),
  });
}

const readiness = (queue: Queue, isStopping: () => boolean) => ({
  process: async () => (isStopping() ? "stopping" : null),
  queue: async () => {
    const counted = await queue.count();
    return counted.ok ? null : counted.failure.reason;
  },
});

/** Starts the App: server, workers and schedule. Failure: `queue-unavailable`; a port that is taken throws. */
export async function startApp(options: AppOptions): Promise<Result<RunningApp>> {
  const { settings, log } = options;
  await removeForgotten(settings.storage);
  const opened = await openQueueAt(settings.queue, { attempts: mostStarts });
  if (!opened.ok) return opened;
  const queue = opened.value;
  const { apiUrl, builder } = settings;
  const api = openAppApi({ ...options, apiUrl, identity: builder, log: (line) => log.debug(line) });
  const own = keepOwn(settings, options, log);
  const office: Office = { ...options, queue, api, own, heard: new Map(), wake: () => {} };
  let stopping = false;
  let workers: Workers | undefined;
  const running = (): Workers => {
    workers ??= startWorkers(office, options.leaseMilliseconds);
    return workers;
  };
  office.wake = () => workers?.wake();
  const intake: Intake = { queue, own: own.ids, heard: (id) => office.heard.get(id) };
  const count = async () => {
    const counted = await queue.count();
    return counted.ok ? { jobs: counted.value } : {};
  };
  const health = serveHealth(
    readiness(queue, () => stopping),
    count,
  );
  const receive = intakeOf(intake, running, log);
  const server = await openServer(settings, log, (app) => app.onAny(receive), [health]);
  await server.start();
  running();
  const unschedule = scheduleSurveys(queue, settings.sweepMinutes, { log, wake: office.wake });
  return succeed({
    port: server.port,
    async stop() {
      stopping = true;
      unschedule();
      own.stop();
      const closed = server.stop();
      await running().stop(settings.stopSeconds * 1_000);
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1_000).unref())]);
      await queue.close();
      log.info("stopped");
    },
  });
}
