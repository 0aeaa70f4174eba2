import { isNativeError } from "node:util/types";
import { redactValues } from "../shared/redact.ts";
import { Stop } from "../shared/stop.ts";
import type { Prompt, Tool } from "./port.ts";
import { toTransportError } from "./transport-error.ts";

/** What every adapter of a vendor is made from. */
export type VendorOptions = {
  /** Model id as the vendor knows it. */
  name: string;
  /** Never logged, thrown or sent anywhere but in the header of a request to `baseUrl`. */
  apiKey: string;
  /** Always explicit, so that no environment variable can send the key elsewhere. */
  baseUrl: string;
  /** First part of the model's id; the vendor's own name by default. */
  provider?: string;
  /** Retries by the SDK before a response has started; 2 by default. */
  maxRetries?: number;
};

export type VendorCall = {
  secrets: readonly string[];
  /** Tells errors of the SDK and the network from bugs, which are rethrown as they are. */
  isVendorError: (error: unknown) => boolean;
};

/** Bounds a reply whose caller set no bound; enough for a document, small enough for most context windows. */
export const DEFAULT_MAX_OUTPUT = 16_000;

/**
 * Runs `work` against a vendor. What the prompt's own hooks throw comes out as it was thrown, whatever the SDK made
 * of it on the way; an abort comes out as the signal's reason; the vendor's errors come out as `TransportError`.
 * The key is taken out of everything that is sent.
 */
export async function callVendor<T>(
  prompt: Prompt,
  call: VendorCall,
  work: (prompt: Prompt) => Promise<T>,
): Promise<T> {
  let thrown: { error: unknown } | undefined;
  const keep =
    <A>(hook: (argument: A) => void) =>
    (argument: A): void => {
      try {
        hook(argument);
      } catch (error) {
        thrown ??= { error };
        throw error;
      }
    };
  try {
    prompt.signal.throwIfAborted();
    return await work({
      ...prompt,
      system: redactValues(prompt.system, call.secrets),
      user: redactValues(prompt.user, call.secrets),
      onUsage: keep(prompt.onUsage),
      beforeRequest: keep(prompt.beforeRequest),
    });
  } catch (error) {
    if (thrown) throw thrown.error;
    prompt.signal.throwIfAborted();
    if (call.isVendorError(error) || isNetworkFault(error))
      throw toTransportError(error, call.secrets);
    throw error;
  }
}

/** The tools with the secrets taken out of what they answer and of what they fail with. */
export const scrubTools = (tools: readonly Tool[], secrets: readonly string[]): Tool[] =>
  tools.map((tool) => ({
    ...tool,
    run: async (input, signal) => {
      try {
        return redactValues(await tool.run(input, signal), secrets);
      } catch (error) {
        if (error instanceof Stop) throw error;
        const message = isNativeError(error) ? error.message : String(error);
        throw new Error(redactValues(message, secrets));
      }
    },
  }));

/**
 * A body that breaks off surfaces as a bare `TypeError: terminated` with the socket's error as its cause, a line of a
 * stream that is no JSON as a bare `SyntaxError`; every parser of ours catches its own.
 */
function isNetworkFault(error: unknown): boolean {
  if (Object(error).name === "SyntaxError") return true;
  const cause: unknown = Object(error).cause;
  const code: unknown = Object(error).code ?? Object(cause).code;
  return typeof code === "string" && /^(?:E[A-Z]{4,}|UND_ERR_)/.test(code);
}
