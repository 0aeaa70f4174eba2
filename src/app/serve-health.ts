import type { IncomingMessage, ServerResponse } from "node:http";

/** What must be well for webhooks to be taken and worked off: null, or what is not. */
export type Check = () => Promise<string | null>;

const answer = (response: ServerResponse, status: number, body: object): true => {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  response.writeHead(status, headers).end(`${JSON.stringify(body)}\n`);
  return true;
};

/**
 * `/health`: the process lives. `/ready`: it can take and work off webhooks (queue reachable, not stopping), with the jobs by state. Neither
 * tells anything about repositories.
 */
export const serveHealth =
  (checks: Readonly<Record<string, Check>>, figures: () => Promise<object>) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    const path = (request.url ?? "").split("?")[0];
    if (path === "/health") return answer(response, 200, { alive: true });
    if (path !== "/ready") return false;
    const wrong: Record<string, string> = {};
    for (const [name, check] of Object.entries(checks)) {
      const problem = await check();
      if (problem) wrong[name] = problem;
    }
    const ready = Object.keys(wrong).length === 0;
    return answer(response, ready ? 200 : 503, {
      ready,
      ...wrong,
      ...(ready ? await figures() : {}),
    });
  };
