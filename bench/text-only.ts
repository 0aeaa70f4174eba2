import { spawnSync } from "node:child_process";

// What there is to compare with: the words of every text of a commit in one inverted index, by the plainest fast program. No declarations, no
// imports, no past, nothing kept. `text-only <repository>`.
const repository = process.argv[2] ?? ".";
const git = (parameters: readonly string[], input = ""): Buffer =>
  spawnSync("git", ["-C", repository, ...parameters], { input, maxBuffer: 2 ** 31 }).stdout;

const listed = git(["ls-tree", "-r", "-l", "HEAD"]).toString("utf8").split("\n");
const ids = listed.flatMap((line) => {
  const [mode, , id = "", size] = line.split(/\s+/, 4);
  return mode?.startsWith("100") && Number(size) <= 2_000_000 ? [id] : [];
});

const known = new Map<string, readonly string[]>();
function partsOf(name: string): readonly string[] {
  const before = known.get(name);
  if (before !== undefined) return before;
  const parts = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .filter((part) => part.length > 1)
    .map((part) => part.toLowerCase().replace(/(ing|ed|s)$/, ""));
  if (parts.length > 1) parts.push(`=${name.toLowerCase()}`);
  known.set(name, parts);
  return parts;
}

const postings = new Map<string, number[]>();
function addText(text: string, place: number): void {
  const counts = new Map<string, number>();
  for (const name of text.match(/[A-Za-z_$][A-Za-z0-9_$]*/g) ?? [])
    for (const part of partsOf(name)) counts.set(part, (counts.get(part) ?? 0) + 1);
  for (const [part, count] of counts) {
    const posting = postings.get(part);
    if (posting === undefined) postings.set(part, [place, count]);
    else posting.push(place, count);
  }
}

const output = git(["cat-file", "--batch", "--buffer"], `${ids.join("\n")}\n`);
let at = 0;
for (const place of ids.keys()) {
  const end = output.indexOf(10, at);
  const size = Number(output.toString("latin1", at, end).split(" ")[2] ?? 0) || 0;
  const bytes = output.subarray(end + 1, end + 1 + size);
  if (!bytes.includes(0)) addText(bytes.toString("utf8"), place);
  at = end + 1 + (size === 0 && output[end + 1] !== 10 ? 0 : size + 1);
}
const mebibytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ files: ids.length, terms: postings.size, mebibytes }));
