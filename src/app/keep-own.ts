import { setTimeout as sleep } from "node:timers/promises";
import type { Pace } from "../forge/github/open-octokit.ts";
import { openAppApi } from "./open-app-api.ts";
import type { Log } from "./open-log.ts";
import type { AppSettings } from "./settings.ts";

/** Account ids that are us, learned from GitHub and kept. */
export type Own = {
  readonly ids: ReadonlySet<string>;
  /** True when all are known; false when it was told to stop before. */
  readonly known: Promise<boolean>;
  stop(): void;
};

const LONGEST_WAIT = 5 * 60_000;

/** Asks who the Apps are until GitHub has said it. Meanwhile webhooks are taken, and the workers wait. */
export function keepOwn(settings: AppSettings, { pace }: { pace?: Pace }, log: Log): Own {
  const ids = new Set<string>();
  const stop = new AbortController();
  const identities = [settings.builder, ...(settings.reviewer ? [settings.reviewer] : [])];
  const learn = async (): Promise<boolean> => {
    for (const identity of identities) {
      const { apiUrl } = settings;
      const debug = (line: string) => log.debug(line);
      const api = openAppApi({ apiUrl, identity, log: debug, ...(pace ? { pace } : {}) });
      for (let wait = 1_000; !stop.signal.aborted; wait = Math.min(LONGEST_WAIT, wait * 2)) {
        const found = await api.identity();
        if (found.ok) {
          ids.add(found.value.botId);
          log.info({ app: identity.id, slug: found.value.slug }, "known to GitHub");
          break;
        }
        log.error(
          { app: identity.id, failure: found.failure },
          "GitHub does not know the App by this key",
        );
        await sleep(wait, undefined, { signal: stop.signal, ref: false }).catch(() => {});
      }
    }
    return !stop.signal.aborted;
  };
  return { ids, known: learn(), stop: () => stop.abort() };
}
