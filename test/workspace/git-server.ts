import { execFileSync, spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { environment } from "./repository.ts";

/** A server of one bare repository over HTTP, by git's own program, that wants a credential. */
export type GitServer = {
  url: string;
  /** Credentials that were sent, each once. */
  seen: Set<string>;
  /** The next push is carried out, and its answer lost. */
  loseAnswer: () => void;
  /** Called before a push is handed to git. */
  beforePush: (act: () => void) => void;
  git: (...words: string[]) => string;
  close: () => Promise<void>;
};

export async function openGitServer(folder: string, password: string): Promise<GitServer> {
  const git = (...words: string[]) =>
    execFileSync("git", [`--git-dir=${folder}`, ...words], {
      env: { ...environment, GIT_AUTHOR_NAME: "P", GIT_AUTHOR_EMAIL: "p@example.org" },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  const state = { lose: false, act: null as null | (() => void) };
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    const header = request.headers.authorization ?? "";
    seen.add(header);
    const expected = `Basic ${Buffer.from(`x-access-token:${password}`).toString("base64")}`;
    if (header !== expected) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end();
      return;
    }
    const isPush = request.method === "POST" && request.url?.endsWith("/git-receive-pack");
    if (isPush) {
      state.act?.();
      state.act = null;
    }
    const lose = Boolean(isPush && state.lose);
    if (lose) state.lose = false;
    serve(folder, request, response, lose);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/origin.git`,
    seen,
    loseAnswer: () => {
      state.lose = true;
    },
    beforePush: (act) => {
      state.act = act;
    },
    git,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function serve(
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
  lose: boolean,
): void {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://x");
  const child = spawn("git", ["http-backend"], {
    env: {
      ...environment,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: pathname.replace(/^\/origin\.git/, ""),
      QUERY_STRING: searchParams.toString(),
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      HTTP_GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      REMOTE_USER: "x",
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  request.pipe(child.stdin);
  child.stdin.on("error", () => {});
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.on("close", () => {
    if (lose) {
      response.destroy();
      return;
    }
    const whole = Buffer.concat(chunks);
    const end = whole.indexOf("\r\n\r\n");
    const headers = whole.toString("latin1", 0, end).split("\r\n");
    let status = 200;
    for (const line of headers) {
      const [name = "", value = ""] = line.split(/: (.*)/);
      if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.writeHead(status).end(whole.subarray(end + 4));
  });
}
