import { confirmQuote } from "../../../codebase/confirm-quote.ts";
import type { Evidence } from "../../../documents/schema-common.ts";
import type { CheckName, ValidationReport } from "../../../documents/schema-validation-report.ts";
import { type CheckReply, emptyReply, type Place, type ReplyFinding } from "./reply.ts";

/** Where quotes are read again: the files of the base commit. */
export type Files = { text(path: string): Promise<string | null> };

/** A finding whose evidence code has read again; it has its number when all checks are done. */
export type ConfirmedFinding = Omit<ValidationReport["findings"][number], "id" | "check"> & {
  check: CheckName;
  aboutDirection: boolean;
};

/** A reply of which only what stands in the files is left: findings keep the mark, places without their quote are dropped. */
export type ConfirmedReply = Omit<CheckReply, "findings"> & { findings: ConfirmedFinding[] };

/** Reads the quotes of a reply again. Lines are put right where a quote stands elsewhere in its file. */
export async function confirmReply(
  check: CheckName,
  reply: Partial<CheckReply>,
  files: Files,
): Promise<ConfirmedReply> {
  const whole = { ...emptyReply, ...reply };
  return {
    ...whole,
    findings: await Promise.all(whole.findings.map((one) => confirmFinding(check, one, files))),
    follow: await confirmPlaces(whole.follow, files),
    integrationPoints: await confirmPlaces(whole.integrationPoints, files),
    reuse: await confirmPlaces(whole.reuse, files),
  };
}

/** Proven when at least one quote stands in its file and none of its quotes is made up. */
async function confirmFinding(
  check: CheckName,
  finding: ReplyFinding,
  files: Files,
): Promise<ConfirmedFinding> {
  const read = await Promise.all(finding.evidence.map((one) => confirmEvidence(one, files)));
  const { severity, title, detail, suggestion, aboutDirection } = finding;
  return {
    check,
    severity,
    title: title.trim() === "" ? check : title,
    detail,
    suggestion,
    evidence: read.map((one, at) => one ?? (finding.evidence[at] as Evidence)),
    proven: read.length > 0 && read.every((one) => one !== null),
    sure: finding.sure === "yes",
    aboutDirection,
  };
}

async function confirmEvidence(evidence: Evidence, files: Files): Promise<Evidence | null> {
  const content = await files.text(evidence.path);
  const found = content === null ? null : confirmQuote(content, evidence);
  if (found === null) return null;
  return { ...evidence, startLine: found.startLine, endLine: found.endLine };
}

async function confirmPlaces(places: readonly Place[], files: Files): Promise<Place[]> {
  const read = await Promise.all(
    places.map(async (place): Promise<Place[]> => {
      const { path, line, quote } = place;
      const found = await confirmEvidence({ path, startLine: line, endLine: line, quote }, files);
      return found === null ? [] : [{ ...place, line: found.startLine }];
    }),
  );
  return read.flat();
}
