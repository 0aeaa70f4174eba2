import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { GitHubApi } from "../../../src/forge/github/api.ts";
import { type GitHubApiOptions, openGitHubApi } from "../../../src/forge/github/open-api.ts";

export type Seen = { method: string; path: string; headers: IncomingHttpHeaders; body: string };
/** `reset` breaks the connection, `cut` in the middle of the answer; `silence` never answers. */
export type Reply =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | "reset"
  | "cut"
  | "silence";

export type Server = {
  url: string;
  seen: Seen[];
  api(options?: Partial<GitHubApiOptions>): GitHubApi;
  close(): Promise<void>;
};

export const token = `ghs_${"Ab1_".repeat(9)}`;

/** A server that answers as it is told, for what the stand-in for GitHub would have to be forced to. */
export async function openServer(answer: (seen: Seen, n: number) => Reply): Promise<Server> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      const one = { method, path, headers, body };
      seen.push(one);
      const reply = answer(one, seen.length);
      if (reply === "silence") return;
      if (reply === "reset") return void request.socket.destroy();
      if (reply === "cut") {
        response.writeHead(200, { "content-type": "application/json", "content-length": "99" });
        response.write('{"sha":');
        return void setTimeout(() => request.socket.destroy(), 10);
      }
      response.writeHead(reply.status ?? 200, {
        "content-type": "application/json",
        ...reply.headers,
      });
      response.end(reply.body === undefined ? "" : JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    seen,
    api: (options = {}) =>
      openGitHubApi({
        baseUrl: url,
        auth: { token },
        repository: { owner: "o", name: "r" },
        pace: "none",
        ...options,
      }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
