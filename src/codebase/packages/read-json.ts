import { isRecord } from "./manifest.ts";

/** A JSON object, or null for anything else. A byte-order mark is passed over. */
export function readJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
