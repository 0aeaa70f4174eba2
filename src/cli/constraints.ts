import { readFile } from "node:fs/promises";
import type { Codebase } from "../codebase/codebase.ts";
import { loadConfig } from "../config/load-config.ts";
import { checkConstraints } from "../constraints/check-constraints.ts";
import type { Breach, Constraint } from "../constraints/constraint.ts";
import { findRot, type Rot } from "../constraints/find-rot.ts";
import { grammar } from "../constraints/grammar.ts";
import { type LintFinding, lintConstraints } from "../constraints/lint-constraints.ts";
import { parseConstraints } from "../constraints/parse-constraints.ts";
import { type Proposal, proposeConstraints } from "../constraints/propose-constraints.ts";
import { recogniseRules } from "../constraints/recognise-rule.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import { type OpenedCodebase, openCodebase } from "./open-codebase.ts";
import { openTerminal } from "./open-terminal.ts";
import { printConstraints } from "./print-constraints.ts";
import { readReports } from "./read-reports.ts";
import { reportFailure } from "./report-failure.ts";
import { exitCodes, type Terminal } from "./terminal.ts";

export type ConstraintsOptions = {
  repo: string;
  commit?: string;
  cache?: string;
  /** A document on the disk instead of the committed one. */
  file?: string;
  json: boolean;
};

const verbs = ["lint", "rot", "check", "propose"] as const;
type Verb = (typeof verbs)[number];

/** What was looked for and found; a part that was not looked for is not there. */
export type ConstraintsAnswer = {
  commit: string;
  path: string;
  constraints: readonly (Constraint & { rules: readonly string[] })[];
  lint?: readonly LintFinding[];
  rot?: readonly Rot[];
  breaches?: readonly Breach[];
  proposals?: readonly Proposal[];
};

/**
 * `archwright constraints [lint|rot|check|propose|grammar]`: exit code 0 where nothing is wrong, 1 where a constraint is vague, names what is not there or
 * is broken, 2 for a wrong call. Proposals are printed and never written.
 */
export async function runConstraints(
  said: string | null,
  options: ConstraintsOptions,
  terminal: Terminal = openTerminal(),
): Promise<number> {
  const verb = verbs.find((each) => each === said) ?? null;
  if (said === "grammar") {
    for (const { says, looksFor } of grammar) terminal.out(`${says}\n  looks for ${looksFor}`);
    return exitCodes.success;
  }
  if (said !== null && verb === null) {
    const detail = `constraints knows ${verbs.join(", ")}, grammar, not "${said}".`;
    return reportFailure(terminal, { reason: "bad-usage", detail });
  }
  const opened = await openCodebase({ ...options, terminal });
  if (!opened.ok) return reportFailure(terminal, opened.failure);
  const document = await readDocument(opened.value, options);
  if (!document.ok) return reportFailure(terminal, document.failure);
  const answer = await answerFor(verb, opened.value, document.value);
  if (!answer.ok) return reportFailure(terminal, answer.failure);
  if (options.json) terminal.out(JSON.stringify(answer.value, null, 2));
  else printConstraints(terminal, answer.value, document.value.text !== null);
  const { lint = [], rot = [], breaches = [] } = answer.value;
  return lint.length + rot.length + breaches.length === 0 ? exitCodes.success : exitCodes.negative;
}

type Document = { path: string; text: string | null };

async function readDocument(
  { snapshot }: OpenedCodebase,
  { file }: ConstraintsOptions,
): Promise<Result<Document>> {
  const config = await loadConfig(snapshot);
  if (!config.ok) return config;
  const path = config.value.config.documents.constraints;
  if (file !== undefined) {
    try {
      return succeed({ path, text: await readFile(file, "utf8") });
    } catch {
      return fail({ reason: "bad-usage", detail: `The file ${file} cannot be read.` });
    }
  }
  const content = await snapshot.read(path);
  return succeed({ path, text: content?.kind === "text" ? content.text : null });
}

async function answerFor(
  verb: Verb | null,
  { codebase, commit, root }: OpenedCodebase,
  { path, text }: Document,
): Promise<Result<ConstraintsAnswer>> {
  const constraints = parseConstraints(text ?? "", path);
  const answer: ConstraintsAnswer = {
    commit,
    path,
    constraints: constraints.map((each) => ({
      ...each,
      rules: recogniseRules(each).map(({ kind }) => kind),
    })),
  };
  if (verb === "propose") {
    const reports = await readReports(root);
    if (!reports.ok) return reports;
    return succeed({ ...answer, proposals: proposeConstraints(reports.value, constraints) });
  }
  return succeed({ ...answer, ...(await lookFor(verb, constraints, codebase)) });
}

const lookFor = async (
  verb: Verb | null,
  constraints: readonly Constraint[],
  codebase: Codebase,
): Promise<Partial<ConstraintsAnswer>> => ({
  ...(verb === null || verb === "lint" ? { lint: lintConstraints(constraints) } : {}),
  ...(verb === null || verb === "rot" ? { rot: await findRot(constraints, codebase) } : {}),
  ...(verb === null || verb === "check"
    ? { breaches: await checkConstraints(constraints, codebase) }
    : {}),
});
