import { loadCodebase } from "../../../src/codebase/load-codebase.ts";
import { openWorkspace } from "../../../src/workspace/git/open-workspace.ts";

// What a bundle is made of in a test: `bundled.mjs <repository> <storage> <threads>` prints the declarations of its head.
const [repository = "", storage = "", workers = "0"] = process.argv.slice(2);
const opened = await openWorkspace({
  ...{ repository, storage, isolation: "none", protectedPaths: [] },
  environment: { PATH: process.env.PATH ?? "", HOME: storage },
});
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const commit = await opened.value.resolve("HEAD");
if (!commit.ok) throw new Error(JSON.stringify(commit.failure));
const snapshot = opened.value.snapshot(commit.value);
const codebase = await loadCodebase(snapshot, { workers: Number(workers) });
const symbols = codebase.files.flatMap((file) => file.symbols);
process.stdout.write(JSON.stringify({ ...codebase.made, symbols }));
