import type { Codebase, SourceFile } from "../codebase.ts";
import { push } from "../graph/path-index.ts";
import { folderOf, nameOf, sharedDepth } from "../graph/place.ts";

/** What names tell of all files, found once for a codebase. */
type Names = {
  /** Sources and tests by what they are called. */
  sources: ReadonlyMap<string, readonly string[]>;
  tests: ReadonlyMap<string, readonly string[]>;
  /** Folders of the product, as trees of tests mirror them. */
  mirrored: ReadonlySet<string>;
};

const known = new WeakMap<Codebase, Names>();

/** Tests called as a file is, in the order of paths, but not those that lie nearer to another file of that name. */
export function findNamedTests(codebase: Codebase, file: SourceFile): string[] {
  const wanted = testNames(file.path);
  if (file.role !== "source" || wanted.has("")) return [];
  const { sources, tests, mirrored } = namesOf(codebase);
  const rivals = (sources.get(bare(nameOf(file.path))) ?? []).filter((path) => path !== file.path);
  const own = `${mirrorOf(file.path)}/`;
  return [...wanted]
    .flatMap((name) => tests.get(name) ?? [])
    .filter((path) => {
      // A test that mirrors another folder of the product is of something there.
      const mirror = mirrorOf(path);
      if (mirror !== "" && mirrored.has(mirror) && !own.startsWith(`${mirror}/`)) return false;
      const close = closeness(path, file.path);
      return rivals.every((rival) => closeness(path, rival) <= close);
    })
    .sort();
}

function namesOf(codebase: Codebase): Names {
  const before = known.get(codebase);
  if (before !== undefined) return before;
  const sources = new Map<string, string[]>();
  const tests = new Map<string, string[]>();
  const mirrored = new Set<string>();
  for (const { path, role, language } of codebase.files) {
    if (role === "source") {
      push(sources, bare(nameOf(path)), path);
      mirrored.add(mirrorOf(path));
    } else if (role === "test" && language !== null) push(tests, bare(nameOf(path)), path);
  }
  const names = { sources, tests, mirrored };
  known.set(codebase, names);
  return names;
}

/** What a file is called without endings and the marks of a test, with `-` and `_` alike. */
const bare = (name: string): string =>
  name
    .replace(/\.[^.]+$/, "")
    .replace(/(?:[._-](?:test|tests|spec|specs|e2e|unittest))+$/i, "")
    .replace(/(?<=[a-z0-9])(?:Tests?|TestCase|IT|Spec)$/, "")
    .replace(/^test[_.-]/i, "")
    .replace(/^Test(?=[A-Z])/, "")
    .replace(/\.(?:d|vue)$/, "")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();

/** Names that every folder has: the folder's own says more. */
const common =
  /^(?:index|main|mod|lib|init|types?|utils?|helpers?|models?|views?|base|common|config)$/;

/** Names that a test of a file may have: the file's, with its folders before it; of a name that says little the folder's. */
function testNames(path: string): ReadonlySet<string> {
  const stem = bare(nameOf(path));
  const folder = bare(nameOf(folderOf(path)));
  const parent = bare(nameOf(folderOf(folderOf(path))));
  const withFolders = [folder + stem, parent + folder + stem];
  return new Set(
    common.test(stem) ? [folder, parent + folder, ...withFolders] : [stem, ...withFolders],
  );
}

const mirrorOf = (path: string): string => folderOf(withoutTree(path));

const closeness = (test: string, path: string): number =>
  sharedDepth(withoutTree(test), withoutTree(path));

/** `test/a/b` mirrors `src/a/b`. */
const withoutTree = (path: string): string =>
  path
    .replace(/(^|\/)(?:src|lib|tests?|__tests__|specs?|main|java|kotlin|python)(?=\/)/g, "$1.")
    .replace(/(?:\.\/)+/g, "");
