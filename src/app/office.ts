import type { Environment } from "../config/read-environment.ts";
import type { Pace } from "../forge/github/open-octokit.ts";
import type { Models } from "../model/port.ts";
import type { Price } from "../model/price-usage.ts";
import type { Queue } from "../queue/port.ts";
import type { Own } from "./keep-own.ts";
import type { AppApi } from "./open-app-api.ts";
import type { Log } from "./open-log.ts";
import type { Heard } from "./receive-delivery.ts";
import type { AppSettings } from "./settings.ts";

/** What all jobs of the App share. */
export type Office = {
  settings: AppSettings;
  environment: Environment;
  queue: Queue;
  api: AppApi;
  own: Own;
  log: Log;
  /** In place of what configuration and environment say: tests and demonstrations. */
  models?: { models: Models; price: Price };
  pace?: Pace;
  /** What each repository listens to, by its id, as its configuration said when it was read last. */
  heard: Map<string, Heard>;
  /** Says that something was put into the queue. */
  wake: () => void;
};
