import { appendFile, glob } from "node:fs/promises";
import { runSpec } from "../cli/spec.ts";
import type { Terminal } from "../cli/terminal.ts";
import { fail } from "../shared/result.ts";
import { endWith, type JobEnd } from "./ending.ts";
import type { JobContext } from "./job-context.ts";

type Checked = {
  file: string;
  faults: { line: number; column: number; message: string; example: string }[];
  error?: string;
};

/** Values of workflow commands are escaped as the runner's own toolkit does: % first, then line ends, then separators. */
const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

const annotation = (file: string, line: number, column: number, message: string): string =>
  `::error file=${escapeProperty(file)},line=${line},col=${column}::${escapeData(message)}`;

async function findFiles(patterns: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    for await (const path of glob(pattern)) found.add(path);
  }
  return [...found].sort();
}

async function check(files: string[]): Promise<Checked[]> {
  let printed = "";
  const terminal: Terminal = {
    out: (text) => {
      printed += text;
    },
    err: () => {},
    interactive: false,
    colours: false,
    ask: async () => null,
  };
  await runSpec("check", files, { json: true, write: false }, terminal);
  return JSON.parse(printed) as Checked[];
}

function annotate(checked: readonly Checked[]): number {
  let faults = 0;
  for (const { file, faults: found, error } of checked) {
    if (error !== undefined) process.stdout.write(`${annotation(file, 1, 1, error)}\n`);
    for (const { line, column, message, example } of found) {
      process.stdout.write(`${annotation(file, line, column, `${message}\n${example}`)}\n`);
    }
    faults += found.length + (error === undefined ? 0 : 1);
  }
  return faults;
}

/**
 * Checks the documents of a pull request, annotates each fault at its line, and fails when there is one. Files that no pattern
 * finds are said, and are no fault: most pull requests touch no design.
 */
export async function checkDocuments({ inputs, environment }: JobContext): Promise<JobEnd> {
  if (inputs.files.length === 0) {
    return fail({
      reason: "input-invalid",
      input: "files",
      detail: "it is empty: give one glob a line",
    });
  }
  const files = await findFiles(inputs.files);
  const checked = files.length > 0 ? await check(files) : [];
  const faults = annotate(checked);
  const summary = `${files.length} documents checked, ${faults} faults`;
  process.stdout.write(`${summary}\n`);
  const output = environment.GITHUB_OUTPUT;
  if (output) await appendFile(output, `checked=${files.length}\nfaults=${faults}\n`);
  const page = environment.GITHUB_STEP_SUMMARY;
  if (page) await appendFile(page, `**Archwright**: ${summary}\n`);
  return { ok: true, value: endWith("checked", summary, { red: faults > 0, told: true }) };
}
