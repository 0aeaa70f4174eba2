import { createHash } from "node:crypto";

/**
 * Wraps untrusted text for a prompt so that nothing inside can close the fence: the delimiter carries a hash of
 * the text, counted up until the text does not contain it. Same text, same fence, so prompts stay cacheable.
 */
export function fenceData(label: string, text: string): string {
  const name = label.replace(/[^\p{L}\p{N} ._/:#-]/gu, "_").slice(0, 200);
  let mark = markOf(name, text, 0);
  for (let attempt = 1; text.includes(mark); attempt++) mark = markOf(name, text, attempt);
  return `<<<data ${mark} ${name}\n${text}\n>>>end ${mark}`;
}

const markOf = (label: string, text: string, attempt: number): string =>
  createHash("sha256").update(`${attempt}\n${label}\n${text}`).digest("hex").slice(0, 12);
