import { parseArgs } from "node:util";
import { formats } from "./formats.ts";
import { InvoiceError, readInvoices } from "./read-invoices.ts";

const usage = `usage: invoice-desk FILE [--format text|json]`;

/** Runs the program and returns its exit code: 0 done, 1 bad data, 2 wrong call. */
export function main(argv: string[], print: (text: string) => void): number {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { format: { type: "string", default: "text" } },
  });
  const format = formats[values.format ?? "text"];
  const file = positionals[0];
  if (!format || !file) {
    print(`${usage}\n`);
    return 2;
  }
  try {
    print(format(readInvoices(file)));
    return 0;
  } catch (error) {
    if (!(error instanceof InvoiceError)) throw error;
    print(`${error.message}\n`);
    return 1;
  }
}

if (import.meta.main || process.argv[1]?.endsWith("cli.ts")) {
  process.exitCode = main(process.argv.slice(2), (text) => process.stdout.write(text));
}
