import {
  type Call,
  created,
  type Handler,
  nothing,
  numberOf,
  ok,
  page,
  parameter,
  type Routes,
} from "../call.ts";
import type { Rights } from "../contract.ts";
import { deliver } from "../deliver.ts";
import { notFound, Refusal } from "../refusal.ts";
import { shapeApp, shapeOwner } from "../shapes/account.ts";
import { shapeRepository } from "../shapes/repository.ts";
import { issueToken } from "../tokens.ts";
import type { AppRecord, DeliveryRecord, World } from "../world.ts";
import { shapeWholeAccount } from "./repository.ts";

/** Only an App with its own JWT may come here. */
function selfOf(call: Call): AppRecord {
  if (call.actor.kind === "app" && call.actor.app) return call.actor.app;
  throw new Refusal(401, "A JSON web token could not be decoded");
}

export const shapeInstallation = (world: World, app: AppRecord): Record<string, unknown> => ({
  id: app.installationId,
  client_id: `Iv23li${String(app.appId).padStart(14, "0")}`,
  account: shapeOwner(world),
  repository_selection: "selected",
  access_tokens_url: `${world.url}/app/installations/${app.installationId}/access_tokens`,
  repositories_url: `${world.url}/installation/repositories`,
  html_url: `${world.url}/settings/installations/${app.installationId}`,
  app_id: app.appId,
  app_slug: app.slug,
  target_id: world.ownerAccount.id,
  target_type: world.organisation ? "Organization" : "User",
  permissions: { metadata: "read", ...app.rights },
  events: app.events,
  created_at: app.createdAt,
  updated_at: app.createdAt,
  single_file_name: null,
  has_multiple_single_files: false,
  single_file_paths: [],
  suspended_by: null,
  suspended_at: null,
});

const getApp: Handler = (call) => {
  const app = selfOf(call);
  return ok({ ...shapeApp(call.world, app), installations_count: 1 });
};

const installationOf = (call: Call): AppRecord => {
  const app = selfOf(call);
  if (app.installationId !== numberOf(call, "installation_id")) throw notFound();
  return app;
};

const rank = (level: string | undefined): number =>
  level === "write" ? 2 : level === "read" ? 1 : 0;

function narrow(app: AppRecord, wanted: Record<string, string> | undefined): Rights {
  if (wanted === undefined) return app.rights;
  for (const [name, level] of Object.entries(wanted)) {
    const held = name === "metadata" ? "read" : app.rights[name];
    if (rank(held) < rank(level)) {
      throw new Refusal(422, "The permissions requested are not granted to this installation.");
    }
  }
  return wanted as Rights;
}

