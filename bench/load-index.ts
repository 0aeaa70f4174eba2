import { openCodebase } from "../src/cli/open-codebase.ts";

// One reading of an index in a process of its own: `load-index <repository> <cache>`. Prints how it was made and what it took.
const [repo = ".", cache = ""] = process.argv.slice(2);
const notes: string[] = [];
const opened = await openCodebase({
  repo,
  cache,
  progress: (event) => void (event.kind === "note" && notes.push(event.text)),
});
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const { codebase } = opened.value;
let symbols = 0;
let windows = 0;
// What a reader of the whole index asks for is part of what it costs, but only where it is asked for.
if (process.argv[4] === "whole") {
  for (const file of codebase.files) {
    symbols += file.symbols.length;
    windows += file.windows.length;
  }
}
const mebibytes = Math.round(process.resourceUsage().maxRSS / 1024);
const { made, history } = codebase;
const told = { ...made, skipped: made.skipped.length, commits: history.commits.length };
process.stdout.write(JSON.stringify({ ...told, symbols, windows, mebibytes, notes: notes.length }));
