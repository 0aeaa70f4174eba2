import type { BlastRadius } from "../codebase/blast-radius.ts";
import { renderCodeSpan } from "../documents/code-span.ts";
import { escapeCell } from "../documents/escape-line.ts";
import { drawBlastRadius } from "./draw-blast-radius.ts";
import { inertLine } from "./inert.ts";

const shown = 12;

/**
 * A blast radius in Markdown, without headings: a sentence, a table, a Mermaid drawing, notes. Whatever paths and names the repository
 * has, they stand in code spans or as entities and begin nothing.
 */
export function renderBlastRadius(radius: BlastRadius): string {
  const table = renderTable(radius);
  const drawing = `\`\`\`mermaid\n${drawBlastRadius(radius)}\n\`\`\``;
  const notes = radius.notes.map((note) => `- ${plainText(note)}`).join("\n");
  const reached = table === "" ? [] : [table, drawing];
  return [summarizeBlast(radius), ...reached, notes].filter((part) => part !== "").join("\n\n");
}

/** Words that may hold a path: what Markdown could take for more than words gets a backslash. */
const plainText = (text: string): string =>
  inertLine(
    text
      .replace(/`{3,}/g, "'''")
      .replace(/[[\]<>*_~|\\!#&]/g, "\\$&")
      .replace(/^\s*(?=[-+=])/, "\\")
      .replace(/^\s*(\d+)(?=[.)])/, "$1\\"),
  );

/** `4 files import \`a.ts\`, 9 tests cover it, 2 usually change with it without importing it.` */
export function summarizeBlast(radius: BlastRadius): string {
  const { importersInAll, importersDirectly: direct, tests, hidden, publicApi, target } = radius;
  const further = importersInAll > direct ? ` (${direct} of them directly)` : "";
  const entries = publicApi.filter(({ through }) => through !== null).length;
  const parts = [
    `${count(importersInAll, "file imports", "files import")} ${code(target)}${importersInAll > 0 ? further : ""}`,
    count(tests.length, "test covers it", "tests cover it"),
    hidden.length > 0
      ? count(
          hidden.length,
          "usually changes with it without importing it",
          "usually change with it without importing it",
        )
      : "",
    entries > 0 ? count(entries, "name of it is public", "names of it are public") : "",
  ];
  return `${parts.filter((part) => part !== "").join(", ")}.`;
}

const count = (number: number, one: string, many: string): string =>
  `${number === 0 ? "no" : number} ${number === 1 ? one : many}`;

/** A path may hold a line end; a code span may not. */
const code = (text: string): string => renderCodeSpan(text.replace(/[\p{Cc}\u2028\u2029]/gu, "�"));

type Row = { what: string; where: string; why: string };

function renderTable(radius: BlastRadius): string {
  const rows = [
    ...cut("importer", radius.importers, radius.importersInAll, (one) => ({
      where: `${code(one.path)}${one.distance === 1 && one.line > 1 ? `:${one.line}` : ""}`,
      why: describeImport(one.names, one.distance),
    })),
    ...cut("changes with it", radius.changesWith, radius.changesWith.length, (one) => ({
      where: code(one.path),
      why: `in ${one.together} of ${one.of} commits${radius.hidden.includes(one.path) ? ", **without an import**" : ""}`,
    })),
    ...cut("test", radius.tests, radius.tests.length, (one) => ({
      where: code(one.path),
      why: whys[one.why],
    })),
    ...cut("public name", radius.publicApi, radius.publicApi.length, (one) => ({
      where: `${code(one.name)}:${one.line}`,
      why:
        one.through === null
          ? "exported"
          : one.through === radius.path
            ? "an entry of its package"
            : `handed on by ${code(one.through)}`,
    })),
    ...radius.owners.map((owner) => ({ what: "owner", where: code(owner), why: "" })),
  ];
  if (rows.length === 0) return "";
  const lines = rows.map(
    ({ what, where, why }) => `| ${what} | ${escapeCell(where)} | ${escapeCell(why)} |`,
  );
  return ["| | where | why |", "|---|---|---|", ...lines].join("\n");
}

const whys = {
  imports: "imports it",
  named: "named after it",
  "changes-with": "changes with it",
} as const;

function describeImport(names: readonly string[], distance: 1 | 2): string {
  const list = names.slice(0, 4).map(code).join(", ");
  const more = names.length > 4 ? ` and ${names.length - 4} more` : "";
  const step = distance === 2 ? "at the second step" : "";
  return [list === "" ? "" : `${list}${more}`, step].filter(Boolean).join(", ");
}

/** The first few, and how many there are beyond them. */
function cut<T>(
  what: string,
  items: readonly T[],
  inAll: number,
  show: (item: T) => Omit<Row, "what">,
): Row[] {
  const rows = items.slice(0, shown).map((item) => ({ what, ...show(item) }));
  const rest = inAll - rows.length;
  return rest > 0 ? [...rows, { what, where: `… and ${rest} more`, why: "" }] : rows;
}
