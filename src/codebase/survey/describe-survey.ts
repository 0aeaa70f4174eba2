import { estimateTokenCount } from "tokenx";
import { count, printableName } from "../conventions/convention.ts";
import { renderSummary } from "./render-survey.ts";
import type { Survey } from "./survey.ts";

/**
 * The survey for a prompt, in at most `tokens` (an estimate): the summary, then components, directions, what is imported most, hot spots and
 * entries as far as there is room. A line is there whole or not at all, and what was left out is said. Conventions are not among it:
 * a prompt has them already. It is text of the repository, to be fenced as data by whoever shows it.
 */
export function describeSurvey(survey: Survey, tokens: number): string {
  const lines = [
    ...renderSummary(survey).filter((line) => line !== ""),
    ...listComponents(survey),
    ...listDirections(survey),
    ...listFiles(survey),
  ];
  const chosen: string[] = [];
  let left = tokens - 8;
  for (const line of lines) {
    left -= estimateTokenCount(line) + 1;
    if (left < 0) break;
    chosen.push(line);
  }
  const omitted = lines.length - chosen.length;
  return [...chosen, ...(omitted > 0 ? [`[${count(omitted, "more line")}]`] : [])].join("\n");
}

const show = (folder: string): string => printableName(folder || "(root)");

const listComponents = ({ components }: Survey): string[] =>
  components.map(
    ({ folder, files, lines, tests }) =>
      `component ${show(folder)}: ${count(files, "file")}, ${count(lines, "line")}, imported by ${count(tests, "test file")}`,
  );

const listDirections = ({ directions }: Survey): string[] =>
  directions.map(
    ({ from, to, imports }) => `${show(from)} imports ${show(to)}: ${count(imports, "time")}`,
  );

const listFiles = ({ hubs, hotSpots, entryPoints, hiddenPairs }: Survey): string[] => [
  ...hubs.map(({ path, importers }) => `${show(path)} is imported by ${count(importers, "file")}`),
  ...hotSpots.map(
    ({ path, commits, lines }) =>
      `${show(path)} changed in ${count(commits, "commit")} and has ${count(lines, "line")}`,
  ),
  ...hiddenPairs.map(
    ({ left, right, together, of }) =>
      `${show(left)} and ${show(right)} changed together ${together} of ${of} times without an import`,
  ),
  ...entryPoints.map(({ path, line, why }) => `${show(path)}:${line} ${printableName(why)}`),
];
