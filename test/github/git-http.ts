import { spawn } from "node:child_process";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename, dirname } from "node:path";
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

type Serving = {
  world: World;
  path: string;
  request: IncomingMessage;
  body: Buffer;
  response: ServerResponse;
  /** Instead of the answer, where a test wants it lost. */
  lost: (() => void) | null;
};

const environmentOf = ({ world, path, request, body }: Serving): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH ?? "",
  GIT_PROJECT_ROOT: dirname(world.bare),
  PATH_INFO: `/${basename(world.bare)}${path}`,
  GIT_HTTP_EXPORT_ALL: "1",
  REQUEST_METHOD: request.method ?? "GET",
  QUERY_STRING: request.url?.split("?")[1] ?? "",
  CONTENT_TYPE: request.headers["content-type"] ?? "",
  CONTENT_LENGTH: String(body.length),
  HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
  GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
  REMOTE_USER: "stand-in",
  REMOTE_ADDR: "127.0.0.1",
});

type GitAnswer = { status: number; headers: Record<string, string>; body: Buffer };

/** The CGI of git itself: everything but the taking of a push. */
async function runBackend(serving: Serving): Promise<GitAnswer> {
  const child = spawn("git", ["http-backend"], { env: environmentOf(serving) });
  child.stdin.on("error", () => undefined);
  child.stdin.end(serving.body);
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  await once(child, "close");
  return parseCgi(Buffer.concat(parts));
}

function parseCgi(output: Buffer): GitAnswer {
  const end = output.indexOf("\r\n\r\n");
  const answer: GitAnswer = { status: 200, headers: {}, body: output.subarray(end + 4) };
  for (const line of output.subarray(0, end).toString().split("\r\n")) {
    const [name = "", ...value] = line.split(": ");
    if (name.toLowerCase() === "status") answer.status = Number.parseInt(value.join(": "), 10);
    else if (name !== "") answer.headers[name] = value.join(": ");
  }
  return answer;
}

async function takePush({ world, request, body }: Serving, actor: Actor): Promise<GitAnswer> {
  const isZipped = request.headers["content-encoding"] === "gzip";
  const answer = await receivePush(world, actor, isZipped ? gunzipSync(body) : body);
  const headers = {
    "content-type": "application/x-git-receive-pack-result",
    "cache-control": "no-cache",
  };
  return { status: 200, headers, body: answer };
}

function refuse(fault: unknown): GitAnswer {
  if (!(fault instanceof Refusal)) throw fault;
  const challenge = { "www-authenticate": 'Basic realm="GitHub"' };
  const headers = fault.status === 401 ? challenge : {};
  return { status: fault.status, headers, body: Buffer.from(`${fault.message}\n`) };
}

/** Serves clone, fetch and push. Answers the status and who it was, for the log. */
export async function serveGit(serving: Serving): Promise<{ status: number; by: string }> {
  const { world, path, request, response, lost } = serving;
  const isPush = path === "/git-receive-pack";
  const isWrite = isPush || /service=git-receive-pack/.test(request.url ?? "");
  let by = "";
  let answer: GitAnswer;
  try {
    const actor = findActor(world, request.headers.authorization);
    by = actor.account.login;
    checkAccess(world, actor, isWrite);
    answer = isPush ? await takePush(serving, actor) : await runBackend(serving);
  } catch (fault) {
    answer = refuse(fault);
  }
  if (lost) lost();
  else {
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  }
  return { status: answer.status, by };
}
