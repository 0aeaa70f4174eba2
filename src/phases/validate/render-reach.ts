import type { BlastRadius } from "../../codebase/blast-radius.ts";
import { renderCodeSpan } from "../../documents/code-span.ts";
import { escapeCell } from "../../documents/escape-line.ts";

/** A path may hold a line end; a code span may not. */
const code = (text: string): string =>
  renderCodeSpan(text.replace(/[\p{Cc}\u2028\u2029]/gu, "\uFFFD"));

/** Words that may hold a path: what Markdown could take for more than words gets a backslash. */
const plain = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029]/gu, " ").replace(/[[\]<>*_~|\\!#&`]/g, "\\$&");

const mostRows = 40;
const mostNames = 6;
/** More arrows than this and nobody sees anything. */
const mostArrows = 40;

/**
 * The blast radius of all files of a plan: what of it is outside of the plan in one sentence, then a row for each file, then a drawing
 * of who imports what changes and what changes with it unseen.
 */
export function renderReach(radii: readonly BlastRadius[], planned: ReadonlySet<string>): string {
  if (radii.length === 0) return "";
  const parts = [renderHead(radii, planned), renderTable(radii), renderNotes(radii), draw(radii)];
  return parts.filter((part) => part !== "").join("\n\n");
}

function renderHead(radii: readonly BlastRadius[], planned: ReadonlySet<string>): string {
  const outside = (paths: readonly string[]): number =>
    new Set(paths.filter((path) => !planned.has(path))).size;
  const importers = outside(radii.flatMap((one) => one.importers.map(({ path }) => path)));
  const tests = new Set(radii.flatMap((one) => one.tests.map(({ path }) => path))).size;
  const hidden = outside(radii.flatMap((one) => [...one.hidden]));
  return [
    `${count(importers, "file")} beside the plan import${importers === 1 ? "s" : ""} what changes`,
    `${count(tests, "test")} cover${tests === 1 ? "s" : ""} it`,
    `${hidden} usually change${hidden === 1 ? "s" : ""} with it without importing it`,
  ].join(", ");
}

function renderTable(radii: readonly BlastRadius[]): string {
  const rows = radii.slice(0, mostRows).map((one) => {
    const cells = [
      code(one.target),
      names(
        one.importers.map(({ path }) => path),
        one.importersInAll,
      ),
      names(one.tests.map(({ path }) => path)),
      names(one.hidden),
      names(one.publicApi.filter(({ through }) => through !== null).map(({ name }) => name)),
      one.owners.map((owner) => code(owner)).join(" "),
    ];
    return `| ${cells.map(escapeCell).join(" | ")} |`;
  });
  const left = radii.length - mostRows;
  return [
    "| changes | imported by | tests | changes with it unseen | public | owners |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
    ...(left > 0 ? [`| ${left} more | | | | | |`] : []),
  ].join("\n");
}

function names(all: readonly string[], total = all.length): string {
  const shown = all.slice(0, mostNames).map(code);
  const left = total - shown.length;
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].join(", ");
}

const renderNotes = (radii: readonly BlastRadius[]): string =>
  [...new Set(radii.flatMap(({ notes }) => [...notes]))]
    .map((note) => `- ${plain(note)}`)
    .join("\n");

function draw(radii: readonly BlastRadius[]): string {
  const ids = new Map<string, string>();
  const lines: string[] = [];
  const node = (path: string): string => {
    const known = ids.get(path);
    if (known !== undefined) return known;
    const id = `n${ids.size}`;
    ids.set(path, id);
    lines.push(`  ${id}["${label(path)}"]`);
    return id;
  };
  let arrows = 0;
  for (const { path, importers, hidden } of radii) {
    const edges = [
      ...importers
        .filter(({ distance }) => distance === 1)
        .map((one) => [one.path, "-->"] as const),
      ...hidden.map((other) => [other, "-.-"] as const),
    ];
    for (const [other, arrow] of edges) {
      arrows += 1;
      if (arrows <= mostArrows) lines.push(`  ${node(other)} ${arrow} ${node(path)}`);
    }
  }
  if (arrows === 0) return "";
  const rest = arrows > mostArrows ? [`  %% ${arrows - mostArrows} more arrows`] : [];
  return ["```mermaid", "flowchart LR", ...lines, ...rest, "```"].join("\n");
}

/** Mermaid reads quotes, brackets and entities: what is not plain is written as its number. */
const label = (path: string): string =>
  path.replace(/[^\w./ -]/gu, (each) =>
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(each) ? "\uFFFD" : `#${each.codePointAt(0)};`,
  );

const count = (number: number, word: string): string =>
  `${number} ${word}${number === 1 ? "" : "s"}`;
