import { createHash } from "node:crypto";
import type { Event, EventOf } from "../workflow/event.ts";

/** A key that only this event has: sources are unique in a ledger, and survive what later versions add to it. */
export const keyOf = (event: Event, name: string): string =>
  `${name}-${createHash("sha256").update(event.source).digest("hex").slice(0, 12)}`;

/** Key of the review, on the pull request, that tells of a score. */
export const keyOfReview = (event: EventOf<"ReviewScored">): string =>
  keyOf(event, `scored-${event.report.replace(/\.md$/, "")}`);
