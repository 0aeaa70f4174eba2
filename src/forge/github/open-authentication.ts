import { createHash } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import type { OctokitClient } from "./open-octokit.ts";

/** A token as it is, or an App that mints its own. Without `installationId` the repository's installation is looked up. */
export type GitHubAuth =
  | { token: string }
  | { appId: number; privateKey: string; installationId?: number };

export type Authentication = {
  /** A token that is good now; `fresh` asks for another one than before. */
  token(fresh: boolean): Promise<string>;
  /** Whether asking for a fresh one can help. */
  readonly renewable: boolean;
};

/** The App's private key is none, or not one that can sign. Its text is not told. */
export class UnusableKey extends Error {
  constructor(cause: unknown) {
    super("the App's private key is not a usable PEM key", { cause });
    this.name = "UnusableKey";
  }
}
const isAnswer = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "status" in error;

/** Names an identity without telling its secret. */
export function paceKeyOf(baseUrl: string, auth: GitHubAuth): string {
  const secret = "token" in auth ? auth.token : `${auth.appId}:${auth.installationId ?? ""}`;
  return createHash("sha256").update(`${baseUrl} ${secret}`).digest("hex").slice(0, 16);
}

/** Installation tokens live an hour; they are minted on demand, kept in memory and renewed before they end. */
export function openAuthentication(
  octokit: OctokitClient,
  auth: GitHubAuth,
  repository: { owner: string; name: string },
): Authentication {
  if ("token" in auth) return { renewable: false, token: async () => auth.token };
  const { appId, privateKey } = auth;
  const appAuth = createAppAuth({ appId, privateKey, request: octokit.request });
  const app = ((options: { type: "app" }) =>
    appAuth(options).catch((error: unknown) => {
      throw isAnswer(error) ? error : new UnusableKey(error);
    })) as typeof appAuth;
  const find = async (): Promise<number> => {
    const { token } = await app({ type: "app" });
    const { owner, name: repo } = repository;
    const headers = { authorization: `bearer ${token}` };
    const route = "GET /repos/{owner}/{repo}/installation";
    return (await octokit.request(route, { owner, repo, headers })).data.id;
  };
  let installation: Promise<number> | undefined;
  return {
    renewable: true,
    async token(refresh) {
      installation ??= auth.installationId ? Promise.resolve(auth.installationId) : find();
      const installationId = await installation.catch((error: unknown) => {
        installation = undefined;
        throw error;
      });
      return (await app({ type: "installation", installationId, refresh })).token;
    },
  };
}
