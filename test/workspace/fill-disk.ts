// Run by full-disk.test.ts: works in a storage on a tiny disk and prints what the workspace said.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openWorkspace } from "../../src/workspace/git/open-workspace.ts";

const [, , repository = "", storage = ""] = process.argv;
const environment = {
  PATH: process.env.PATH ?? "",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};
const reasonOf = (result: { ok: true } | { ok: false; failure: { reason: string } }) =>
  result.ok ? "ok" : result.failure.reason;

const opened = await openWorkspace({
  repository,
  storage,
  isolation: "none",
  protectedPaths: [],
  environment,
});
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const workspace = opened.value;
const commit = await workspace.resolve("HEAD");
if (!commit.ok) throw new Error("no commit");
const first = await workspace.open(commit.value);
if (!first.ok) throw new Error(JSON.stringify(first.failure));
const tree = first.value;
const filler = join(storage, "filler");
const fillUp = () => {
  for (let size = 65_536; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: "a" });
    } catch {
      // Smaller pieces until nothing fits.
    }
  }
};

const seen: Record<string, unknown> = {};
fillUp();
seen.write = reasonOf(await tree.write("a.txt", "y".repeat(50_000)));
seen.kept = readFileSync(join(tree.directory, "a.txt"), "utf8");
seen.leftovers = readdirSync(tree.directory).filter((name) => name.startsWith(".archwright"));
rmSync(filler);
await tree.write("a.txt", "changed\n");
fillUp();
seen.commit = reasonOf(await tree.commit("change"));
seen.head = (await tree.head()) === commit.value ? "unchanged" : "moved";
seen.open = reasonOf(await workspace.open(commit.value));
rmSync(filler);
seen.worktrees = readdirSync(join(storage, "worktrees")).length;
const again = await tree.commit("change");
seen.again = again.ok && again.value !== null ? "ok" : again;
await tree.close();
seen.closed = readdirSync(join(storage, "worktrees")).length;
process.stdout.write(JSON.stringify(seen));
