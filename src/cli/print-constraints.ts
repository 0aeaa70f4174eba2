import type { Constraint } from "../constraints/constraint.ts";
import { renderProposal } from "../constraints/propose-constraints.ts";
import { toPrintable } from "../shared/printable.ts";
import type { ConstraintsAnswer } from "./constraints.ts";
import type { Terminal } from "./terminal.ts";

const mostOfKind = 20;

/** What was found of the constraints, for a person: each under the constraint that it is about. */
export function printConstraints(
  terminal: Terminal,
  answer: ConstraintsAnswer,
  isThere: boolean,
): void {
  const { path, constraints, proposals } = answer;
  const say = (line: string): void => terminal.out(toPrintable(line));
  if (!isThere) terminal.err(`There is no ${path} at this commit.`);
  if (proposals !== undefined) {
    for (const proposal of proposals) say(renderProposal(proposal));
    if (proposals.length === 0) terminal.err("No finding came back in several features.");
    return;
  }
  for (const constraint of constraints) {
    const lines = linesFor(constraint, answer);
    if (lines.length === 0) continue;
    say(`${path}:${constraint.line} ${constraint.id} ${constraint.text}`);
    for (const line of lines) say(`  ${line}`);
  }
  terminal.err(summarize(answer));
}

function linesFor(
  { id }: Constraint,
  { lint = [], rot = [], breaches = [] }: ConstraintsAnswer,
): string[] {
  const isOwn = (finding: { constraint: Constraint }): boolean => finding.constraint.id === id;
  const broken = breaches.filter(isOwn);
  return [
    ...lint
      .filter(isOwn)
      .map(
        ({ kind, why, example }) =>
          `${kind}: ${why}${example === "" ? "" : `. For example: ${example}`}`,
      ),
    ...rot
      .filter(isOwn)
      .map(
        ({ kind, name, nearest }) =>
          `rot: the ${kind} ${name} is not there${nearest === null ? "" : `; ${nearest} is nearest`}`,
      ),
    ...broken
      .slice(0, mostOfKind)
      .map(
        ({ path, line, why, quote }) =>
          `broken: ${path}:${line} ${why}${quote === "" ? "" : ` | ${quote}`}`,
      ),
    ...(broken.length > mostOfKind ? [`and ${broken.length - mostOfKind} more places`] : []),
  ];
}

function summarize({ constraints, lint, rot, breaches }: ConstraintsAnswer): string {
  const checkable = constraints.filter(({ rules }) => rules.length > 0).length;
  const parts = [
    `${constraints.length} constraints, ${checkable} of them checkable by a program`,
    ...(lint ? [`${lint.length} to say better`] : []),
    ...(rot ? [`${rot.length} names not there`] : []),
    ...(breaches ? [`${breaches.length} places that break one`] : []),
  ];
  return `${parts.join(", ")}.`;
}
