import { Probot, Server } from "probot";
import type { Log } from "./open-log.ts";
import { serveWebhooks } from "./serve-webhooks.ts";
import type { AppSettings } from "./settings.ts";

type Handler = Parameters<Server["addHandler"]>[0];
type AppFunction = Parameters<Server["load"]>[0];
type Middleware = ReturnType<Probot["getNodeMiddleware"]>;

/** Probot's server with an entrance of ours: bounded, 401 for what is not signed, 503 for what could not be kept. */
function withEntrance(path: string, log: Log): typeof Probot {
  return class extends Probot {
    override async getNodeMiddleware(): Middleware {
      await this.ready();
      const entrance = serveWebhooks({
        path,
        log,
        verify: (body, signature) => this.webhooks.verify(body, signature),
        receive: async ({ id, name, payload }) =>
          // Not by Probot's own `receive`, which writes the whole payload to the log.
          await this.webhooks.receive({ id, name, payload } as Parameters<Probot["receive"]>[0]),
      });
      return entrance as unknown as Awaited<Middleware>;
    }
  };
}

/** A line for each request would say less than the one of each delivery, and hold headers; Probot has no switch for it. */
function withoutRequests(log: Log): Log {
  const child: Log["child"] = (bindings, options) =>
    log.child(bindings, bindings.name === "http" ? { ...options, level: "silent" } : options);
  return Object.create(log, { child: { value: child } }) as Log;
}

/** The App's HTTP server: webhooks go to the handlers that `app` sets up, everything else to `handlers`. */
export async function openServer(
  settings: AppSettings,
  log: Log,
  app: AppFunction,
  handlers: readonly Handler[],
): Promise<Server> {
  const { builder, webhookSecret, webhookPath, apiUrl, host, port, webhookProxy } = settings;
  const Base = withEntrance(webhookPath, log).defaults({
    appId: builder.id,
    privateKey: builder.privateKey,
    secret: webhookSecret,
    baseUrl: apiUrl,
    log,
  });
  const server = new Server({
    Probot: Base,
    host,
    port,
    webhookPath,
    log: withoutRequests(log),
    ...(webhookProxy ? { webhookProxy } : {}),
  });
  await server.load(app);
  for (const handler of handlers) server.addHandler(handler);
  return server;
}
