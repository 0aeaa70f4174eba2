/** Money is kept in whole cents, so that sums are exact. */
export type Line = {
  description: string;
  quantity: number;
  unitCents: number;
};

export type Invoice = {
  number: string;
  customer: string;
  issued: string;
  currency: string;
  lines: Line[];
};

export const lineTotal = (line: Line): number => line.quantity * line.unitCents;

export const invoiceTotal = (invoice: Invoice): number =>
  invoice.lines.reduce((sum, line) => sum + lineTotal(line), 0);

/** 123456 → "1234.56". */
export function formatCents(cents: number): string {
  const sign = cents < 0 ? "-" : "";
  const whole = Math.abs(cents);
  return `${sign}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, "0")}`;
}
