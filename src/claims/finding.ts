import type { Evidence } from "../documents/schema-common.ts";
import type { Claim } from "../documents/schema-validation-report.ts";
import type { Judgement } from "./claim-rule.ts";

/** A claim before it has its number. */
export type Finding = Omit<Claim, "id">;

export const isTrue = (evidence: Evidence | null, note = ""): Judgement => ({
  verdict: "true",
  evidence,
  note,
});

export const isFalse = (note: string, evidence: Evidence | null = null): Judgement => ({
  verdict: "false",
  evidence,
  note,
});

export const isOpen = (note: string, evidence: Evidence | null = null): Judgement => ({
  verdict: "unproven",
  evidence,
  note,
});

/** Evidence that a file is there: its first line. */
export const firstLine = (path: string, text: string | null): Evidence | null => {
  if (text === null) return null;
  return { path, startLine: 1, endLine: 1, quote: text.split("\n", 1)[0] ?? "" };
};

/** A judgement of words that may be of what is to come: what is not there then is no fault of the plan. */
export const softenUnless = (isSure: boolean, judgement: Judgement): Judgement =>
  isSure || judgement.verdict !== "false" ? judgement : { ...judgement, verdict: "unproven" };
