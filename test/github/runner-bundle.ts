import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** As much of this project as a workflow of a user runs: its workflow files and the Action, built from the sources as they are now. */
export type BuiltProject = { folder: string; close(): void };

type Bundle = (target: { entry: string; name: string }, out: string) => Promise<void>;

const git = (folder: string, ...parameters: string[]): void => {
  const name = ["-c", "user.name=project", "-c", "user.email=project@localhost"];
  execFileSync("git", ["-C", folder, ...name, ...parameters], { stdio: "ignore" });
};

/** Builds the Action into a folder of its own, so that no test depends on whether the committed bundle is fresh. */
export async function buildProject(): Promise<BuiltProject> {
  const folder = mkdtempSync(join(tmpdir(), "archwright-built-"));
  cpSync(join(root, ".github"), join(folder, ".github"), { recursive: true });
  mkdirSync(join(folder, "action"));
  cpSync(join(root, "action/action.yml"), join(folder, "action/action.yml"));
  const { bundle } = (await import(join(root, "scripts/bundle.mjs"))) as { bundle: Bundle };
  const entry = join(root, "action/index.ts");
  await bundle({ entry, name: "index" }, join(folder, "action/dist"));
  git(folder, "init", "--quiet");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--no-gpg-sign", "--message", "project");
  return { folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}
