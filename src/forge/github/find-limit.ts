import type { Headers } from "./answer-headers.ts";

export type LimitKind = "rate-limit" | "secondary-rate-limit";
type Limited = { status: number; message: string; headers: Headers; now: Date };

const numberOf = (value: string | number | undefined): number | null => {
  const number = Number(value ?? Number.NaN);
  return Number.isFinite(number) ? number : null;
};

/** The rate limit that refused, and when it ends; null when it was something else. */
export function findLimit({
  status,
  message,
  headers,
  now,
}: Limited): { rule: LimitKind; detail: string } | null {
  if (status !== 403 && status !== 429) return null;
  const after = numberOf(headers["retry-after"]);
  if (
    /secondary rate|abuse detection|was submitted too quickly/i.test(message) ||
    (after !== null && !isSpent(headers))
  ) {
    return { rule: "secondary-rate-limit", detail: `It may be tried again in ${after ?? 60} s.` };
  }
  if (!isSpent(headers) && !/rate limit/i.test(message) && status !== 429) return null;
  const reset = numberOf(headers["x-ratelimit-reset"]);
  if (reset === null) return { rule: "rate-limit", detail: "It ends within the hour." };
  const minutes = Math.max(1, Math.ceil((reset * 1000 - now.getTime()) / 60_000));
  const at = new Date(reset * 1000).toISOString().slice(0, 16).replace("T", " ");
  return { rule: "rate-limit", detail: `It ends at ${at} UTC, in ${minutes} min.` };
}

const isSpent = (headers: Headers): boolean => String(headers["x-ratelimit-remaining"]) === "0";
