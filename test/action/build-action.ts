import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../../scripts/bundle.mjs";

const root = join(import.meta.dirname, "../..");

let built: Promise<string> | null = null;

/** The Action as it is shipped, built once for all tests of a file. */
export function buildAction(): Promise<string> {
  built ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), "archwright-built-"));
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
    await bundle({ entry: "action/index.ts", name: "index" }, join(folder, "action/dist"), root);
    cpSync(join(root, "action/action.yml"), join(folder, "action/action.yml"));
    cpSync(join(root, ".github"), join(folder, ".github"), { recursive: true });
    const name = ["-c", "user.name=Archwright", "-c", "user.email=archwright@localhost"];
    for (const call of [
      ["init", "--quiet"],
      ["add", "--all"],
      [...name, "commit", "-qm", "built"],
    ]) {
      execFileSync("git", ["-C", folder, ...call]);
    }
    return folder;
  })();
  return built;
}
