import { createSign } from "node:crypto";
import type { App, StandIn } from "../github/contract.ts";

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token of an App's installation, as a step before ours would have made it. */
export async function mintToken({ url }: StandIn, app: App): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iat: now - 30, exp: now + 300, iss: String(app.appId) };
  const head = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
  const jwt = `${head}.${createSign("sha256").update(head).sign(app.privateKey, "base64url")}`;
  const answer = await fetch(`${url}/app/installations/${app.installationId}/access_tokens`, {
    method: "POST",
    headers: { authorization: `Bearer ${jwt}` },
  });
  const { token } = (await answer.json()) as { token: string };
  return token;
}
