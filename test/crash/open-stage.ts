import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../../scripts/bundle.mjs";
import { openStandIn } from "../github/open-stand-in.ts";
import type { Stage } from "./flow.ts";
import { prepareRepository } from "./prepare-repository.ts";

const root = join(import.meta.dirname, "../..");

/** The Action as it is shipped. Returns the program; the folder is the caller's. */
export async function buildProgram(folder: string): Promise<string> {
  await bundle({ entry: "action/index.ts", name: "index" }, folder, root);
  return join(folder, "index.mjs");
}

/** A repository on the stand-in, its maintainer, and machines for its jobs. */
export async function openStage(program: string): Promise<Stage & { close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "archwright-crash-"));
  const machines = join(folder, "machines");
  mkdirSync(machines);
  const standIn = await openStandIn({ files: prepareRepository(folder), organisation: true });
  return {
    standIn,
    program,
    machines,
    mary: standIn.person("mary", "maintain"),
    close: async () => {
      await standIn.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
