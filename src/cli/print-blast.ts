import { styleText } from "node:util";
import type { BlastRadius } from "../codebase/blast-radius.ts";
import { toPrintable } from "../shared/printable.ts";
import { summarizeBlast } from "../view/render-blast-radius.ts";
import type { Terminal } from "./terminal.ts";

const shown = 15;
const whys = { imports: "imports it", named: "named after it", "changes-with": "changes with it" };

/** A blast radius for a person: a sentence, then a list for each way in which files hang together. */
export function printBlast(terminal: Terminal, radius: BlastRadius): void {
  const { importers, changesWith, hidden, tests, publicApi, owners, ranked, notes } = radius;
  terminal.out(`\n${toPrintable(summarizeBlast(radius))}`);
  const print = (title: string, lines: readonly string[], inAll = lines.length): void => {
    if (lines.length === 0) return;
    terminal.out(terminal.colours ? styleText("bold", `\n${title}`) : `\n${title}`);
    for (const line of lines.slice(0, shown)) terminal.out(`  ${oneLine(line)}`);
    if (inAll > shown) terminal.out(`  … and ${inAll - Math.min(shown, lines.length)} more`);
  };
  print("Imports it", importers.map(describeImporter), radius.importersInAll);
  print(
    "Changes with it",
    changesWith.map(({ path, together, of }) => {
      const mark = hidden.includes(path) ? ", without an import" : "";
      return `${path}  in ${together} of ${of} commits${mark}`;
    }),
  );
  print(
    "Tests",
    tests.map(({ path, why }) => `${path}  ${whys[why]}`),
  );
  print(
    "Public",
    publicApi.map(
      ({ name, line, through }) => `${name}  ${describeThrough(radius, line, through)}`,
    ),
  );
  print("Owners", owners);
  print(
    "May have to change too",
    ranked.map(({ path, reasons }) => `${path}  ${reasons.slice(0, 2).join(" · ")}`),
  );
  for (const note of notes) terminal.err(toPrintable(note));
}

const oneLine = (text: string): string =>
  toPrintable(text)
    .replace(/\s*\n\s*/g, " ")
    .trimEnd();

function describeImporter({
  path,
  line,
  names,
  distance,
}: BlastRadius["importers"][number]): string {
  const place = line > 1 ? `${path}:${line}` : path;
  const step = distance === 2 ? "second step" : "";
  return `${place}  ${[names.slice(0, 5).join(", "), step].filter(Boolean).join(" · ")}`;
}

const describeThrough = ({ path }: BlastRadius, line: number, through: string | null): string =>
  through === null
    ? `line ${line}`
    : `line ${line}, ${through === path ? "an entry of its package" : `handed on by ${through}`}`;
