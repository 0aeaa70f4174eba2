import { parse } from "smol-toml";

const longest = 2_000_000;

/** A TOML document as plain values; null where it is not one, or too long to be written by hand. */
export function readToml(text: string): Record<string, unknown> | null {
  if (text.length > longest) return null;
  try {
    return parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return null;
  }
}
