import { setTimeout as sleep } from "node:timers/promises";
import { run } from "probot";
import type { Environment } from "../config/read-environment.ts";
import { explainFailure } from "../shared/explain-failure.ts";
import { openLog } from "./open-log.ts";
import { readSettings } from "./read-settings.ts";
import type { AppSettings } from "./settings.ts";
import { type RunningApp, startApp } from "./start-app.ts";

const codes = { failed: 1, misconfigured: 2, interrupted: 130 };

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Probot's pages that make the App from app.yml and write `.env`. Nothing else runs meanwhile. */
async function openSetup({ host, port }: { host: string; port: number }): Promise<void> {
  const shown = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  say(
    `Nothing is configured yet. Open http://${shown}:${port} to make the GitHub App from app.yml.`,
  );
  say(
    "When it says that it is done, look at .env, set the webhook's address, and run npm start again.",
  );
  process.env.HOST = host;
  process.env.PORT = String(port);
  // A webhook channel at smee.io is for development: it is made when WEBHOOK_PROXY_URL asks for it, never unasked.
  process.env.NO_SMEE_SETUP ??= "true";
  await run(() => {});
}

/** The first signal ends in order, a second one at once. */
function endOnSignals(app: RunningApp): void {
  let stopping = false;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) process.exit(codes.interrupted);
    stopping = true;
    say(`${signal}: finishing or returning what runs; once more ends at once.`);
    await app.stop();
    process.exit(0);
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}

async function serve(settings: AppSettings, environment: Environment): Promise<void> {
  const log = openLog(settings.logLevel, settings.secrets);
  const started = await startApp({ settings, environment, log });
  if (!started.ok) {
    const { what, remedy } = explainFailure(started.failure);
    say(`${what} ${remedy}`);
    process.exit(codes.failed);
  }
  log.info({ port: started.value.port }, "the App takes webhooks");
  endOnSignals(started.value);
}

function loadDotenv(environment: Environment): Environment {
  try {
    process.loadEnvFile(".env");
    // What the environment says counts before the file.
    return { ...process.env, ...environment };
  } catch {
    return environment;
  }
}

/** Starts the App, opens the set-up pages, or says what is wrong with the environment, one line for each variable. */
export async function main(given: Environment): Promise<void> {
  const environment = loadDotenv(given);
  const read = readSettings(environment);
  switch (read.kind) {
    case "setup":
      return await openSetup(read);
    case "invalid":
      for (const problem of read.problems) say(problem);
      await sleep(0);
      return process.exit(codes.misconfigured);
    case "ready":
      return await serve(read.settings, environment);
  }
}
