import { createHmac, randomUUID } from "node:crypto";
import { actionsAccount } from "./accounts.ts";
import type { Delivery } from "./contract.ts";
import { nodeId, shapeAccount, shapeOrganisation } from "./shapes/account.ts";
import { shapePushedRepository, shapeRepository } from "./shapes/repository.ts";
import type { Actor, AppRecord, World } from "./world.ts";

/** Events of an App need this right of it. */
const rightOf: Readonly<Record<string, string>> = {
  issues: "issues",
  issue_comment: "issues",
  label: "issues",
  pull_request: "pull_requests",
  pull_request_review: "pull_requests",
  pull_request_review_comment: "pull_requests",
  check_run: "checks",
  status: "statuses",
  push: "contents",
  create: "contents",
  delete: "contents",
  repository_dispatch: "contents",
  workflow_dispatch: "contents",
  workflow_run: "actions",
};

const parkedActions = new Set(["opened", "synchronize", "reopened"]);

function startsOf(world: World, event: string, actor: Actor, action: unknown): Delivery["starts"] {
  if (actor.account.id !== actionsAccount.id) return "runs";
  if (
    event === "workflow_dispatch" ||
    event === "repository_dispatch" ||
    event === "workflow_run"
  ) {
    return "runs";
  }
  const mayPark = event === "pull_request" && parkedActions.has(String(action));
  return mayPark && world.settings.parkBotRuns ? "parked" : "nothing";
}

const headersOf = (event: string, id: string, hook: number, target: number) => ({
  accept: "*/*",
  "content-type": "application/json",
  "user-agent": "GitHub-Hookshot/0000000",
  "x-github-delivery": id,
  "x-github-event": event,
  "x-github-hook-id": String(hook),
  "x-github-hook-installation-target-id": String(target),
  "x-github-hook-installation-target-type": "integration",
});

/** The event as workflows see it. */
export function makeDelivery(
  world: World,
  event: string,
  actor: Actor,
  payload: Record<string, unknown>,
): Delivery {
  const id = randomUUID();
  const whole = {
    ...payload,
    repository: event === "push" ? shapePushedRepository(world) : shapeRepository(world),
    ...(world.organisation ? { organization: shapeOrganisation(world) } : {}),
    sender: shapeAccount(world, actor.account),
  };
  const starts = startsOf(world, event, actor, payload.action);
  // Later changes of the world must not change what was sent.
  const copy = structuredClone(whole) as Record<string, unknown>;
  return { id, event, payload: copy, headers: headersOf(event, id, 0, 0), starts };
}

const wants = (app: AppRecord, event: string): boolean => {
  const right = rightOf[event];
  return (
    app.events.includes(event) &&
    (right === undefined ||
      app.rights[right] !== undefined ||
      (event === "issue_comment" && app.rights.pull_requests !== undefined))
  );
};

export const signPayload = (secret: string, body: string): string =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

/** The same event for one App: with its installation, and signed with its secret. */
export function addressTo(app: AppRecord, delivery: Delivery): Delivery | null {
  if (!wants(app, delivery.event)) return null;
  const installation = { id: app.installationId, node_id: nodeId("MDIzOk", app.installationId) };
  const payload = { ...delivery.payload, installation };
  const signature = signPayload(app.webhookSecret, JSON.stringify(payload));
  const id = randomUUID();
  const headers = {
    ...headersOf(delivery.event, id, app.hookId, app.appId),
    "x-hub-signature-256": signature,
  };
  return { ...delivery, id, payload, headers };
}

async function send(app: AppRecord, delivery: Delivery): Promise<{ code: number; text: string }> {
  if (app.webhookUrl === null) return { code: 0, text: "no webhook URL" };
  try {
    const answer = await fetch(app.webhookUrl, {
      method: "POST",
      headers: delivery.headers,
      body: JSON.stringify(delivery.payload),
      signal: AbortSignal.timeout(10_000),
    });
    return { code: answer.status, text: await answer.text() };
  } catch (fault) {
    return { code: 504, text: fault instanceof Error ? fault.message : String(fault) };
  }
}

const queues = new WeakMap<AppRecord, Promise<void>>();

/** Sends to an App, one after the other, and keeps how it went. */
export function deliver(
  world: World,
  app: AppRecord,
  delivery: Delivery,
  redelivery: boolean,
): void {
  if (app.webhookUrl === null) return;
  const before = queues.get(app) ?? Promise.resolve();
  const sent = before.then(async () => {
    const start = performance.now();
    const { code, text } = await send(app, delivery);
    app.deliveries.push({
      id: world.nextId(),
      guid: delivery.id,
      deliveredAt: new Date(world.clock()).toISOString(),
      redelivery,
      duration: Math.round(performance.now() - start) / 1000,
      status: code >= 200 && code < 300 ? "OK" : `Invalid HTTP Response: ${code}`,
      statusCode: code,
      delivery,
      answer: text,
    });
  });
  queues.set(app, sent);
}

export const deliveriesDone = (app: AppRecord): Promise<void> =>
  queues.get(app) ?? Promise.resolve();
