import { count, printableName, showPlace } from "../conventions/convention.ts";
import { drawSurvey, leftOut } from "./draw-survey.ts";
import type { Survey } from "./survey.ts";
import { codeCell, writeTable } from "./write-table.ts";

const mostRows = 40;

/** The survey as Markdown for people: one screen that says the most, the drawing, then tables. */
export function renderSurvey(survey: Survey): string {
  return [
    ...renderSummary(survey),
    "## Components and directions of import",
    "",
    "```mermaid",
    drawSurvey(survey),
    "```",
    "",
    ...renderLeftOut(survey),
    ...renderComponents(survey),
    ...renderDirections(survey),
    ...renderPast(survey),
    ...renderEntries(survey),
    ...renderConventions(survey),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

/** What fits on one screen. */
export function renderSummary(survey: Survey): string[] {
  const { layers, cycles, hotSpots, hiddenPairs, notes } = survey;
  const languages = survey.languages
    .slice(0, 5)
    .map(({ language, files }) => `${language} ${files}`)
    .join(", ");
  const [hottest] = hotSpots;
  const [pair] = hiddenPairs;
  const lines = [
    `${count(survey.sourceFiles, "source file")} with ${count(survey.lines, "line")} (${languages || "no language known"}), ${count(survey.testFiles, "test file")}, ${count(survey.packages, "package")}, ${count(survey.files, "file")} in all.`,
    `${count(survey.components.length, "component")} in ${count(layers.length, "layer")}: ${describeLayers(survey)}.`,
    cycles.length === 0
      ? "No components import one another in a ring."
      : `${count(cycles.length, "ring")} of components: ${cycles.map(describeCycle).join("; ")}.`,
    hottest &&
      `Hottest file: ${codeCell(hottest.path)} (${count(hottest.commits, "commit")}, ${count(hottest.lines, "line")}).`,
    pair &&
      `Hidden coupling: ${codeCell(pair.left)} and ${codeCell(pair.right)} changed together ${pair.together} of ${pair.of} times; neither imports the other.`,
    ...survey.conventions
      .filter(({ kind }) => kind === "test-layout")
      .map(({ sentence }) => sentence),
    ...notes.map((note) => `Note: ${note}`),
  ];
  return [
    `# Architecture at ${survey.commit.slice(0, 12)}`,
    "",
    ...lines.filter((line) => line !== undefined).map((line) => `- ${line}`),
    "",
  ];
}

const mostOfRow = 8;

const describeLayers = ({ layers }: Survey): string =>
  layers
    .map((row) => {
      const names = row.slice(0, mostOfRow).map((folder) => codeCell(folder || "(root)"));
      const more = row.length > mostOfRow ? ` and ${row.length - mostOfRow} more` : "";
      return `${names.join(", ")}${more}`;
    })
    .join(" → ");

function describeCycle({ members, weakest }: Survey["cycles"][number]): string {
  const names = members.map((member) => codeCell(member || "(root)")).join(" ⇄ ");
  if (weakest === null) return names;
  const { from, to, imports, place } = weakest;
  return `${names} (weakest: ${codeCell(from)} → ${codeCell(to)}, ${count(imports, "import")}, ${showPlace(place)})`;
}

function renderLeftOut(survey: Survey): string[] {
  const { components, directions } = leftOut(survey);
  if (components + directions === 0) return [];
  return [
    `Not drawn: ${count(components, "smaller component")} and ${count(directions, "direction")} that is weaker or that a way over others shows already. A dotted arrow is part of a ring.`,
    "",
  ];
}

const renderComponents = ({ components }: Survey): string[] =>
  writeTable(
    "Components",
    [
      "component",
      "files",
      "lines",
      "language",
      "test files that import it",
      "needs to run",
      "owners",
    ],
    components
      .slice(0, mostRows)
      .map(({ name, folder, files, lines, language, tests, dependencies, owners }) => [
        name === folder ? codeCell(folder) : `${codeCell(name)} ${codeCell(folder || ".")}`,
        files,
        lines,
        language ?? "",
        tests,
        dependencies ?? "",
        owners.map(codeCell).join(" "),
      ]),
  );

const renderDirections = ({ directions }: Survey): string[] =>
  writeTable(
    "Directions",
    ["from", "to", "imports", "first"],
    directions
      .slice(0, mostRows)
      .map(({ from, to, imports, place }) => [
        codeCell(from || "(root)"),
        codeCell(to || "(root)"),
        imports,
        showPlace(place).replace(/\|/g, "\\|"),
      ]),
  );

const renderPast = ({ hotSpots, hubs, hiddenPairs }: Survey): string[] => [
  ...writeTable(
    "Hot spots: changed often, and long",
    ["file", "commits", "lines"],
    hotSpots.map(({ path, commits, lines }) => [codeCell(path), commits, lines]),
  ),
  ...writeTable(
    "Most imported",
    ["file", "importing files"],
    hubs.map(({ path, importers }) => [codeCell(path), importers]),
  ),
  ...writeTable(
    "Hidden coupling: change together without an import",
    ["file", "file", "together", "of"],
    hiddenPairs.map(({ left, right, together, of }) => [
      codeCell(left),
      codeCell(right),
      together,
      of,
    ]),
  ),
];

const renderEntries = ({ entryPoints }: Survey): string[] =>
  writeTable(
    "Where programs begin",
    ["place", "why"],
    entryPoints.map(({ path, line, why }) => [
      codeCell(`${path}:${line}`),
      printableName(why).replace(/[|\\*_<>[\]]/g, "\\$&"),
    ]),
  );

const renderConventions = ({ conventions }: Survey): string[] =>
  conventions.length === 0
    ? []
    : ["## Conventions", "", ...conventions.map(({ sentence }) => `- ${sentence}`), ""];