const createToken: Handler = (call) => {
  const { world } = call;
  const app = installationOf(call);
  const wanted = (call.body.repositories ?? [world.repo]) as string[];
  const ids = (call.body.repository_ids ?? [world.repositoryId]) as number[];
  if (!wanted.includes(world.repo) || !ids.includes(world.repositoryId)) {
    throw new Refusal(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  }
  const rights = narrow(app, call.body.permissions as Record<string, string> | undefined);
  const isLong = call.headers["x-github-stateless-s2s-token"] === "enabled";
  const { token, expiresAt } = issueToken(world, app, rights, isLong);
  return created({
    token,
    expires_at: expiresAt,
    permissions: { metadata: "read", ...rights },
    repository_selection: "selected",
  });
};

const shapeDelivery = (world: World, app: AppRecord, record: DeliveryRecord) => ({
  id: record.id,
  guid: record.guid,
  delivered_at: record.deliveredAt,
  redelivery: record.redelivery,
  duration: record.duration,
  status: record.status,
  status_code: record.statusCode,
  event: record.delivery.event,
  action: (record.delivery.payload.action as string | undefined) ?? null,
  installation_id: app.installationId,
  repository_id: world.repositoryId,
  throttled_at: null,
});

function findDelivery(call: Call): { app: AppRecord; record: DeliveryRecord } {
  const app = selfOf(call);
  const id = numberOf(call, "delivery_id");
  const record = app.deliveries.find((one) => one.id === id);
  if (!record) throw notFound();
  return { app, record };
}

/** Newest first, paged by a cursor. */
const listDeliveries: Handler = (call) => {
  const app = selfOf(call);
  const size = Math.min(Number(call.query.get("per_page") ?? 30), 100);
  const wanted = call.query.get("status");
  const all = [...app.deliveries]
    .reverse()
    .filter(
      ({ statusCode }) =>
        wanted === null || (wanted === "success") === (statusCode >= 200 && statusCode < 400),
    );
  const cursor = Number((call.query.get("cursor") ?? "").replace(/^v1_/, ""));
  const from = cursor > 0 ? all.findIndex((record) => record.id < cursor) : 0;
  const slice = from < 0 ? [] : all.slice(from, from + size);
  const last = slice.at(-1);
  const more = last && from + size < all.length;
  const next = `<${call.world.url}/app/hook/deliveries?per_page=${size}&cursor=v1_${last?.id}>; rel="next"`;
  return {
    status: 200,
    body: slice.map((record) => shapeDelivery(call.world, app, record)),
    ...(more ? { headers: { link: next } } : {}),
  };
};

const getDelivery: Handler = (call) => {
  const { app, record } = findDelivery(call);
  return ok({
    ...shapeDelivery(call.world, app, record),
    url: app.webhookUrl ?? "",
    request: { headers: record.delivery.headers, payload: record.delivery.payload },
    response: { headers: {}, payload: record.answer },
  });
};

/** Sent again with the id of the first time, as its own entry of the list. */
const redeliver: Handler = (call) => {
  const { app, record } = findDelivery(call);
  deliver(call.world, app, record.delivery, true);
  return { status: 202, body: {} };
};

const self: Handler = (call) => {
  const { actor, world } = call;
  if (actor.kind === "anonymous") throw new Refusal(401, "Requires authentication");
  if (actor.kind !== "user") throw new Refusal(403, "Resource not accessible by integration");
  return ok(shapeWholeAccount(world, actor.account));
};

const revoke: Handler = (call) => {
  const token = call.headers.authorization?.replace(/^\S+ /, "") ?? "";
  if (call.actor.kind !== "installation") throw new Refusal(401, "Bad credentials");
  call.world.tokens.delete(token);
  return nothing();
};

const repositories: Handler = (call) => {
  const { actor, world } = call;
  if (actor.kind !== "installation" && actor.kind !== "actions") {
    throw new Refusal(
      403,
      "You must authenticate with an installation access token in order to list repositories for an installation.",
    );
  }
  const list = {
    total_count: 1,
    repository_selection: "selected",
    repositories: [shapeRepository(world)],
  };
  return ok(list);
};

const installationOfRepository: Handler = (call) => {
  const { owner, repo } = call.parameters;
  const { world } = call;
  if (
    owner?.toLowerCase() !== world.owner.toLowerCase() ||
    repo?.toLowerCase() !== world.repo.toLowerCase()
  ) {
    throw notFound();
  }
  return ok(shapeInstallation(world, selfOf(call)));
};

const bySlug: Handler = (call) => {
  const slug = parameter(call, "app_slug");
  const app = [...call.world.apps.values()].find((one) => one.slug === slug);
  if (!app) throw notFound();
  return ok(shapeApp(call.world, app));
};

const hookConfig: Handler = (call) => {
  const app = selfOf(call);
  return ok({
    url: app.webhookUrl ?? "",
    content_type: "json",
    insecure_ssl: "0",
    secret: "********",
  });
};

export const appRoutes: Routes = {
  "GET /app": getApp,
  "GET /apps/{app_slug}": bySlug,
  "GET /app/hook/config": hookConfig,
  "GET /app/installations": (call) => page(call, [shapeInstallation(call.world, selfOf(call))]),
  "GET /app/installations/{installation_id}": (call) =>
    ok(shapeInstallation(call.world, installationOf(call))),
  "GET /repos/{owner}/{repo}/installation": installationOfRepository,
  "POST /app/installations/{installation_id}/access_tokens": createToken,
  "GET /installation/repositories": repositories,
  "DELETE /installation/token": revoke,
  "GET /app/hook/deliveries": listDeliveries,
  "GET /app/hook/deliveries/{delivery_id}": getDelivery,
  "POST /app/hook/deliveries/{delivery_id}/attempts": redeliver,
  "GET /user": self,
};
