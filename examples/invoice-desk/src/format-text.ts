import { formatCents, type Invoice, invoiceTotal, lineTotal } from "./invoice.ts";

/** For people at a terminal: one block an invoice. */
export function formatText(invoices: readonly Invoice[]): string {
  return invoices.map(block).join("\n");
}

function block(invoice: Invoice): string {
  const lines = invoice.lines.map(
    (line) => `  ${line.quantity} × ${line.description}  ${formatCents(lineTotal(line))}`,
  );
  const total = `  total ${formatCents(invoiceTotal(invoice))} ${invoice.currency}`;
  return [`${invoice.number}  ${invoice.customer}  ${invoice.issued}`, ...lines, total, ""].join("\n");
}
