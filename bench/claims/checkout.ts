import { execFileSync } from "node:child_process";
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A work tree as a person with a shell sees it. It shares nothing with the checker, so that it can say what is true. */
export type Checkout = {
  paths: readonly string[];
  has(path: string): boolean;
  read(path: string): string;
  /** Whether a word stands anywhere in the tracked text. */
  says(word: string): boolean;
  /** Files that people write and ship: no tests, documents, examples, generated or vendored code. */
  product: readonly string[];
};

const largest = 400_000;
const aside =
  /(?:^|\/)(?:(?:[\w-]+[-_])?tests?|__tests__|specs?|e2e|docs?|examples?|fixtures?|__fixtures__|__snapshots__|testdata|test-d|vendor|third_party|node_modules|dist|build|generated|benchmarks?|bench|\.github|\.yarn|playground|www|templates?|static|public|assets)\//i;
const named =
  /\.(?:test|test-d|spec|config|d|min|generated|pb)\.\w+$|_test\.\w+$|(?:^|\/)test_[^/]+$|(?:^|\/)conftest\.py$|Tests?\.java$|_spec\.rb$/;

export function openCheckout(root: string): Checkout {
  const listed = execFileSync("git", ["-C", root, "ls-files", "-z"], {
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  const paths = listed.split("\0").filter((path) => path !== "" && isFile(join(root, path)));
  const all = new Set(paths);
  const texts = new Map<string, string>();
  const read = (path: string): string => {
    const before = texts.get(path);
    if (before !== undefined) return before;
    const bytes = all.has(path) ? readFileSync(join(root, path)) : Buffer.alloc(0);
    const text = bytes.length > largest || bytes.includes(0) ? "" : bytes.toString("utf8");
    texts.set(path, text);
    return text;
  };
  let words: Set<string> | null = null;
  const says = (word: string): boolean => {
    words ??= new Set(
      paths.flatMap((path) => [...new Set(read(path).match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [])]),
    );
    return words.has(word);
  };
  // A file with very long lines was made by a tool.
  const isWritten = (path: string): boolean =>
    read(path).length / (read(path).split("\n").length || 1) < 150 &&
    !/generated/i.test(read(path).slice(0, 400));
  const product = paths.filter((path) => !aside.test(path) && !named.test(path) && isWritten(path));
  return { paths, has: (path) => all.has(path), read, says, product };
}

function isFile(path: string): boolean {
  try {
    return lstatSync(path).isFile();
  } catch {
    return false;
  }
}
