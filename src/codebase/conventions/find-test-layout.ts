import type { Codebase, SourceFile } from "../codebase.ts";
import type { TestLayout } from "../found.ts";
import { groupBy } from "./count-by.ts";
import { languageOf } from "./name-language.ts";
import { nameTest, nameUnmarked } from "./name-test.ts";
import { isOfTests } from "./name-test-tool.ts";
import { folderOf, isProp, nameOf, packageFolderOf } from "./split-path.ts";

type Layout = TestLayout["layouts"][number];
type TestFile = { path: string; language: string; folder: string; naming: string };
type Placed = TestFile & Pick<Layout, "placement" | "place">;

/**
 * Where this repository puts its tests and how it names them, by what most of them do. `place` is a path from the root for a separate
 * tree, a bare name for a sibling folder. What lies among tests and is none (fixtures, support, `conftest.py`) does not count.
 */
export function findTestLayout(codebase: Codebase): TestLayout {
  const tests = findTests(codebase);
  const placed = placeTests(codebase, tests);
  const groups = groupBy(placed, ({ language, folder }) => `${folder}\n${language}`);
  const layouts = groups.flatMap(({ items }) =>
    groupBy(items, keyOf).map(({ items: alike }) => describe(alike, items.length)),
  );
  return {
    none: tests.length === 0,
    layouts: layouts.sort((left, right) => right.files - left.files),
  };
}

const keyOf = ({ placement, place, naming }: Placed): string => `${placement}\n${place}\n${naming}`;

function describe(alike: readonly Placed[], all: number): Layout {
  const [first] = alike;
  return {
    language: first?.language ?? "",
    folder: first?.folder ?? "",
    placement: first?.placement ?? "beside",
    place: first?.place ?? null,
    naming: first?.naming ?? "",
    files: alike.length,
    share: alike.length / all,
    examples: alike.slice(0, 3).map(({ path }) => path),
  };
}

/** Least share of marked names at which those without a mark are support for them. */
const marksRule = 0.2;

