import { openLog } from "../../src/app/open-log.ts";
import { readSettings } from "../../src/app/read-settings.ts";
import { startApp } from "../../src/app/start-app.ts";
import { scriptedModels } from "./scripted-models.ts";

// The App in a process of its own, to be killed: with scripted models, without GitHub's pace, and with jobs that are soon given up by
// a process that is no more.

const environment = process.env;
const read = readSettings(environment);
if (read.kind !== "ready") throw new Error(JSON.stringify(read));
const { settings } = read;
const started = await startApp({
  settings,
  environment,
  log: openLog("debug", settings.secrets),
  pace: "none",
  leaseMilliseconds: 1_500,
  models: await scriptedModels(environment.ANSWERS ?? ""),
});
if (!started.ok) throw new Error(JSON.stringify(started.failure));
process.on("SIGTERM", async () => {
  await started.value.stop();
  process.exit(0);
});
