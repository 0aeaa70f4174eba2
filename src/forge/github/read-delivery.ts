import { fail, type Result } from "../../shared/result.ts";
import type { Delivery, Ignored } from "./delivery.ts";

/**
 * Reads a webhook, or the event of a workflow run, by its name and payload. Pure. What is not for us is `ignored` with the reason; what
 * is not as GitHub documents fails with `event-invalid`.
 */
export function readDelivery(event: string, _payload: unknown): Result<Delivery | Ignored> {
  return fail({ reason: "event-invalid", event, detail: "not read yet" });
}
