/** Lines of the right side that a diff shows, inclusive. */
export type Hunk = { start: number; end: number };

const header = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/;

/**
 * Hunks of a unified diff by the path of the right side. Lines are counted, so that text which looks like a header is none. A diff that
 * was cut has the hunks before the cut.
 */
export function parseHunks(diff: string): ReadonlyMap<string, readonly Hunk[]> {
  const files = new Map<string, Hunk[]>();
  const lines = diff.split("\n");
  let hunks: Hunk[] | null = null;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (line.startsWith("diff --git ")) hunks = null;
    else if (line.startsWith("+++ ")) {
      const path = readPath(line.slice(4));
      hunks = path === null ? null : (files.get(path) ?? []);
      if (path !== null && hunks) files.set(path, hunks);
    } else if (hunks && header.test(line)) {
      const { hunk, end } = readHunk(lines, index);
      if (hunk) hunks.push(hunk);
      index = end;
    }
  }
  return files;
}

/** Reads one hunk by the counts of its header; only what is really there counts. */
function readHunk(lines: readonly string[], at: number): { hunk: Hunk | null; end: number } {
  const [, start = "0", count = "1"] = header.exec(lines[at] ?? "") ?? [];
  const removed = Number(/^@@ -\d+(?:,(\d+))?/.exec(lines[at] ?? "")?.[1] ?? "1");
  let right = Number(count);
  let left = removed;
  let end = at;
  while ((right > 0 || left > 0) && end + 1 < lines.length) {
    const sign = lines[end + 1]?.[0];
    if (sign === "+") right--;
    else if (sign === "-") left--;
    else if (sign === " ") [right, left] = [right - 1, left - 1];
    else if (sign !== "\\") break;
    end++;
  }
  const seen = Number(count) - Math.max(0, right);
  const first = Number(start);
  return { hunk: seen > 0 ? { start: first, end: first + seen - 1 } : null, end };
}

const simple: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11 };

/** `b/path`, or in quotes with escapes where a name is unusual. null for a file that is gone. */
function readPath(written: string): string | null {
  const text = written.replace(/\t.*$/, "").trimEnd();
  if (text === "/dev/null") return null;
  if (!text.startsWith('"')) return text.replace(/^b\//, "");
  const bytes: number[] = [];
  for (const [, octal, escaped, plain] of text
    .slice(1, -1)
    .matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gs)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (escaped !== undefined) bytes.push(simple[escaped] ?? escaped.charCodeAt(0));
    else bytes.push(...Buffer.from(plain ?? "", "utf8"));
  }
  return Buffer.from(bytes).toString("utf8").replace(/^b\//, "");
}
