import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Environment } from "../config/read-environment.ts";
import { findServers } from "./find-servers.ts";
import { readPrivateKey } from "./read-private-key.ts";
import type { AppIdentity, AppSettings } from "./settings.ts";

/** `setup`: nothing is configured yet. `invalid`: one sentence for each variable that is missing or wrong. */
export type SettingsRead =
  | { kind: "ready"; settings: AppSettings }
  | { kind: "setup"; host: string; port: number }
  | { kind: "invalid"; problems: readonly string[] };

const levels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/** Collects sentences while values are read, so that all that is wrong is said at once. */
class Problems {
  readonly all: string[] = [];
  say(problem: string): void {
    this.all.push(problem);
  }
  number(environment: Environment, name: string, [least, most, usual]: [number, number, number]) {
    const text = environment[name]?.trim() ?? "";
    if (text === "") return usual;
    if (/^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most)
      return Number(text);
    this.say(`${name} must be a whole number from ${least} to ${most}.`);
    return usual;
  }
}

function readIdentity(
  environment: Environment,
  prefix: string,
  problems: Problems,
): AppIdentity | null {
  const [idName, keyName] = [`${prefix}APP_ID`, `${prefix}PRIVATE_KEY`];
  const id = environment[idName]?.trim() ?? "";
  const key = readPrivateKey(environment, keyName);
  if (id === "" && key === null) return null;
  if (!/^[1-9]\d{0,15}$/.test(id)) {
    problems.say(
      id === ""
        ? `${idName} is missing. It stands on the App's page of settings, under App ID.`
        : `${idName} must be the App's number, not its name or client id.`,
    );
  }
  if (key === null) {
    problems.say(`${keyName} is missing. Set it, or ${keyName}_PATH with the name of its file.`);
  } else if ("problem" in key) problems.say(key.problem);
  return { id: Number(id), privateKey: key && "key" in key ? key.key : "" };
}

function readWebhookSecret(environment: Environment, problems: Problems): string {
  const secret = environment.WEBHOOK_SECRET?.trim() ?? "";
  if (secret === "") {
    problems.say(
      "WEBHOOK_SECRET is missing. Set the secret of the App's webhook, the same as on its page of settings.",
    );
  } else if (secret === "development") {
    problems.say(
      "WEBHOOK_SECRET is `development`, which everybody knows. Choose a long random one.",
    );
  }
  return secret;
}

/** In a container nobody reaches the loopback address. */
const defaultHost = (environment: Environment): string =>
  environment.NODE_ENV === "production" || existsSync("/.dockerenv") ? "0.0.0.0" : "localhost";

function readAddresses(environment: Environment, problems: Problems): string[] {
  const given = (environment.MODEL_ADDRESSES ?? "").split(",").map((each) => each.trim());
  return given.filter(Boolean).flatMap((address) => {
    if (URL.canParse(address) && /^https?:/.test(address)) return [new URL(address).origin];
    problems.say(
      "MODEL_ADDRESSES must be addresses that begin with https://, separated by commas.",
    );
    return [];
  });
}

const configured = ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET"];

/** Who we speak as: our App, and perhaps a second one that reviews. */
function readIdentities(environment: Environment, problems: Problems) {
  const builder = readIdentity(environment, "", problems);
  if (builder === null) {
    problems.say(
      "APP_ID and PRIVATE_KEY are missing. `npm start` without NODE_ENV=production opens a page that makes them.",
    );
  }
  const reviewer = readIdentity(environment, "REVIEWER_", problems);
  if (reviewer && builder?.id === reviewer.id) {
    problems.say(
      "REVIEWER_APP_ID is the same App as APP_ID. The reviewer must be another App, or none.",
    );
  }
  const webhookSecret = readWebhookSecret(environment, problems);
  return { builder: builder ?? { id: 0, privateKey: "" }, reviewer, webhookSecret };
}

/** Where things are kept. */
function readStorage(environment: Environment, problems: Problems) {
  const storage = resolve(environment.ARCHWRIGHT_DATA?.trim() || "data");
  const database = environment.DATABASE_URL?.trim() ?? "";
  if (database !== "" && !/^postgres(ql)?:\/\//i.test(database)) {
    problems.say("DATABASE_URL must begin with postgres://; leave it out for the embedded queue.");
  }
  const password = URL.canParse(database) ? decodeURIComponent(new URL(database).password) : "";
  const queue = database || join(storage, "queue.sqlite");
  return { place: { storage, queue }, secrets: [database, password] };
}

function readServers(environment: Environment, problems: Problems) {
  const { apiUrl, serverUrl, problems: wrong } = findServers(environment);
  for (const problem of wrong) problems.say(problem);
  return { apiUrl, serverUrl };
}

function readLogLevel(environment: Environment, problems: Problems): string {
  const level = environment.LOG_LEVEL?.trim() || "info";
  if (!levels.includes(level)) problems.say(`LOG_LEVEL must be one of ${levels.join(", ")}.`);
  return level;
}

/** Reads the App's environment. Pure but for the files of keys; nothing that is wrong is passed over. */
export function readSettings(environment: Environment): SettingsRead {
  const problems = new Problems();
  const host = environment.HOST?.trim() || defaultHost(environment);
  const port = problems.number(environment, "PORT", [1, 65_535, 3000]);
  const isNew = !configured.some((name) => environment[name]?.trim());
  if (isNew && environment.NODE_ENV !== "production" && problems.all.length === 0) {
    // Whoever reaches that page makes their App the one of this server: in a container too it is not for everybody by itself.
    return { kind: "setup", host: environment.HOST?.trim() || "localhost", port };
  }
  const identities = readIdentities(environment, problems);
  const { place, secrets } = readStorage(environment, problems);
  const keys = [identities.builder.privateKey, identities.reviewer?.privateKey];
  const settings: AppSettings = {
    ...identities,
    ...place,
    ...readServers(environment, problems),
    webhookPath: environment.WEBHOOK_PATH?.trim() || "/api/github/webhooks",
    webhookProxy: environment.WEBHOOK_PROXY_URL?.trim() || null,
    host,
    port,
    workers: problems.number(environment, "WORKERS", [1, 64, 4]),
    sweepMinutes: problems.number(environment, "SWEEP_MINUTES", [1, 1_440, 10]),
    // Less than the ten seconds that `docker stop` waits.
    stopSeconds: problems.number(environment, "STOP_SECONDS", [1, 3_600, 8]),
    modelAddresses: readAddresses(environment, problems),
    logLevel: readLogLevel(environment, problems),
    secrets: [identities.webhookSecret, ...keys, ...secrets].flatMap((value) =>
      value ? [value.trim()] : [],
    ),
  };
  return problems.all.length > 0
    ? { kind: "invalid", problems: problems.all }
    : { kind: "ready", settings };
}
