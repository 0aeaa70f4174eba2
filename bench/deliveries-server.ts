// The server side of bench/deliveries.ts, in a process of its own: `plain` is Probot with a handler that does nothing, `durable` is the App.
import { Probot, Server } from "probot";
import { openLog } from "../src/app/open-log.ts";
import { readSettings } from "../src/app/read-settings.ts";
import { startApp } from "../src/app/start-app.ts";

const [kind = ""] = process.argv.slice(2);
const log = openLog("fatal", []);
const read = readSettings(process.env);
if (read.kind !== "ready") throw new Error(JSON.stringify(read));
const { settings } = read;

if (kind === "plain") {
  const { builder, webhookSecret: secret, port, host } = settings;
  const options = { appId: builder.id, privateKey: builder.privateKey, secret, log };
  const server = new Server({ Probot: Probot.defaults(options), port, host, log });
  await server.load((app) => app.onAny(() => {}));
  await server.start();
} else {
  const started = await startApp({ settings, environment: process.env, log });
  if (!started.ok) throw new Error(JSON.stringify(started.failure));
}
process.stdout.write("ready\n");
