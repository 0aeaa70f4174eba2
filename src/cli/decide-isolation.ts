import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fail, type Result, succeed } from "../shared/result.ts";
import { detectIsolation, type IsolationMode } from "../workspace/git/detect-isolation.ts";
import type { Terminal } from "./terminal.ts";

const fileOf = (storage: string): string => join(storage, "isolation");

async function remembered(storage: string): Promise<IsolationMode | null> {
  const text = await readFile(fileOf(storage), "utf8").catch(() => "");
  return text.trim() === "none" ? "none" : null;
}

async function remember(storage: string): Promise<void> {
  await mkdir(storage, { recursive: true });
  await writeFile(fileOf(storage), "none\n");
}

const question = (detail: string): string =>
  `Checkpoints run this repository's commands on code that a model wrote, and they cannot be isolated here\n` +
  `(${detail}). Run them as yourself? They could read your files and this program's memory. [y/N] `;

/**
 * How commands of the repository run. Isolated where the machine can; where it cannot, the person decides once
 * and is told (plan, section 7). Without a person to ask it must be said by `--isolation`.
 * `path` is the PATH that commands will have: what isolates them must be found on it.
 */
export async function decideIsolation(
  wanted: IsolationMode | "ask",
  storage: string,
  terminal: Terminal,
  path: string,
): Promise<Result<IsolationMode>> {
  if (wanted === "none") {
    terminal.err("Commands of the repository run without isolation, as you decided.");
    return succeed("none");
  }
  const found = await detectIsolation(path);
  if (found.available) return succeed("namespaces");
  if (wanted === "namespaces")
    return fail({ reason: "isolation-unavailable", detail: found.detail });
  if ((await remembered(storage)) === "none") {
    terminal.err("Commands of the repository run without isolation, as you decided earlier.");
    return succeed("none");
  }
  if (!terminal.interactive) return fail({ reason: "isolation-undecided" });
  const answer = await terminal.ask(question(found.detail));
  if (!/^y(es)?$/i.test(answer?.trim() ?? "")) return fail({ reason: "isolation-undecided" });
  await remember(storage);
  return succeed("none");
}
