import type { Finding } from "./finding.ts";

const marks = { ok: "✓", wrong: "✗", weak: "!", unknown: "?" } as const;

const count = (findings: readonly Finding[], state: Finding["state"]): number =>
  findings.filter((finding) => finding.state === state).length;

/** What it comes to, in one line. */
export function summarizeFindings(findings: readonly Finding[]): string {
  const broken = count(findings, "wrong");
  const weak = count(findings, "weak");
  const unseen = count(findings, "unknown");
  const more = [
    weak > 0 ? `${weak} weak` : "",
    unseen > 0 ? `${unseen} could not be seen` : "",
  ].filter(Boolean);
  const rest = more.length > 0 ? ` (${more.join(", ")})` : "";
  return broken === 0 ? `Nothing stands in the way${rest}.` : `${broken} to mend${rest}.`;
}

/** For a terminal: one line each, and below it what to do. */
export function renderFindings(findings: readonly Finding[]): string {
  const lines = findings.map(({ state, about, what, fix }) =>
    [`${marks[state]} ${about}: ${what}`, ...(fix ? [`    ${fix}`] : [])].join("\n"),
  );
  return `${lines.join("\n")}\n\n${summarizeFindings(findings)}\n`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** For a comment: a table. */
export function renderFindingsTable(findings: readonly Finding[]): string {
  const rows = findings.map(
    ({ state, about, what, fix }) =>
      `| ${marks[state]} | ${about} | ${cell(what)} | ${cell(fix ?? "")} |`,
  );
  const head = ["| | what | finding | what to do |", "|---|---|---|---|"];
  return [`**${summarizeFindings(findings)}**`, "", ...head, ...rows].join("\n");
}
