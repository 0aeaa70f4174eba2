import { createHash } from "node:crypto";
import { renderValidationReport } from "../../documents/render-validation-report.ts";
import type { ValidationReport } from "../../documents/schema-validation-report.ts";
import { renderValidation } from "../../view/render-validation.ts";
import { renderTerminal } from "../render-terminal.ts";
import type { Terminal } from "../terminal.ts";
import { type Annotation, renderAnnotation } from "./annotation.ts";
import type { FileFault } from "./read-plan-files.ts";

export type Printing = { json: boolean; annotations: boolean };

/** The report as a person reads it, or as JSON; remarks for GitHub's runners before it, beside JSON on standard error. */
export function printReport(
  terminal: Terminal,
  report: ValidationReport,
  remarks: readonly Annotation[],
  printing: Printing,
): void {
  printAnnotations(terminal, remarks, printing);
  if (printing.json) {
    terminal.out(JSON.stringify(report, null, 2));
    return;
  }
  const markdown = renderValidation(renderValidationReport(report), { alone: true });
  const shown = renderTerminal(markdown, { open: true, colours: terminal.colours });
  terminal.out(printing.annotations ? withoutCommands(shown) : shown);
}

/** The faults of documents that cannot be read, each with its place and how it should look. */
export function printFaults(
  terminal: Terminal,
  faults: readonly FileFault[],
  printing: Printing,
): void {
  const remarks = faults.map(({ file, line, column, message }): Annotation => {
    return { level: "error", file, line, column, title: "Fault", message };
  });
  printAnnotations(terminal, remarks, printing);
  if (printing.json) terminal.out(JSON.stringify({ verdict: "needs-refinement", faults }, null, 2));
  else {
    const lines = faults.map(
      ({ file, line, column, message, example }) =>
        `${file}:${line}:${column} ${message}\n${indent(example)}`,
    );
    terminal.out(printing.annotations ? withoutCommands(lines.join("\n")) : lines.join("\n"));
  }
}

function printAnnotations(
  terminal: Terminal,
  remarks: readonly Annotation[],
  { json, annotations }: Printing,
): void {
  if (!annotations) return;
  for (const each of remarks) {
    if (json) terminal.err(renderAnnotation(each));
    else terminal.out(renderAnnotation(each));
  }
}

/**
 * Words of documents may look like a command to the runner: until the token comes back, which nobody can put into the words that it is
 * the hash of, it takes nothing for one.
 */
function withoutCommands(text: string): string {
  const token = createHash("sha256").update(text).digest("hex");
  return `::stop-commands::${token}\n${text}\n::${token}::`;
}

const indent = (text: string): string =>
  text
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`))
    .join("\n");
