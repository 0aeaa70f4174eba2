import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** What a seal binds a commit to: a copy in another place, or with other content, has another seal. */
export type Sealed = {
  repositoryId: string;
  /** `issues/12` or `spend/2026-11-21`. */
  place: string;
  parent: string | null;
  tree: string;
  /** The file that counts: `events.jsonl` or `spend.json`. */
  content: Uint8Array;
};

/** A mark that only who knows the secret can make. */
export function makeSeal(secret: string, sealed: Sealed): string {
  const { repositoryId, place, parent, tree, content } = sealed;
  const digest = createHash("sha256").update(content).digest("hex");
  const text = ["archwright-seal-1", repositoryId, place, parent ?? "-", tree, digest].join("\n");
  return createHmac("sha256", secret).update(text).digest("hex");
}

const sealPattern = /^Seal: ([0-9a-f]{64})$/gm;

/** What is wrong with the seal of a commit's message, or null. The last line of that kind counts. */
export function checkSeal(secret: string, message: string, sealed: Sealed): string | null {
  const found = [...message.matchAll(sealPattern)].at(-1)?.[1];
  if (found === undefined) return "the commit has no seal: who wrote it does not know the secret";
  const right = Buffer.from(makeSeal(secret, sealed), "hex");
  const same = timingSafeEqual(Buffer.from(found, "hex"), right);
  return same
    ? null
    : "the seal is wrong: the commit was changed, copied or made with another secret";
}
