import type { Fault } from "./contract.ts";
import { Refusal } from "./refusal.ts";

/** The faults that tests asked for, used up one by one. */
export class Faults {
  readonly #waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** The fault that this request meets, or null. */
  take(method: string, route: string): Fault | null {
    const found = this.#waiting.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.method === undefined || fault.method === method) &&
        (fault.route === undefined || fault.route.test(route)),
    );
    if (!found) return null;
    found.left--;
    return found.fault;
  }
}

/** What GitHub answers in such a case; null for a connection that is cut. */
export function explainFault(fault: Fault, now: number): Refusal | null {
  if (fault.kind === "reset") return null;
  if (fault.kind === "bad-credentials") return new Refusal(401, "Bad credentials");
  if (fault.kind === "secondary-limit") {
    const message =
      "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    return new Refusal(fault.status ?? 403, message, undefined, { "retry-after": "1" });
  }
  if (fault.kind === "primary-limit") {
    const reset = String(Math.ceil(now / 1000) + 1);
    return new Refusal(403, "API rate limit exceeded for installation.", undefined, {
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": reset,
    });
  }
  const status = fault.status ?? 502;
  return new Refusal(status, status >= 500 ? "Server Error" : "Refused by a test");
}
