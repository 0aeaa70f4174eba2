import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLog } from "../../src/app/open-log.ts";
import { readSettings } from "../../src/app/read-settings.ts";
import type { AppSettings } from "../../src/app/settings.ts";
import { type AppOptions, startApp } from "../../src/app/start-app.ts";
import { privateKey, secret } from "./deliver.ts";

/** Nobody listens there: the workers wait until GitHub has said who we are. */
const nowhere = "http://127.0.0.1:9";

/** The environment of an App that lacks nothing. */
export const environmentOf = (storage: string): Record<string, string> => ({
  APP_ID: "12345",
  PRIVATE_KEY: privateKey(),
  WEBHOOK_SECRET: secret,
  HOST: "127.0.0.1",
  GITHUB_API_URL: nowhere,
  ARCHWRIGHT_DATA: storage,
  STOP_SECONDS: "1",
});

/** A port that nobody listens on. Probot takes 0 for its own default. */
export async function findPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export type TestApp = {
  url: string;
  settings: AppSettings;
  lines: string[];
  stop(): Promise<void>;
  close(): Promise<void>;
};

/** An App of this process, with a queue of its own and its log in `lines`. */
export async function openApp(
  change: Record<string, string> = {},
  more: Partial<AppOptions> = {},
): Promise<TestApp> {
  const storage = await mkdtemp(join(tmpdir(), "archwright-app-"));
  const environment = { ...environmentOf(storage), PORT: String(await findPort()), ...change };
  const read = readSettings(environment);
  if (read.kind !== "ready") throw new Error(JSON.stringify(read));
  const { settings } = read;
  const lines: string[] = [];
  const log = openLog("debug", settings.secrets, (line) => void lines.push(line));
  const started = await startApp({ settings, environment, log, pace: "none", ...more });
  if (!started.ok) throw new Error(JSON.stringify(started.failure));
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= started.value.stop();
    return stopped;
  };
  return {
    url: `http://127.0.0.1:${started.value.port}`,
    settings,
    lines,
    stop,
    async close() {
      await stop();
      await rm(storage, { recursive: true, force: true });
    },
  };
}