function findTests(codebase: Codebase): TestFile[] {
  const candidates = codebase.files.flatMap((file) => {
    const language = languageOf(file);
    if (file.role !== "test" || language === null || isProp(file.path)) return [];
    const folder = packageFolderOf(file.path, codebase.packages);
    const marked = nameTest(file.path);
    return [{ path: file.path, language, folder, marked, looks: looksLikeTest(file) }];
  });
  const groups = groupBy(candidates, ({ folder, language }) => `${folder}\n${familyOf(language)}`);
  const tests = groups.flatMap(({ items }) => {
    const marked = items.filter((item) => item.marked !== null);
    const chosen =
      marked.length >= items.length * marksRule
        ? marked
        : items.filter(({ marked, looks, path }) => marked !== null || (looks && !isSupport(path)));
    return chosen.map(({ path, language, folder, marked: naming }) => ({
      path,
      language,
      folder,
      naming: naming ?? nameUnmarked(path),
    }));
  });
  const inside = codebase.files.filter(holdsTests).map(({ path, language }) => ({
    path,
    language: language ?? "rust",
    folder: packageFolderOf(path, codebase.packages),
    naming: "{name}.rs",
  }));
  return [...tests, ...inside].sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** A name without a mark needs more to be a test's: an import that only tests have, or Rust's word that `tests/` is tests. */
const looksLikeTest = ({ language, imports }: SourceFile): boolean =>
  language === "rust" || imports.some(({ specifier }) => isOfTests(specifier));

/** Languages whose tests stand for one another: a repository writes `.test.ts` and `.test.tsx` by one custom. */
const familyOf = (language: string): string =>
  /^(?:typescript|tsx|javascript|vue|svelte)$/.test(language) ? "script" : language;

const isSupportName = (path: string): boolean =>
  /^(?:__init__|conftest|mod|index|setup|globals?)[.]/.test(nameOf(path));

const isSupport = (path: string): boolean =>
  /(?:^|\/)(?:support|helpers?|utils?|common|setup|lib|shared)(?:\/|[.])/i.test(path) ||
  isSupportName(path) ||
  /(?:^|\/)[^/]*(?:helpers?|utils?|setup|config)[.][a-z]+$/i.test(path);

/** Rust keeps unit tests in the file that they test, in a module of their own. */
const holdsTests = ({ language, role, symbols }: SourceFile): boolean =>
  language === "rust" &&
  role === "source" &&
  symbols.some(({ kind, name }) => kind === "module" && /^tests?$/.test(name));

const testFolder = /^(?:(?:.+[._-])?(?:tests?|specs?|testing)|__tests__|e2e|it)$/i;

/** Where tests outnumber other files by this much, those others support them and are no code that tests stand beside. */
const supportRule = 0.25;

const keyOfFolder = (folder: string, language: string): string =>
  `${folder}\n${familyOf(language)}`;

function countFolders(files: readonly { path: string; language: string }[]): Map<string, number> {
  const groups = groupBy(files, ({ path, language }) => keyOfFolder(folderOf(path), language));
  return new Map(groups.map(({ key, items }) => [key, items.length]));
}

function placeTests(codebase: Codebase, tests: readonly TestFile[]): Placed[] {
  const sources = countFolders(
    codebase.files
      .filter(({ role, path }) => role === "source" && !isSupportName(path))
      .map((file) => ({ path: file.path, language: languageOf(file) ?? "" })),
  );
  const counts = countFolders(tests);
  const hasSources = (folder: string, language: string): boolean => {
    const key = keyOfFolder(folder, language);
    return (sources.get(key) ?? 0) > (counts.get(key) ?? 0) * supportRule;
  };
  const found = tests.map((test) => ({ test, at: folderOfTests(test) }));
  const isSibling = ({ test, at }: (typeof found)[number]): boolean =>
    at !== null && folderOf(at) !== test.folder && hasSources(folderOf(at), test.language);
  const siblings = new Map<string, Set<string>>();
  for (const each of found.filter(isSibling)) {
    const name = nameOf(each.at ?? "");
    siblings.set(name, (siblings.get(name) ?? new Set()).add(folderOf(each.at ?? "")));
  }
  return found.map((each): Placed => {
    const { test, at } = each;
    const name = nameOf(at ?? "");
    if (hasSources(folderOf(test.path), test.language) || isTestsFile(test, at))
      return { ...test, placement: "beside", place: null };
    // One `pandas/tests` is a tree of its own; a `tests` in many folders is a custom.
    if (name === "__tests__" || (isSibling(each) && (siblings.get(name)?.size ?? 0) > 1))
      return { ...test, placement: "sibling-folder", place: name };
    return { ...test, placement: "separate-tree", place: at ?? firstFolder(test) };
  });
}

/** `tests.rs` and `tests.py` are of the folder that they stand in, which may hold nothing else. */
const isTestsFile = ({ path }: TestFile, at: string | null): boolean =>
  at === null && /(?:^|\/)tests?[.][a-z]+$/.test(path);

/** The folder that says that everything below it is tests; null where none does. */
function folderOfTests({ path, folder }: TestFile): string | null {
  const parts = folderOf(path).split("/");
  const start = folder === "" ? 0 : folder.split("/").length;
  const index = parts.findIndex((part, at) => at >= start && testFolder.test(part));
  if (index < 0) return null;
  const isLanguage = /^(?:java|kotlin|scala|groovy|php|python|js|ts)$/.test(parts[index + 1] ?? "");
  const isMaven = isLanguage && parts[index - 1] === "src";
  return parts.slice(0, index + (isMaven ? 2 : 1)).join("/");
}

function firstFolder({ path, folder }: TestFile): string {
  const rest = folder === "" ? path : path.slice(folder.length + 1);
  const first = rest.includes("/") ? (rest.split("/")[0] ?? "") : "";
  return [folder, first].filter((part) => part !== "").join("/");
}
