import { redact } from "../shared/redact.ts";
import { Stop } from "../shared/stop.ts";
import type { Fault, ModelRole } from "./port.ts";
import { describeTransportError, TransportError } from "./transport-error.ts";

const LONGEST_DETAIL = 500;

/** How a fault of the model ends the phase, once nothing more can be done about it. */
export function faultToStop(
  fault: Fault | { why: "turns"; detail: string },
  role: ModelRole,
  turns: number,
): Stop {
  const detail = redact(fault.detail).slice(0, LONGEST_DETAIL);
  switch (fault.why) {
    case "refused":
      return new Stop({ reason: "model-refused", role, detail });
    case "truncated":
      return new Stop({ reason: "model-truncated", role, detail });
    case "invalid":
      return new Stop({ reason: "model-invalid", role, detail });
    case "turns":
      return new Stop({ reason: "model-turns", role, turns });
  }
}

/** How an exception of a call ends the phase. A bug stays the exception it is. */
export function errorToStop(error: unknown, role: ModelRole, signal: AbortSignal): unknown {
  if (error instanceof Stop) return error;
  if (signal.aborted) {
    const detail =
      signal.reason === undefined
        ? ""
        : redact(String(Object(signal.reason).message ?? signal.reason));
    return new Stop({ reason: "interrupted", detail });
  }
  if (!(error instanceof TransportError)) return error;
  return new Stop({ reason: "model-unavailable", role, detail: describeTransportError(error) });
}
