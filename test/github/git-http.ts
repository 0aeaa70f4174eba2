import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname } from "node:path";
import { gunzipSync } from "node:zlib";
import { hasRole } from "./accounts.ts";
import { receivePush } from "./receive-push.ts";
import { Refusal } from "./refusal.ts";
import { findActor } from "./tokens.ts";
import type { Actor, World } from "./world.ts";

/** The part of a path behind `/<owner>/<repo>.git`; null for what is no git. */
export function findGitPath(world: World, path: string): string | null {
  const match =
    /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack|HEAD|objects\/.*)$/.exec(
      path,
    );
  const isOurs =
    match?.[1]?.toLowerCase() === world.owner.toLowerCase() &&
    match[2]?.toLowerCase() === world.repo.toLowerCase();
  return isOurs ? `/${match?.[3]}` : null;
}

const mayRead = (world: World, actor: Actor): boolean =>
  !world.private ||
  (actor.kind === "user"
    ? hasRole(world, actor.account.login, "read")
    : actor.rights.contents !== undefined);

const mayWrite = (world: World, actor: Actor): boolean =>
  actor.kind === "user"
    ? hasRole(world, actor.account.login, "write")
    : actor.rights.contents === "write";

function checkAccess(world: World, actor: Actor, isWrite: boolean): void {
  const isNobody = actor.kind === "anonymous";
  if (isNobody && (isWrite || world.private)) throw new Refusal(401, "Authentication required");
  if (!mayRead(world, actor)) throw new Refusal(404, "Repository not found.");
  if (isWrite && !mayWrite(world, actor)) {
    throw new Refusal(
      403,
      `Permission to ${world.owner}/${world.repo}.git denied to ${actor.account.login}.`,
    );
  }
}

/** The CGI of git itself: everything but the taking of a push. */
function runBackend(
  world: World,
  path: string,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<number> {
  const child = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env.PATH ?? "",
      GIT_PROJECT_ROOT: dirname(world.bare),
      PATH_INFO: `/${world.bare.split("/").at(-1)}${path}`,
      GIT_HTTP_EXPORT_ALL: "1",
      REQUEST_METHOD: request.method ?? "GET",
      QUERY_STRING: request.url?.split("?")[1] ?? "",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      CONTENT_LENGTH: String(body.length),
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      REMOTE_USER: "stand-in",
      REMOTE_ADDR: "127.0.0.1",
    },
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(body);
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.on("error", reject);
    child.on("close", () => resolve(answerCgi(Buffer.concat(parts), response)));
  });
}

function answerCgi(output: Buffer, response: ServerResponse): number {
  const end = output.indexOf("\r\n\r\n");
  const lines = output.subarray(0, end).toString().split("\r\n");
  let status = 200;
  for (const line of lines) {
    const [name = "", ...value] = line.split(": ");
    if (name.toLowerCase() === "status") status = Number.parseInt(value.join(": "), 10);
    else if (name !== "") response.setHeader(name, value.join(": "));
  }
  response.writeHead(status);
  response.end(output.subarray(end + 4));
  return status;
}

/** Serves clone, fetch and push. Answers the status and who it was, for the log. */
export async function serveGit(
  world: World,
  path: string,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<{ status: number; by: string }> {
  const isWrite =
    path === "/git-receive-pack" || /service=git-receive-pack/.test(request.url ?? "");
  try {
    const actor = findActor(world, request.headers.authorization);
    checkAccess(world, actor, isWrite);
    if (path !== "/git-receive-pack") {
      return {
        status: await runBackend(world, path, request, body, response),
        by: actor.account.login,
      };
    }
    const isZipped = request.headers["content-encoding"] === "gzip";
    const answer = await receivePush(world, actor, isZipped ? gunzipSync(body) : body);
    response.writeHead(200, {
      "content-type": "application/x-git-receive-pack-result",
      "cache-control": "no-cache",
    });
    response.end(answer);
    return { status: 200, by: actor.account.login };
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    const challenge = { "www-authenticate": 'Basic realm="GitHub"' };
    response.writeHead(fault.status, fault.status === 401 ? challenge : {});
    response.end(`${fault.message}\n`);
    return { status: fault.status, by: "" };
  }
}
