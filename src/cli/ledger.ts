import { exportLedger } from "../ledger/git/export-ledger.ts";
import { ledgerAuthor } from "../ledger/git/git-objects.ts";
import type { Repository } from "../ledger/git/ledger-refs.ts";
import { listIssues, openRepository } from "../ledger/git/open-git-ledger.ts";
import { findPurge, purgeLedger } from "../ledger/git/purge-ledger.ts";
import { type RepairReport, repairLedger } from "../ledger/git/repair-ledger.ts";
import { verifyGitLedger } from "../ledger/git/verify-git-ledger.ts";
import type { LedgerFault, VerifyReport } from "../ledger/verify-ledger.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import { reportFailure } from "./report-failure.ts";
import { exitCodes, type Terminal } from "./terminal.ts";
import { writeExport } from "./write-export.ts";

export type LedgerVerb = "verify" | "export" | "repair" | "purge";

export type LedgerOptions = {
  directory: string;
  issue: number | null;
  json: boolean;
  /** Purge only: really delete. */
  yes: boolean;
  /** Export only: folder to write files into, instead of JSON on standard output. */
  to: string | null;
  /** Verify only: who may have written it, e.g. `github-actions[bot]`; none means this machine's own. */
  authors: readonly string[];
};

type Call = { repository: Repository; options: LedgerOptions; terminal: Terminal };

/**
 * `archwright ledger verify|export|repair|purge`. Returns the exit code: 0 done and sound, 1 faults found,
 * 2 a wrong call, 3 purge waits for `--yes`. Without an issue, verify and export take all of them.
 */
export async function runLedger(
  verb: LedgerVerb,
  options: LedgerOptions,
  terminal: Terminal,
): Promise<number> {
  const repository = openRepository({ directory: options.directory });
  const issues = await selectIssues(repository, verb, options);
  if (!issues.ok) return reportFailure(terminal, issues.failure);
  const call = { repository, options, terminal };
  const [issue = 0] = issues.value;
  switch (verb) {
    case "verify":
      return verify(call, issues.value);
    case "export":
      return exportAll(call, issues.value);
    case "repair":
      return repair(call, issue);
    case "purge":
      return purge(call, issue);
  }
}

async function selectIssues(
  repository: Repository,
  verb: LedgerVerb,
  { issue }: LedgerOptions,
): Promise<Result<number[]>> {
  if (issue !== null && Number.isSafeInteger(issue) && issue > 0) return succeed([issue]);
  if (issue !== null)
    return fail({ reason: "bad-usage", detail: "An issue is a number from 1 on." });
  if (verb === "verify" || verb === "export") return listIssues(repository);
  return fail({ reason: "bad-usage", detail: `\`ledger ${verb}\` needs --issue NUMBER.` });
}

async function verify({ repository, options, terminal }: Call, issues: number[]): Promise<number> {
  const reports: VerifyReport[] = [];
  for (const issue of issues) {
    const authors = options.authors.length > 0 ? options.authors : [ledgerAuthor];
    const report = await verifyGitLedger(repository, issue, authors);
    if (!report.ok) return reportFailure(terminal, report.failure);
    reports.push(report.value);
    if (!options.json) terminal.out(renderReport(report.value));
  }
  if (options.json) terminal.out(JSON.stringify({ ledgers: reports }, null, 2));
  else if (reports.length === 0) terminal.out("There is no ledger in this repository.");
  const sound = reports.every(({ faults }) => faults.length === 0);
  return sound ? exitCodes.success : exitCodes.negative;
}

const shownFaults = 20;

function renderReport({ issue, head, commits, events, faults }: VerifyReport): string {
  const size = `${events} events in ${commits} commits, head ${head.slice(0, 12)}`;
  if (faults.length === 0) return `issue ${issue}: sound (${size})`;
  const repairable = faults.some(({ kind }) => kind !== "author" && kind !== "binding");
  return [
    `issue ${issue}: ${faults.length} fault${faults.length === 1 ? "" : "s"} (${size})`,
    ...faults.slice(0, shownFaults).map(renderFault),
    ...(faults.length > shownFaults ? [`  and ${faults.length - shownFaults} more`] : []),
    ...(repairable
      ? [`  \`archwright ledger repair --issue ${issue}\` keeps the sound part and a backup.`]
      : []),
    ...(faults.some(({ kind }) => kind === "author")
      ? [
          "  Of a ledger that was fetched from GitHub, say who may write it: --author 'github-actions[bot]'.",
        ]
      : []),
  ].join("\n");
}

