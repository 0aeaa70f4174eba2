import { readFile, writeFile } from "node:fs/promises";
import type { Fault } from "../documents/fault.ts";
import { inspectDocument } from "../documents/inspect-document.ts";
import { exitCodes, type Terminal } from "./terminal.ts";

export type SpecVerb = "check" | "hash" | "format";
export type SpecOptions = { json: boolean; write: boolean };

/** Larger files are no documents of ours; the reader would refuse them anyway. */
const maxBytes = 64 * 1024 * 1024;

type Answer = {
  file: string;
  kind: string | null;
  ok: boolean;
  faults: Fault[];
  hash?: string;
  formatted?: string;
  error?: string;
};

/**
 * `archwright spec check|hash|format FILE…`: reads each document (`-` is standard input) and says what is
 * wrong, its hash, or its canonical layout. Exit code 0 when all are right, 1 when one has faults, 2 when
 * a file cannot be read or written. A file with faults is never rewritten.
 */
export async function runSpec(
  verb: SpecVerb,
  files: string[],
  options: SpecOptions,
  terminal: Terminal,
): Promise<number> {
  if (files.length === 0) {
    terminal.err("no file given; name one, or - for standard input\n");
    return exitCodes.usage;
  }
  const answers: Answer[] = [];
  for (const file of files) {
    const answer = await answerFor(verb, file, options);
    answers.push(answer);
    if (!options.json) show(verb, answer, terminal);
  }
  if (options.json) terminal.out(`${JSON.stringify(answers, null, 2)}\n`);
  if (answers.some((answer) => answer.error !== undefined)) return exitCodes.usage;
  return answers.every((answer) => answer.ok) ? exitCodes.success : exitCodes.negative;
}

async function answerFor(verb: SpecVerb, file: string, options: SpecOptions): Promise<Answer> {
  const text = await readText(file);
  if (typeof text !== "string") return { ...refused(file), error: text.error };
  const inspection = inspectDocument(text);
  const { kind, ok } = inspection;
  if (!inspection.ok) return { file, kind, ok, faults: inspection.faults };
  const { hash, formatted } = inspection;
  const answer: Answer = { file, kind, ok, faults: [] };
  if (verb === "hash") return { ...answer, hash };
  if (verb === "check") return answer;
  if (!options.write || file === "-") return { ...answer, formatted };
  const error = formatted === text ? null : await save(file, formatted);
  return error === null ? answer : { ...answer, ok: false, error };
}

const refused = (file: string): Answer => ({ file, kind: null, ok: false, faults: [] });

async function readText(file: string): Promise<string | { error: string }> {
  try {
    const bytes = file === "-" ? await readInput() : await readFile(file);
    if (bytes.length > maxBytes) return { error: "file is too large" };
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    return { error: describeError(error) };
  }
}

async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function save(file: string, text: string): Promise<string | null> {
  try {
    await writeFile(file, text);
    return null;
  } catch (error) {
    return describeError(error);
  }
}

const reasons: Record<string, string> = {
  ENOENT: "no such file",
  EISDIR: "is a folder",
  EACCES: "no permission",
  EROFS: "file system is read-only",
  ENOSPC: "disk is full",
  ERR_ENCODING_INVALID_ENCODED_DATA: "is not UTF-8 text",
};

function describeError(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : "";
  return reasons[String(code)] ?? `cannot be used (${code || error})`;
}

function show(verb: SpecVerb, answer: Answer, terminal: Terminal): void {
  const { file, faults, error } = answer;
  if (error !== undefined) terminal.err(`${file}: ${error}\n`);
  for (const fault of faults) terminal.out(renderFault(file, fault));
  if (!answer.ok) return;
  if (verb === "hash") terminal.out(`${answer.hash}  ${file}\n`);
  else if (answer.formatted !== undefined) terminal.out(answer.formatted);
  else terminal.err(`${file}: ${verb === "check" ? `no faults (${answer.kind})` : "formatted"}\n`);
}

function renderFault(file: string, { line, column, message, example }: Fault): string {
  const below = example.split("\n").map((each) => (each === "" ? "" : `    ${each}`));
  return `${file}:${line}:${column} ${message}\n${below.join("\n")}\n`;
}
