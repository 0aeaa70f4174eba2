import { z } from "zod";
import type { Generated } from "./port.ts";

const LONGEST_DETAIL = 2_000;

/**
 * The value in a reply, or `invalid` with what is wrong in words the model can act on. A schema that was sent
 * along does not free us from this: vendors enforce only parts of it.
 */
export function checkReply<S extends z.ZodObject>(schema: S, reply: string): Generated<z.infer<S>> {
  let json: unknown;
  try {
    json = JSON.parse(reply);
  } catch {
    return { ok: false, why: "invalid", detail: `not JSON: ${quoteStart(reply)}` };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const detail = z.prettifyError(parsed.error).slice(0, LONGEST_DETAIL);
  return { ok: false, why: "invalid", detail };
}

/** True when the text is JSON at all, whatever its shape. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const quoteStart = (text: string): string =>
  text.trim() === ""
    ? "the reply is empty"
    : `the reply starts with ${JSON.stringify(text.trim().slice(0, 80))}`;
