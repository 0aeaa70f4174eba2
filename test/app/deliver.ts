import { createHmac, generateKeyPairSync } from "node:crypto";
import { createRequire } from "node:module";

export const secret = "a secret of the test's own webhook";

let made: string | undefined;
/** A private key as GitHub hands it out. Made once: it takes a while. */
export function privateKey(): string {
  made ??= generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;
  return made;
}

export const sign = (body: string, key = secret): string =>
  `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;

type Example = { name: string; examples: Record<string, unknown>[] };
type Payload = Record<string, unknown> & { action?: string };

const published = createRequire(import.meta.url)("@octokit/webhooks-examples") as
  | Example[]
  | { default: Example[] };

/** GitHub's own example of a webhook, as an installed App receives it. */
export function example(event: string, action: string, change: Payload = {}): Payload {
  const all = Array.isArray(published) ? published : published.default;
  const found = all
    .find(({ name }) => name === event)
    ?.examples.find((each) => each.action === action);
  if (!found) throw new Error(`there is no example of ${event}.${action}`);
  return { ...structuredClone(found), installation: { id: 7, node_id: "x" }, ...change };
}

/** A command as a comment, with an id of its own. */
export function commandComment(id: number, body = "/status"): Payload {
  const payload = example("issue_comment", "created") as Payload & { comment: object };
  return { ...payload, comment: { ...payload.comment, id, body } };
}

export type Sent = {
  guid: string;
  event: string;
  payload: unknown;
  headers?: object;
  body?: string;
};

/** Sends a delivery as GitHub does. */
export async function deliver(url: string, sent: Sent): Promise<number> {
  const body = sent.body ?? JSON.stringify(sent.payload);
  const answer = await fetch(`${url}/api/github/webhooks`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": sent.event,
      "x-github-delivery": sent.guid,
      "x-hub-signature-256": sign(body),
      ...sent.headers,
    },
  });
  await answer.text();
  return answer.status;
}
