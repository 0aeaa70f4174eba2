import pino from "pino";
import { redact, redactValues } from "../shared/redact.ts";

export type Log = pino.Logger;

/**
 * The App's log: one JSON object a line, with the delivery or job that it is about. Every line passes the redaction as a whole, so that
 * neither a message of a library nor a stack brings a secret out.
 */
export function openLog(
  level: string,
  secrets: readonly string[],
  write: (line: string) => void = (line) => void process.stdout.write(line),
): Log {
  const destination = { write: (line: string) => write(redact(redactValues(line, secrets))) };
  const errors = { err: pino.stdSerializers.err, error: pino.stdSerializers.err };
  return pino({ level, base: null, serializers: errors }, destination);
}
