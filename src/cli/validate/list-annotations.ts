import type { Claim, Gap, ValidationReport } from "../../documents/schema-validation-report.ts";
import type { Annotation } from "./annotation.ts";
import { findStatementLine } from "./find-statement-line.ts";

/** A document by its name in the report: where it lies, and its words. */
export type NamedDocuments = ReadonlyMap<string, { file: string; text: string }>;

/** GitHub shows ten of each level for a step, so the gravest come first. */
const mostNotices = 50;

/**
 * Remarks on the lines of the specs where they are wrong or leave something out, and on the lines of the repository's files that show it.
 */
export function listAnnotations(
  report: Pick<ValidationReport, "claims" | "gaps">,
  documents: NamedDocuments,
): Annotation[] {
  const wrong = report.claims.filter(({ verdict }) => verdict === "false");
  const open = report.claims.filter(({ verdict }) => verdict === "unproven");
  return [
    ...wrong.flatMap((claim) => onDocuments(claim, "error", documents)),
    ...report.gaps.flatMap((gap) => onGap(gap, documents)),
    ...open.flatMap((claim) => onDocuments(claim, "notice", documents)).slice(0, mostNotices),
    ...wrong.flatMap(onFile),
  ];
}

function onDocuments(
  claim: Claim,
  level: Annotation["level"],
  documents: NamedDocuments,
): Annotation[] {
  const verdict = level === "error" ? "is not so" : "could not be checked";
  return claim.source.split(", ").flatMap((source): Annotation[] => {
    const document = documents.get(source);
    if (document === undefined) return [];
    const line = findStatementLine(document.text, claim.text);
    const message = `${claim.text} ${verdict}${claim.note === "" ? "" : `: ${claim.note}`}`;
    return [{ level, file: document.file, line, title: `${claim.id} ${claim.kind}`, message }];
  });
}

function onGap(
  { severity, source, line, lens, text }: Gap,
  documents: NamedDocuments,
): Annotation[] {
  const document = documents.get(source);
  if (document === undefined) return [];
  const level = severity === "minor" ? "warning" : "error";
  return [{ level, file: document.file, line, title: `Completeness, ${lens}`, message: text }];
}

/** Where the code itself says otherwise. */
function onFile({ id, kind, source, text, note, evidence }: Claim): Annotation[] {
  if (evidence === null) return [];
  const message = `${source} is wrong that ${text}: ${note}`;
  const { path, startLine } = evidence;
  return [{ level: "notice", file: path, line: startLine, title: `${id} ${kind}`, message }];
}
