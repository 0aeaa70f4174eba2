import { readFileSync } from "node:fs";
import type { Invoice } from "./invoice.ts";

export class InvoiceError extends Error {}

/** Reads a JSON file with a list of invoices. Says which one is wrong, and why. */
export function readInvoices(path: string): Invoice[] {
  const list: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (!Array.isArray(list)) throw new InvoiceError(`${path}: expected a list of invoices`);
  return list.map((entry, index) => checkInvoice(entry, `${path}: invoice ${index + 1}`));
}

function checkInvoice(entry: unknown, where: string): Invoice {
  const invoice = entry as Partial<Invoice>;
  if (!invoice.number) throw new InvoiceError(`${where} has no number`);
  if (!invoice.customer) throw new InvoiceError(`${where} has no customer`);
  if (!Array.isArray(invoice.lines)) throw new InvoiceError(`${where} has no lines`);
  for (const line of invoice.lines) {
    if (!Number.isInteger(line.unitCents)) throw new InvoiceError(`${where}: unitCents must be whole`);
  }
  return {
    number: invoice.number,
    customer: invoice.customer,
    issued: invoice.issued ?? "",
    currency: invoice.currency ?? "EUR",
    lines: invoice.lines,
  };
}