function renderFault({ kind, commit, line, detail }: LedgerFault): string {
  const place = line > 0 ? `events.jsonl:${line}: ` : "";
  return `  ${commit.slice(0, 12)} ${place}${detail} (${kind})`;
}

async function exportAll(call: Call, issues: number[]): Promise<number> {
  const { repository, options, terminal } = call;
  const ledgers = [];
  for (const issue of issues) {
    const ledger = await exportLedger(repository, issue);
    if (!ledger.ok) return reportFailure(terminal, ledger.failure);
    ledgers.push(ledger.value);
  }
  if (options.to === null) {
    const plain = ledgers.map(({ issue, head, records, documents }) => ({
      issue,
      head,
      records,
      documents,
    }));
    terminal.out(JSON.stringify({ ledgers: plain }, null, 2));
    return exitCodes.success;
  }
  const written = await writeExport(options.to, ledgers);
  if (!written.ok) return reportFailure(terminal, written.failure);
  terminal.err(`Wrote ${written.value} files of ${ledgers.length} ledgers to ${options.to}.`);
  return exitCodes.success;
}

async function repair({ repository, options, terminal }: Call, issue: number): Promise<number> {
  const result = await repairLedger(repository, issue, new Date());
  if (!result.ok) return reportFailure(terminal, result.failure);
  const report = result.value;
  if (options.json) terminal.out(JSON.stringify(report, null, 2));
  else terminal.out(renderRepair(report).join("\n"));
  const left = report.repaired ? [] : report.faults;
  return left.length === 0 ? exitCodes.success : exitCodes.negative;
}

function renderRepair(report: RepairReport): string[] {
  const { issue, faults, repaired, head, keptEvents, droppedDocuments, backup } = report;
  if (!repaired && faults.length === 0) return [`issue ${issue}: sound, nothing to repair`];
  if (!repaired) {
    return [`issue ${issue}: nothing that a repair could mend`, ...faults.map(renderFault)];
  }
  return [
    head === null
      ? `issue ${issue}: no line was sound; its ledger begins anew`
      : `issue ${issue}: repaired, ${keptEvents} sound events kept, head ${head.slice(0, 12)}`,
    ...faults.slice(0, shownFaults).map(renderFault),
    ...droppedDocuments.map((name) => `  document not readable, left out: ${name}`),
    backup === null
      ? "  The broken head itself is missing in the repository; there was nothing to back up."
      : `  The broken ledger is kept as ${backup}.`,
  ];
}

async function purge({ repository, options, terminal }: Call, issue: number): Promise<number> {
  const refs = await findPurge(repository, issue);
  if (!refs.ok) return reportFailure(terminal, refs.failure);
  const content = await exportLedger(repository, issue);
  if (options.yes) {
    const purged = await purgeLedger(repository, refs.value);
    if (!purged.ok) return reportFailure(terminal, purged.failure);
  }
  const events = content.ok ? content.value.records.length : null;
  const documents = content.ok ? Object.keys(content.value.documents) : null;
  if (options.json) {
    const facts = { issue, purged: options.yes, refs: refs.value, events, documents };
    terminal.out(JSON.stringify(facts, null, 2));
  } else {
    terminal.out(`issue ${issue}: ${events ?? "unreadable"} events${renderNames(documents)}`);
    for (const { name, id } of refs.value) terminal.out(`  ${name} ${id.slice(0, 12)}`);
    terminal.err(options.yes ? purgedWords : waitingWords);
  }
  return options.yes ? exitCodes.success : exitCodes.waiting;
}

const renderNames = (names: string[] | null): string =>
  names === null || names.length === 0 ? "" : `, ${names.join(", ")}`;

const purgedWords =
  "Deleted. What was spent stays counted. git keeps the objects until `git gc` removes them; to remove them now: `git gc --prune=now`.";
const waitingWords = "Nothing was deleted. Say --yes to delete these refs for good.";
