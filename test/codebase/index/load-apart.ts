import { createHash } from "node:crypto";
import { loadCodebase } from "../../../src/codebase/load-codebase.ts";
import { defaultProtectedPaths } from "../../../src/workspace/check-path.ts";
import { openWorkspace } from "../../../src/workspace/git/open-workspace.ts";
import { tell } from "./load-sample.ts";

// A process of its own that loads an index: `load-apart.ts <repository> <storage> <cache>`. Prints how, and a hash of what it tells.
const [repository = "", storage = "", cache = ""] = process.argv.slice(2);
const opened = await openWorkspace({
  ...{ repository, storage, cache, isolation: "none", protectedPaths: defaultProtectedPaths },
  environment: { PATH: process.env.PATH ?? "", HOME: storage },
});
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const commit = await opened.value.resolve("HEAD");
if (!commit.ok) throw new Error(JSON.stringify(commit.failure));
const codebase = await loadCodebase(opened.value.snapshot(commit.value), { workers: 1 });
const told = createHash("sha256")
  .update(JSON.stringify(tell(codebase)))
  .digest("hex");
process.stdout.write(JSON.stringify({ ...codebase.made, told }));
