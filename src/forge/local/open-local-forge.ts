import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fail, type Result, succeed } from "../../shared/result.ts";
import type { Forge, Reconciled, StandingAnswer, View } from "../port.ts";
import { isLocalRunAlive } from "./local-run.ts";

export type LocalForgeOptions = {
  /** Folder of ours beside the repository's objects; what was shown is remembered there. */
  storage: string;
  /** The person at the terminal. On their own machine they are the maintainer. */
  person: { id: string };
  /** Shows a new comment of the thread. */
  show: (markdown: string, key: string) => void;
};

type Shown = Record<string, string>;

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

async function readShown(file: string): Promise<Shown> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Shown;
  } catch {
    // Missing or torn: showing a comment once more is harmless, the ledger is the record.
    return {};
  }
}

/** The terminal as the thread of an issue: each comment is shown once, also over several runs. */
export function openLocalForge(options: LocalForgeOptions): Forge {
  const fileOf = (issue: number): string => join(options.storage, "threads", `${issue}.json`);

  async function reconcile(view: View): Promise<Result<Reconciled>> {
    const file = fileOf(view.issue);
    const shown = await readShown(file);
    const fresh = view.comments.filter((comment) => !(comment.key in shown));
    if (fresh.length === 0) return succeed({ writes: 0, notes: [] });
    for (const comment of fresh) {
      options.show(comment.markdown, comment.key);
      shown[comment.key] = digest(comment.markdown);
    }
    try {
      await mkdir(join(options.storage, "threads"), { recursive: true });
      await writeFile(`${file}.new`, JSON.stringify(shown));
      await rename(`${file}.new`, file);
    } catch (error) {
      const full = (error as { code?: string }).code === "ENOSPC";
      if (full) return fail({ reason: "disk-full", path: options.storage });
      return fail({ reason: "ledger-unavailable", detail: (error as Error).message });
    }
    return succeed({ writes: fresh.length, notes: [] });
  }

  return {
    name: "local",
    // A terminal comment cannot be edited or deleted, so it stands as long as the ledger tells of it.
    standing: async (_issue, approval): Promise<StandingAnswer> =>
      approval.actorId === options.person.id
        ? { role: "admin", intact: true }
        : { role: "none", intact: false },
    isRunAlive: ({ runId }) => isLocalRunAlive(runId),
    reconcile,
    reply: async (_thread, { key, markdown }) => succeed(options.show(markdown, key)),
    acknowledge: async () => {},
  };
}
