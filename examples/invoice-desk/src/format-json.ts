import { type Invoice, invoiceTotal } from "./invoice.ts";

/** For programs: the invoices with their totals in cents. */
export function formatJson(invoices: readonly Invoice[]): string {
  const withTotals = invoices.map((invoice) => ({ ...invoice, totalCents: invoiceTotal(invoice) }));
  return `${JSON.stringify(withTotals, null, 2)}\n`;
}
