import { fail, type Result, succeed } from "../../shared/result.ts";
import type { CallerEnvironment } from "../caller-environment.ts";
import { findRepository } from "./find-repository.ts";
import { harnessEnvironment, userEnvironment } from "./git-environment.ts";
import { type GitAnswer, type GitCall, runGit } from "./run-git.ts";

/** A remote repository over HTTP, and the clone that talks with it. */
export type Remote = {
  /** Folder of the clone. */
  repository: string;
  /** Address without any credential. */
  url: string;
  /** Asked before each call: installation tokens live an hour. Null speaks without one. */
  token: (() => Promise<string>) | null;
  environment: CallerEnvironment;
  /** Variables that tell git its proxy and certificates, such as `HTTPS_PROXY` and `GIT_SSL_CAINFO`. */
  connection?: Readonly<Record<string, string>>;
};

const nobody = { name: "Archwright", email: "archwright@localhost" };

/** Git in the clone that may talk with the remote. Failures: `not-a-repository`, `git-missing`, `git-failed`. */
export async function openRemote(remote: Remote): Promise<Result<RemoteGit>> {
  const found = await findRepository(
    remote.repository,
    userEnvironment(remote.environment, nobody),
  );
  if (!found.ok) return found;
  const { gitDir } = found.value;
  return succeed(async (arguments_, call = {}) => {
    const token = await askToken(remote);
    if (!token.ok) return token;
    const environment = {
      ...harnessEnvironment(remote.environment, nobody),
      ...remote.connection,
      ...settingsOf(remote.url, token.value),
    };
    const run = () =>
      runGit({ gitDir, cwd: gitDir, environment, seconds: 600, ...call }, arguments_);
    return await repeat(run);
  });
}

/** Git knows no code for them: a server that is ill or busy for a moment, and a line that broke. */
const passing =
  /returned error: (?:5\d\d|429)\b|\bcurl (?:6|7|18|28|35|52|55|56|92)\b|Could not resolve host|Failed to connect|Connection (?:reset|timed out)|Empty reply from server|early EOF/;

const pauses = [1_000, 4_000];

/**
 * What passes is tried again: to read is harmless, and a ref is pushed from exactly where it was. Whether a push landed whose answer was
 * lost is for the caller to see.
 */
async function repeat(run: () => Promise<Result<GitAnswer>>): Promise<Result<GitAnswer>> {
  let answer = await run();
  for (const milliseconds of pauses) {
    if (answer.ok || answer.failure.reason !== "git-failed") return answer;
    if (!passing.test(answer.failure.detail)) return answer;
    await new Promise((wake) => setTimeout(wake, milliseconds));
    answer = await run();
  }
  return answer;
}

export type RemoteGit = (
  arguments_: readonly string[],
  call?: Partial<GitCall>,
) => Promise<Result<GitAnswer>>;

async function askToken({ token }: Remote): Promise<Result<string | null>> {
  try {
    return succeed(token === null ? null : await token());
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const detail = `there is no token for git: ${words}`;
    return fail({ reason: "forge-unavailable", status: 0, detail });
  }
}

/**
 * The credential goes by git's environment: not in arguments, which every process of the machine can read, nor in the address, which
 * git prints, nor in a file. It is bound to the whole address, so that a header which a checkout left behind for its host does not
 * count beside it, and redirects are not followed, which could lead it elsewhere.
 */
export function settingsOf(url: string, token: string | null): Record<string, string> {
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  const settings: (readonly [string, string])[] = [
    ["credential.helper", ""],
    ["http.followRedirects", "false"],
    ["protocol.allow", "never"],
    ["protocol.https.allow", "always"],
    ["protocol.http.allow", "always"],
    [`http.${url}.extraheader`, ""],
    ...(token === null
      ? []
      : [[`http.${url}.extraheader`, `Authorization: Basic ${basic}`] as const]),
  ];
  const pairs = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(pairs) };
}
