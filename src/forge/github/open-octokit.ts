import { setTimeout as sleep } from "node:timers/promises";
import type { Octokit as Core } from "@octokit/core";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import { openEtagCache } from "./etag-cache.ts";

/** Version of the REST API that all requests are stamped with. */
export const apiVersion = "2022-11-28";
const userAgent = "archwright";

export type Pace = "polite" | "none";
export type OctokitOptions = {
  baseUrl: string;
  /** Clients of one identity share their pace. */
  paceKey: string;
  pace: Pace;
  timeoutMilliseconds: number;
  signal: AbortSignal | undefined;
  calls: Map<string, number>;
  log: (message: string) => void;
};

/** What goes with each request beside GitHub's own parameters. */
export type Waiting = {
  /** No wait may end after this time, in milliseconds since 1970. */
  deadline: number;
  /** 0 for what may not be sent twice. Never another number: the plugin would then repeat refusals, too. */
  retries?: 0;
};

type RequestOptions = {
  method: string;
  url: string;
  baseUrl?: string;
  headers: Record<string, string | number | undefined>;
  request?: { signal?: AbortSignal; deadline?: number };
};

/**
 * An Octokit that keeps GitHub's pace, repeats what may be repeated, stamps the version, and answers GETs from the
 * ETag cache where GitHub says so. Authentication is not its business: each request brings its header.
 */
export function openOctokit(options: OctokitOptions) {
  const scale = options.pace === "none" ? 1 : 1000;
  // The plugin waits for what this answers, so the pause is made here, where it can be stopped.
  const wait = (name: string) => async (seconds: number, request: object) => {
    const { deadline = 0 } = (request as RequestOptions).request ?? {};
    const fits = Date.now() + seconds * scale <= deadline;
    options.log(`${name}: ${fits ? `waiting ${seconds} s` : `${seconds} s are too long to wait`}`);
    if (!fits) return false;
    const stop = options.signal ? { signal: options.signal } : {};
    return sleep(seconds * scale, true, stop).catch(() => false);
  };
  const Client = Octokit.plugin(wirePlugin(options), throttling, retry);
  return new Client({
    baseUrl: options.baseUrl,
    userAgent,
    retry: { retryAfterBaseValue: scale },
    throttle: {
      id: options.paceKey,
      retryAfterBaseValue: 0,
      onRateLimit: wait("rate limit"),
      onSecondaryRateLimit: wait("secondary rate limit"),
      ...(options.pace === "none" ? unpaced : {}),
    },
    log: { debug: () => {}, info: () => {}, warn: options.log, error: () => {} },
  });
}

export type OctokitClient = ReturnType<typeof openOctokit>;

/** Lets everything through at once. Switching the plugin off instead would also switch its waiting for limits off. */
const group = {
  key: () => ({
    schedule: <A extends unknown[], T>(_job: object, run: (...given: A) => T, ...given: A) =>
      run(...given),
  }),
};
const unpaced = {
  global: group,
  auth: group,
  write: group,
  search: group,
  notifications: group,
} as object;

/** Innermost of the plugins: it sees each request that really goes out, retries included. */
function wirePlugin({ timeoutMilliseconds, signal, calls }: OctokitOptions) {
  const cache = openEtagCache();
  const count = (name: string): void => void calls.set(name, (calls.get(name) ?? 0) + 1);
  return (octokit: Core): void => {
    octokit.hook.wrap("request", async (request, given) => {
      const sent = given as unknown as RequestOptions;
      const route = `${sent.method} ${sent.url}`;
      const known = sent.method === "GET" ? cache.find(addressOf(octokit, given)) : undefined;
      sent.headers["x-github-api-version"] = apiVersion;
      if (known) sent.headers["if-none-match"] = known.etag;
      const stops = [AbortSignal.timeout(timeoutMilliseconds), ...(signal ? [signal] : [])];
      sent.request = { ...sent.request, signal: AbortSignal.any(stops) };
      try {
        const answer = await request(given);
        count(route);
        if (wasCut(answer)) throw new CutOff(given);
        const { etag } = answer.headers;
        if (sent.method === "GET" && etag && isJson(answer) && !immutable.test(sent.url)) {
          const { status, headers, data } = structuredClone(answer);
          cache.keep(addressOf(octokit, given), { etag, status, headers, data });
        }
        return answer;
      } catch (error) {
        const { status } = error as { status?: number };
        const unchanged = known !== undefined && status === 304;
        if (!(error instanceof CutOff)) count(unchanged ? "304" : route);
        if (!unchanged) throw error;
        const again = { ...structuredClone(known), url: sent.url };
        return again as Awaited<ReturnType<typeof request>>;
      }
    });
  };
}

/** Git's objects are kept by those who read them; they need no second memory. */
const immutable = /\/git\/(blobs|trees|commits)\//;

/** Octokit takes a body that ends too early for an empty text. */
const wasCut = (answer: Received): boolean => typeof answer.data === "string" && isJson(answer);

type Received = { data: unknown; headers: { "content-type"?: string } };
const isJson = ({ headers }: Received): boolean => (headers["content-type"] ?? "").includes("json");

/** Looks like Octokit's own error for a broken connection, so that the plugins treat it as one. */
class CutOff extends Error {
  override readonly name = "HttpError";
  readonly status = 500;
  readonly request: unknown;
  constructor(request: unknown) {
    super("the answer was cut off");
    this.request = request;
  }
}
type Given = Parameters<Core["request"]["endpoint"]["parse"]>[0];
const addressOf = (octokit: Core, given: unknown): string => {
  const { url, headers } = octokit.request.endpoint.parse(given as Given);
  return `${url} ${headers.accept ?? ""}`;
};
