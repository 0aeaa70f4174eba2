import type { Ending } from "./ending.ts";
import type { JobName } from "./read-inputs.ts";
import type { Runner } from "./runner-files.ts";

const sentence = (text: string): string =>
  /[.!?:`]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;

/**
 * Says how a run ended: the output `outcome`, a line on the page of the run with what happened, what to do and where, and an
 * annotation when the job fails. No run of ours is green without a word.
 */
export function tellEnding(runner: Runner, job: JobName | "inputs", ending: Ending): void {
  const { outcome, what, remedy, where, red, notes, outputs } = ending;
  for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
  runner.output("outcome", outcome);
  if (ending.told) return;
  const words = [what, remedy, where].flatMap((part) => (part ? [sentence(part)] : []));
  if (red) runner.annotate("error", words.join(" "));
  runner.log(`${job}: ${outcome}. ${words.join(" ")}`);
  for (const note of notes) {
    runner.annotate("notice", note);
    runner.log(note);
  }
  const list = notes.map((note) => `- ${note}`).join("\n");
  runner.summary(
    `**Archwright** · ${job} · *${outcome}*: ${words.join(" ")}${list ? `\n\n${list}` : ""}\n`,
  );
}
