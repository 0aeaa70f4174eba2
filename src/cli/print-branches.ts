import { parseReviewReport } from "../documents/parse-review-report.ts";
import type { Feature } from "../engine/load-feature.ts";
import { toPrintable } from "../shared/printable.ts";
import { verdictMarks } from "../view/render-review.ts";
import type { SpecState } from "../workflow/state.ts";
import type { Workspace } from "../workspace/port.ts";
import type { Terminal } from "./terminal.ts";

const SHOWN_COMMITS = 20;
const short = (commit: string): string => commit.slice(0, 10);

/** The last score by its parts: a line for each criterion, then the points that add up to it. */
function scoreLines(feature: Feature, spec: SpecState): string[] {
  const last = spec.reviews.at(-1);
  const report = last && parseReviewReport(feature.documents[last.report] ?? "");
  if (!report?.ok) return [];
  const { criteria, rubric, gates, acceptancePoints, acceptanceWeight, score } = report.value;
  const points = rubric.map((entry) => `${entry.name} ${entry.points}/${entry.weight}`);
  return [
    ...criteria.map(
      ({ id, verdict, text }) => `${verdictMarks[verdict]} ${id} ${verdict}: ${text}`,
    ),
    [`acceptance ${acceptancePoints}/${acceptanceWeight}`, ...points, `score ${score}`].join(" · "),
    ...gates.map((gate) => `at most ${gate.cap}: ${gate.detail}`),
  ];
}

async function commitLines(workspace: Workspace, base: string, head: string): Promise<string[]> {
  const commits = await workspace.commits(base, head);
  const left = commits.length - SHOWN_COMMITS;
  const shown = commits
    .slice(0, SHOWN_COMMITS)
    .map(({ sha, subject }) => `${short(sha)} ${subject}`);
  return left > 0 ? [...shown, `… and ${left} more`] : shown;
}

/** Each branch with its commits, the score by its parts, and the commands to look at it and to take it. */
export async function printBranches(
  terminal: Terminal,
  workspace: Workspace,
  feature: Feature,
  repository: string,
): Promise<void> {
  for (const spec of Object.values(feature.state.specs)) {
    if (!spec.build) continue;
    const { branch, base, head } = spec.build;
    terminal.out(`\n${spec.id}: branch ${branch} in ${repository}`);
    const lines = [...(await commitLines(workspace, base, head)), ...scoreLines(feature, spec)];
    for (const line of lines) terminal.out(`  ${toPrintable(line)}`);
    terminal.out(`  → git diff ${short(base)}...${short(head)}`);
    if (spec.result === "accepted") terminal.out(`  → git merge ${branch}`);
  }
}
