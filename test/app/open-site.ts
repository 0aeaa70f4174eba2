import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { loadModels } from "../../src/model/load-models.ts";
import type { App, Rights, StandIn, StandInOptions } from "../github/contract.ts";
import { openStandIn } from "../github/open-stand-in.ts";
import { findPort, openApp, type TestApp } from "./open-app.ts";

const root = join(import.meta.dirname, "../..");
export const examples = join(root, "examples");

/** The App as its manifest makes it, installed in the sample's repository on the stand-in, and running in this process. */
export type Site = { github: StandIn; installed: App; app: TestApp; close(): Promise<void> };

type Manifest = { name: string; default_permissions: Rights; default_events: string[] };

/** The sample request's replies, by role; priced, so that sums are known. */
export async function scriptedModels() {
  const scripted = "scripted:csv-export";
  const roles = ["architect", "validator", "builder", "reviewer", "coach"] as const;
  const loaded = await loadModels({
    assignments: Object.fromEntries(roles.map((role) => [role, scripted])) as Record<
      (typeof roles)[number],
      string
    >,
    providers: {
      scripted: { kind: "scripted", directory: join(examples, "csv-export-replies") },
    },
    environment: {},
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));
  return { models: loaded.value, price: () => 1_000 };
}

export async function openSite(
  options: Partial<StandInOptions> = {},
  change: Record<string, string> = {},
  before: (github: StandIn, installed: App) => Promise<void> = async () => {},
): Promise<Site> {
  const github = await openStandIn({ files: join(examples, "invoice-desk"), ...options });
  const manifest = parse(readFileSync(join(root, "app.yml"), "utf8")) as Manifest;
  const { name: slug, default_permissions: rights, default_events: events } = manifest;
  const installed = github.installApp({ slug, rights, events });
  const port = await findPort();
  await before(github, installed);
  installed.webhookUrl = `http://127.0.0.1:${port}/api/github/webhooks`;
  const app = await openApp(
    {
      APP_ID: String(installed.appId),
      PRIVATE_KEY: installed.privateKey,
      WEBHOOK_SECRET: installed.webhookSecret,
      GITHUB_API_URL: github.url,
      GITHUB_SERVER_URL: github.gitUrl,
      PORT: String(port),
      ...change,
    },
    { models: await scriptedModels() },
  );
  return {
    github,
    installed,
    app,
    async close() {
      await app.close();
      await github.close();
    },
  };
}

/**
 * Where requests or answers differ from GitHub's description. It wants the account of an installation to be a user and an enterprise at
 * once, which nobody is.
 */
export const offSpecOf = ({ github }: Site): string[] =>
  github.offSpec.filter((fault) => !/^GET \/app\/installations 200\/\d+\/account /.test(fault));

/** Waits until something is there; fails after `seconds` with what the App's log says. */
export async function eventually<T>(
  { app }: Site,
  look: () => T | null | undefined | false,
  seconds = 40,
): Promise<T> {
  for (const end = Date.now() + seconds * 1_000; ; ) {
    const found = look();
    if (found) return found;
    if (Date.now() > end) {
      throw new Error(`it did not come. The App's log:\n${app.lines.slice(-40).join("")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
