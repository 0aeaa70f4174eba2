import { formatJson } from "./format-json.ts";
import { formatText } from "./format-text.ts";
import type { Invoice } from "./invoice.ts";

/** A format turns invoices into the text that is printed. New formats are registered here and nowhere else. */
export type Format = (invoices: readonly Invoice[]) => string;

export const formats: Record<string, Format> = {
  json: formatJson,
  text: formatText,
};
