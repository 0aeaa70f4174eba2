import { reduceDirections } from "./reduce-directions.ts";
import type { Direction, Survey } from "./survey.ts";

const mostNodes = 25;
const mostEdges = 50;
const mostOfLabel = 60;

/** More directions than this are drawn without those that others show already. */
const mostPlain = 30;

/**
 * A Mermaid flowchart of the components and the directions of import between them, without its fence. Whatever names hold, a label is
 * letters, digits and a few marks: no name can end the label, the fence or the drawing.
 */
export function drawSurvey(survey: Survey): string {
  const { components, layers, cycles } = survey;
  const ids = new Map(chooseNodes(survey).map((folder, index) => [folder, `c${index}`]));
  const byFolder = new Map(components.map((component) => [component.folder, component]));
  const nodes = layers.flat().flatMap((folder) => {
    const [id, component] = [ids.get(folder), byFolder.get(folder)];
    if (id === undefined || component === undefined) return [];
    return [`  ${id}["${labelOf(component.name)} · ${component.files}"]`];
  });
  const edges = chooseEdges(survey).map(({ from, to, imports }) => {
    const isRing = cycles.some(({ members }) => members.includes(from) && members.includes(to));
    return `  ${ids.get(from)} ${isRing ? "-.->" : "-->"}|${imports}| ${ids.get(to)}`;
  });
  return ["flowchart TD", ...nodes, ...edges].join("\n");
}

/** The largest components, in the order of layers. */
function chooseNodes({ components, layers }: Survey): string[] {
  const shown = [...components]
    .sort((left, right) => right.files - left.files)
    .slice(0, mostNodes)
    .map(({ folder }) => folder);
  return layers.flat().filter((folder) => shown.includes(folder));
}

function chooseEdges(survey: Survey): Direction[] {
  const nodes = new Set(chooseNodes(survey));
  const between = survey.directions.filter(({ from, to }) => nodes.has(from) && nodes.has(to));
  const rings = survey.cycles.map(({ members }) => members);
  const edges = between.length > mostPlain ? reduceDirections(between, rings) : between;
  return edges.slice(0, mostEdges);
}

/** How many components and directions a drawing leaves out. */
export const leftOut = (survey: Survey): { components: number; directions: number } => ({
  components: Math.max(0, survey.components.length - mostNodes),
  directions: survey.directions.length - chooseEdges(survey).length,
});

/** A label that begins like a list would be taken for one. */
const labelOf = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N} ._/@+-]/gu, "_")
    .replace(/^(?=(?:[-+]|\d+\.) )/, "_")
    .slice(0, mostOfLabel) || "_";
