import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { redact, redactValues } from "../shared/redact.ts";
import type { Environment } from "./read-inputs.ts";

/** GitHub shows nothing of a summary beyond 1 MiB. */
export const SUMMARY_BYTES = 1_048_576;
const ROOM_FOR_NOTE = 200;

export type AnnotationLevel = "error" | "warning" | "notice";

/** The ways from a step to the runner: outputs, the page of the run, annotations, masks, the log. All of it is redacted. */
export type Runner = {
  output(name: string, value: string): void;
  summary(markdown: string): void;
  annotate(level: AnnotationLevel, message: string): void;
  /** Hides a value in the log of this job, and in all that is written here. */
  mask(value: string): void;
  log(text: string): void;
};

/** Values of workflow commands are escaped as the runner's own toolkit does: % first, then line ends. */
const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

/**
 * Lines that would be read as a command of the runner are only shown. The runner finds `##[` anywhere in a line, and `::` after blanks as .NET
 * counts them (U+0085 too). Broken by a plain blank: invisible characters may be ignored where texts are compared by a culture's rules.
 */
const defuse = (text: string): string =>
  text
    .replaceAll("\r", "\n")
    .replaceAll(/^([\s\u0085]*):(?=:)/gm, "$1: ")
    .replaceAll("##[", "## [");

function cutBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= limit) return text;
  const kept = bytes
    .subarray(0, limit - ROOM_FOR_NOTE)
    .toString("utf8")
    .replace(/\uFFFD+$/, "");
  return `${kept}\n\n*The rest does not fit on this page; it is in the log.*\n`;
}

/** Files and standard output as the runner reads them. A name of a file that is missing, as outside of Actions, writes nothing. */
export function openRunner(
  environment: Environment,
  write: (text: string) => void = (text) => void process.stdout.write(text),
): Runner {
  const secrets: string[] = [];
  let written = 0;
  const clean = (text: string): string => redact(redactValues(text, secrets));
  return {
    output: (name, value) => {
      const file = environment.GITHUB_OUTPUT;
      if (!file) return;
      const delimiter = `archwright_${randomUUID()}`;
      appendFileSync(file, `${name}<<${delimiter}\n${clean(value)}\n${delimiter}\n`);
    },
    summary: (markdown) => {
      const file = environment.GITHUB_STEP_SUMMARY;
      if (!file || written >= SUMMARY_BYTES - ROOM_FOR_NOTE) return;
      const text = cutBytes(`${clean(markdown)}\n`, SUMMARY_BYTES - written);
      written += Buffer.byteLength(text);
      appendFileSync(file, text);
    },
    annotate: (level, message) => write(`::${level}::${escapeData(clean(message))}\n`),
    mask: (value) => {
      if (value.trim() === "" || secrets.includes(value)) return;
      secrets.push(value);
      for (const line of value.split(/\r?\n/)) {
        if (line.trim() !== "") write(`::add-mask::${escapeData(line)}\n`);
      }
    },
    log: (text) => write(`${defuse(clean(text))}\n`),
  };
}
