import { isNativeError } from "node:util/types";
import { redact, redactValues } from "../shared/redact.ts";

/**
 * What an adapter throws when a vendor could not be reached or answered with an error, after the SDK's own
 * retries. Built from named fields only: the SDK's error, whose headers, body and causes may hold anything,
 * does not leave the adapter.
 */
export class TransportError extends Error {
  readonly status: number | null;
  readonly type: string | null;
  readonly requestId: string | null;
  /** True when the same request may succeed a little later. */
  readonly retryable: boolean;

  constructor(
    fields: Partial<Pick<TransportError, "status" | "type" | "requestId" | "retryable">> & {
      message: string;
    },
  ) {
    super(fields.message);
    this.name = "TransportError";
    this.status = fields.status ?? null;
    this.type = fields.type ?? null;
    this.requestId = fields.requestId ?? null;
    this.retryable = fields.retryable ?? false;
  }
}

const RETRYABLE_TYPES = new Set([
  "api_error",
  "overloaded_error",
  "rate_limit_error",
  "rate_limit_exceeded",
  "server_error",
  "timeout_error",
]);
const RETRYABLE_STATUSES = new Set([408, 409, 429]);
/** Faults of the request itself, where the server's sentence (no such model, too long) is what helps. */
const TELLING_STATUSES = new Set([400, 404, 413, 415, 422]);
const LONGEST_MESSAGE = 300;

/** The vendor's error as a `TransportError`, without the given secrets and anything shaped like one. */
export function toTransportError(error: unknown, secrets: readonly string[]): TransportError {
  if (error instanceof TransportError) return error;
  const status = readField(error, "status", "number");
  const code = readField(error, "code", "string");
  const named = readField(error, "type", "string");
  // In a stream the bare event type `error` stands where the type of the error should.
  const type = named === null || named === "error" ? (code ?? named) : named;
  const requestId = readField(error, "requestID", "string");
  const connection = status === null && type === null;
  return new TransportError({
    status,
    type: type === null ? null : scrub(type, secrets),
    requestId: requestId === null ? null : scrub(requestId, secrets),
    retryable:
      connection ||
      RETRYABLE_TYPES.has(type ?? "") ||
      RETRYABLE_TYPES.has(code ?? "") ||
      (status !== null && (status >= 500 || RETRYABLE_STATUSES.has(status))),
    message:
      connection || TELLING_STATUSES.has(status ?? 0) ? scrub(readMessage(error), secrets) : "",
  });
}

/** `status 529, overloaded_error, request req_1: sentence`, of what is known. */
export function describeTransportError(error: TransportError): string {
  const facts = [
    error.status === null ? null : `status ${error.status}`,
    error.type,
    error.requestId === null ? null : `request ${error.requestId}`,
  ].filter((fact) => fact !== null);
  return [facts.join(", "), error.message].filter((part) => part !== "").join(": ") || "no answer";
}

function readField<T extends "number" | "string">(error: unknown, name: string, type: T) {
  const value: unknown = Object(error)[name];
  return (typeof value === type ? value : null) as (T extends "number" ? number : string) | null;
}

/** Connection errors hide what happened (refused, no such host) in a chain of causes, or in one of several. */
function readMessage(error: unknown): string {
  const parts: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 5 && isNativeError(current); depth += 1) {
    const part = current.message || String(Object(current).code ?? "");
    if (part !== "" && !parts.some((known) => known.includes(part))) parts.push(part);
    current = current.cause ?? Object(current).errors?.[0];
  }
  return parts.join(": ");
}

const scrub = (text: string, secrets: readonly string[]): string =>
  redact(redactValues(text, secrets)).replace(/\s+/g, " ").slice(0, LONGEST_MESSAGE);
