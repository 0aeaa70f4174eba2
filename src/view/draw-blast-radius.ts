import type { BlastRadius } from "../codebase/blast-radius.ts";

/** More than this nobody reads in a drawing; the table has the rest. */
const most = { importers: 10, tests: 5, changes: 8 } as const;
const longest = 48;

type Edge = { from: string; to: string; arrow: string };

/**
 * A Mermaid drawing of a blast radius: what imports and tests it points at it, what changes with it without an import is dashed.
 * Valid whatever the paths hold, and at most about 25 boxes.
 */
export function drawBlastRadius(radius: BlastRadius): string {
  const nodes = new Map<string, string>([[radius.path, "n0"]]);
  const idOf = (path: string): string => {
    const known = nodes.get(path) ?? `n${nodes.size}`;
    nodes.set(path, known);
    return known;
  };
  const edges: Edge[] = [];
  const join = (from: string, to: string, arrow: string): void => {
    edges.push({ from: idOf(from), to: idOf(to), arrow });
  };
  const tests = new Set(radius.tests.map(({ path }) => path));
  const direct = radius.importers.filter(
    ({ path, distance }) => distance === 1 && !tests.has(path),
  );
  const further = radius.importers.filter(
    ({ path, distance }) => distance === 2 && !tests.has(path),
  );
  const shown = [...direct, ...further].slice(0, most.importers);
  for (const { path, distance } of shown)
    join(path, radius.path, distance === 1 ? "-->" : "-- second step -->");
  for (const { path } of radius.tests.slice(0, most.tests)) join(path, radius.path, "-- tests -->");
  const changing = radius.changesWith.filter(({ path }) => !nodes.has(path)).slice(0, most.changes);
  for (const { path, together, of } of changing) {
    const isHidden = radius.hidden.includes(path);
    join(
      path,
      radius.path,
      `${isHidden ? "-." : "--"} ${together} of ${of} commits ${isHidden ? ".-" : "---"}`,
    );
  }
  const boxes = [...nodes].map(
    ([path, id]) => `  ${id}["${label(id === "n0" ? radius.target : path)}"]`,
  );
  const lines = edges.map(({ from, to, arrow }) => `  ${from} ${arrow} ${to}`);
  return ["flowchart LR", ...boxes, ...lines, "  style n0 stroke-width:3px"].join("\n");
}

/**
 * Every character that could mean something to Mermaid or HTML as its number, and what it would take for a list; the middle of a long
 * path is left out.
 */
function label(path: string): string {
  const letters = [...path];
  const short =
    letters.length <= longest
      ? letters
      : [...letters.slice(0, longest / 2 - 8), "…", ...letters.slice(-(longest / 2 + 7))];
  return short
    .map((letter) => {
      if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(letter)) return "�";
      return /[\p{L}\p{N} ./_-]|…/u.test(letter) ? letter : `#${letter.codePointAt(0)};`;
    })
    .join("")
    .replace(/^(\d+)\. /, "$1#46; ")
    .replace(/^- /, "#45; ");
}
