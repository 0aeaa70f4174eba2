import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureAccount } from "./accounts.ts";
import type { App, Delivery, Rights, Role, StandIn, StandInOptions } from "./contract.ts";
import { deliveriesDone } from "./deliver.ts";
import type { Desk } from "./desk.ts";
import { Faults } from "./faults.ts";
import { makeWorld } from "./make-world.ts";
import { makePerson } from "./person.ts";
import { takePicture } from "./picture.ts";
import { routes } from "./routes/all.ts";
import { saveWorld } from "./save-world.ts";
import { listen } from "./server.ts";
import { issueActionsToken, issueUserToken } from "./tokens.ts";
import type { AppRecord, World } from "./world.ts";

const makeKey = (): string =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }).privateKey;

function makeApp(
  world: World,
  app: { slug: string; rights: Rights; events: string[] },
  appId: number,
  privateKey: string,
): AppRecord {
  return {
    appId,
    slug: app.slug,
    name: app.slug,
    privateKey,
    webhookSecret: randomBytes(16).toString("hex"),
    installationId: world.nextId(),
    webhookUrl: null,
    account: ensureAccount(world, `${app.slug}[bot]`, "Bot"),
    rights: app.rights,
    events: app.events,
    hookId: world.nextId(),
    createdAt: world.createdAt,
    deliveries: [],
  };
}

/** GitHub Actions is an App too, with an id that everybody knows. */
const actionsApp = (world: World): AppRecord => ({
  ...makeApp(world, { slug: "github-actions", rights: {}, events: [] }, 15_368, ""),
  name: "GitHub Actions",
});

/** Who is there and with which token they come. */
const identities = (desk: Desk, actions: AppRecord) => {
  const { world } = desk;
  return {
    person(login: string, role: Role) {
      world.roles.set(login.toLowerCase(), role);
      return makePerson(desk, login);
    },
    setRole: (login: string, role: Role) => void world.roles.set(login.toLowerCase(), role),
    actionsToken: (rights: Rights) => issueActionsToken(world, actions, rights),
    installApp(wanted: { slug: string; rights: Rights; events: string[] }): App {
      const app = makeApp(world, wanted, 20_000 + world.apps.size, makeKey());
      world.apps.set(app.appId, app);
      return app;
    },
    userToken: (login: string) => issueUserToken(world, login),
    expireToken(token: string) {
      const actor = world.tokens.get(token);
      if (actor) world.tokens.set(token, { ...actor, expiresAt: 0 });
    },
  };
};

const addressesOf = (world: World) => ({
  url: world.url,
  gitUrl: world.url,
  owner: world.owner,
  repo: world.repo,
  bare: world.bare,
  defaultBranch: world.defaultBranch,
});

async function closeAll(world: World, server: Server, folder: string): Promise<void> {
  await Promise.all([...world.apps.values()].map(deliveriesDone));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
}

/** Opens a stand-in for GitHub with one repository. Close it at the end of the test. */
export async function openStandIn(options: StandInOptions): Promise<StandIn> {
  const folder = mkdtempSync(join(tmpdir(), "stand-in-"));
  const listeners = new Set<(delivery: Delivery) => void>();
  const world = makeWorld(options, join(folder, `${options.repo ?? "widgets"}.git`), listeners);
  const faults = new Faults();
  const desk: Desk = { world, routes, requests: [], offSpec: [], faults, onRequest: null };
  const { server, port } = await listen(desk);
  world.url = `http://127.0.0.1:${port}`;
  return {
    ...addressesOf(world),
    ...identities(desk, actionsApp(world)),
    settings: world.settings,
    actions: world.actions,
    requests: desk.requests,
    offSpec: desk.offSpec,
    get onRequest() {
      return desk.onRequest;
    },
    set onRequest(watch) {
      desk.onRequest = watch;
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    fail: (fault) => faults.add(fault),
    serveStale: (ref, times) => void world.stale.set(ref, times),
    picture: () => takePicture(world),
    save: () => saveWorld(world, mkdtempSync(join(folder, "saved-"))),
    close: () => closeAll(world, server, folder),
  };
}
