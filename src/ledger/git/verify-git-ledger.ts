import { fail, type Result, succeed } from "../../shared/result.ts";
import { startVerification, type VerifyReport } from "../verify-ledger.ts";
import { ledgerAuthor } from "./git-objects.ts";
import { issueRef, type Repository, readRef } from "./ledger-refs.ts";
import { readHistory } from "./read-history.ts";
import { readWhole } from "./read-ledger.ts";

/** The head of an issue's ledger; `feature-not-found` when it has none. */
export async function getHead(repository: Repository, issue: number): Promise<Result<string>> {
  const head = await readRef(repository, issueRef(issue));
  if (!head.ok) return head;
  return head.value === null ? fail({ reason: "feature-not-found", issue }) : succeed(head.value);
}

/** Verifies every commit of an issue's ledger and reads every document of its head. */
export async function verifyGitLedger(
  repository: Repository,
  issue: number,
  authors: readonly string[] = [ledgerAuthor],
): Promise<Result<VerifyReport>> {
  const head = await getHead(repository, issue);
  if (!head.ok) return head;
  const verification = startVerification(issue, authors);
  await readHistory(repository, head.value, verification.visit);
  const report = verification.finish();
  if (report.faults.some(({ commit, kind }) => kind === "unreadable" && commit === head.value)) {
    return succeed(report);
  }
  const whole = await readWhole(repository, issue, head.value);
  if (whole.ok) return succeed(report);
  const { failure } = whole;
  if (failure.reason !== "ledger-corrupt") return fail(failure);
  report.faults.push({ kind: "unreadable", commit: head.value, line: 0, detail: failure.detail });
  return succeed(report);
}
