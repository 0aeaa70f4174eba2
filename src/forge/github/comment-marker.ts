import { createHash } from "node:crypto";

/** What the first line of everything that we post says about it. */
export type Marker = {
  key: string;
  at: number;
  sha: string;
  /** What follows the marker. */
  body: string;
  /** False once a person has edited it. */
  intact: boolean;
};

const first = /^<!-- archwright key=([\w.-]{1,200}) at=(\d{1,9}) sha=([0-9a-f]{12}) -->(?:\n|$)/;

/** An editor in a browser writes other line ends, and trims; neither is an edit. */
export const settleText = (text: string): string => text.replaceAll("\r\n", "\n").trimEnd();

/** First twelve digits of the SHA-256, as in a marker. */
export const shortHash = (text: string): string =>
  createHash("sha256").update(settleText(text)).digest("hex").slice(0, 12);

/** A text with its marker in front. */
export const writeMarked = ({ key, at }: { key: string; at: number }, body: string): string =>
  `<!-- archwright key=${key} at=${at} sha=${shortHash(body)} -->\n${settleText(body)}`;

/** The marker of a text, or null. Who wrote it is for the caller to check: anybody can write a marker. */
export function readMarked(text: string | null | undefined): Marker | null {
  const whole = settleText(text ?? "");
  const found = first.exec(whole);
  if (!found) return null;
  const [line, key = "", at = "", sha = ""] = found;
  const body = whole.slice(line.length);
  return { key, at: Number(at), sha, body, intact: shortHash(body) === sha };
}
