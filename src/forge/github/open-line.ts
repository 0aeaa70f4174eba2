import { redact, redactValues } from "../../shared/redact.ts";
import { explainAbort, explainAnswer, type Refused } from "./explain-answer.ts";
import { findWeb } from "./find-web.ts";
import { isRepeatable } from "./is-repeatable.ts";
import type { GitHubApiOptions } from "./open-api.ts";
import { openAuthentication, paceKeyOf } from "./open-authentication.ts";
import { type OctokitClient, openOctokit, type Waiting } from "./open-octokit.ts";

/** What goes with one request: how long it may wait, and who asks. */
export type Sent = { request: Waiting; headers: { authorization: string } };

/** The way to GitHub for one identity: every call goes through `send`, which never throws for what GitHub or the network does. */
export type Line = {
  octokit: OctokitClient;
  calls: ReadonlyMap<string, number>;
  /** One call with a good token, once more with a fresh one where GitHub says that it is not. */
  send<T>(route: string, call: (sent: Sent) => Promise<T>): Promise<T | Refused>;
};

const answerMilliseconds = 30_000;
const patienceMilliseconds = 180_000;

export function openLine(options: GitHubApiOptions): Line {
  const { repository, auth, signal } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const calls = new Map<string, number>();
  const secrets = "token" in auth ? [auth.token] : [auth.privateKey];
  const octokit = openOctokit({
    baseUrl,
    paceKey: paceKeyOf(baseUrl, auth),
    pace: options.pace ?? "polite",
    timeoutMilliseconds: options.timeoutMilliseconds ?? answerMilliseconds,
    signal,
    calls,
    log: (message) => options.log?.(redact(redactValues(message, secrets))),
  });
  const authentication = openAuthentication(octokit, auth, repository);
  const patience = options.patienceMilliseconds ?? patienceMilliseconds;
  const web = `${findWeb(baseUrl)}/${repository.owner}/${repository.name}`;
  const attempt = async <T>(route: string, call: (sent: Sent) => Promise<T>): Promise<T> => {
    const deadline = Date.now() + patience;
    const request: Waiting = { deadline, ...(isRepeatable(route) ? {} : { retries: 0 }) };
    const callWith = async (fresh: boolean): Promise<T> => {
      const token = await authentication.token(fresh);
      return call({ request, headers: { authorization: `Bearer ${token}` } });
    };
    return callWith(false).catch((error: unknown) => {
      const stale = authentication.renewable && (error as { status?: number }).status === 401;
      if (!stale) throw error;
      return callWith(true);
    });
  };
  return {
    octokit,
    calls,
    async send(route, call) {
      try {
        return await stoppable(attempt(route, call), signal);
      } catch (error) {
        if (signal?.aborted) return explainAbort();
        return explainAnswer(error, { route, now: new Date(), web, secrets });
      }
    },
  };
}

/** Ends a wait at once when told to stop. What was sent may still arrive: the next run reads before it writes. */
async function stoppable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const stop = Promise.withResolvers<never>();
  const onStop = (): void => stop.reject(signal.reason);
  if (signal.aborted) onStop();
  signal.addEventListener("abort", onStop);
  try {
    return await Promise.race([work, stop.promise]);
  } finally {
    signal.removeEventListener("abort", onStop);
    // The loser of the race may fail later; nobody waits for it any more.
    work.catch(() => {});
  }
}
