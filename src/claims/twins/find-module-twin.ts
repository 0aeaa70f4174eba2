import type { Codebase, SourceFile } from "../../codebase/codebase.ts";
import { nameTest } from "../../codebase/conventions/name-test.ts";
import { isTestPath } from "../../codebase/judge-path.ts";
import { isProduct, isShown } from "../is-product.ts";
import { countWords, functionKey, isOtherNumber, wordsOf } from "./name-words.ts";

export type ModuleTwin = { file: SourceFile; why: string; sure: boolean };

/** Files of which each folder has its own. */
const customary = /^(?:package-info|module-info|__init__|__main__)$/;
const prop = /(?:^|\/)(?:__snapshots__|__fixtures__|fixtures|testdata)\//;
const known = new WeakMap<Codebase, ReadonlyMap<string, readonly SourceFile[]>>();

/** The file whose name is made of the same words, of the same language and for the same use, in another place; or null. */
export function findModuleTwin(path: string, codebase: Codebase): ModuleTwin | null {
  const stem = stemOf(path);
  const isTest = isTestPath(path);
  if (prop.test(path) || wordsOf(stem).length < 2 || customary.test(stem)) return null;
  if (isTest && !isDouble(path)) return null;
  const alike = (indexFiles(codebase).get(keyOf(path)) ?? []).filter(
    (file) =>
      // `build.mjs` beside `build.js` is the same for others who ask.
      pathOf(file.path) !== pathOf(path) &&
      !isOtherNumber(stemOf(file.path), stem) &&
      isPrivate(file.path) === isPrivate(path) &&
      // An example's copy of a module makes no custom of the product's folders.
      (isShown(path) || !isShown(file.path)) &&
      (isDouble(path) || file.role !== "test"),
  );
  // `with_rejection` and `rejection` are of one key, and only the very name is the same thing.
  const exact = alike.filter((file) => stemOf(file.path) === stem);
  const candidates = exact.length > 0 ? exact : countWords(functionKey(stem)) < 2 ? [] : alike;
  const [file] = candidates;
  if (
    file === undefined ||
    (folderOf(file.path).includes(folderOf(path)) === false && isSpread(candidates))
  )
    return null;
  const same = stemOf(file.path) === stem;
  if (same && isMirror(folderOf(path), folderOf(file.path), codebase)) return null;
  const isNear = packageOf(file.path, codebase) === packageOf(path, codebase);
  const why = `${same ? "a file of this name" : "its name has the same words"}${isNear ? "" : ", in another package"}`;
  return { file, why, sure: candidates.length === 1 && isNear };
}

const everywhere = /^(?:index|mod|main|lib|types?|utils?|constants?|helpers?|README|package)$/i;

/** Whether two folders have files of the same names already: variants of one thing (`adapter/node`, `adapter/bun`), each with its own. */
function isMirror(one: string, other: string, codebase: Codebase): boolean {
  const stemsIn = (folder: string): Set<string> =>
    new Set(
      codebase.files
        .filter(({ path, role }) => role === "source" && folderOf(path) === folder)
        .map(({ path }) => stemOf(path))
        .filter((stem) => !everywhere.test(stem)),
    );
  const [here, there] = [stemsIn(one), stemsIn(other)];
  const shared = [...here].filter((stem) => there.has(stem)).length;
  // In large folders a few names meet by chance.
  return shared > 1 && shared * 5 >= Math.min(here.size, there.size);
}

/** Folder of the innermost package: those of one repository may well name their parts alike. */
const packageOf = (path: string, codebase: Codebase): string =>
  codebase.packages
    .map(({ folder }) => folder)
    .filter((folder) => folder === "" || path.startsWith(`${folder}/`))
    .reduce((inner, folder) => (folder.length > inner.length ? folder : inner), "");

/** What stands in for something in tests is shared as the product's modules are; tests themselves are named after what they test. */
const isDouble = (path: string): boolean =>
  nameTest(path) === null &&
  wordsOf(stemOf(path)).some((word) =>
    /^(?:mocks?|fakes?|stubs?|dummy|factory|builder)$/.test(word),
  );

/** A name that several folders have is a custom of them (`cli-options.ts` of each package). */
const isSpread = (files: readonly SourceFile[]): boolean =>
  new Set(files.map(({ path }) => folderOf(path))).size > 1;

function indexFiles(codebase: Codebase): ReadonlyMap<string, readonly SourceFile[]> {
  const before = known.get(codebase);
  if (before !== undefined) return before;
  const index = new Map<string, SourceFile[]>();
  for (const file of codebase.files) {
    const isShared = isProduct(file, codebase) || (file.role === "test" && isDouble(file.path));
    if (!isShared) continue;
    const key = keyOf(file.path);
    index.set(key, [...(index.get(key) ?? []), file]);
  }
  known.set(codebase, index);
  return index;
}

const keyOf = (path: string): string => `${familyOf(path)} ${functionKey(stemOf(path))}`;

const familyOf = (path: string): string => {
  const ending = path.split(".").at(-1) ?? "";
  return /^(?:[cm]?[jt]sx?|vue|svelte)$/.test(ending) ? "script" : ending;
};

/** `_report.py` beside `report.py`: what is behind it. */
const isPrivate = (path: string): boolean => stemOf(path).startsWith("_");

const pathOf = (path: string): string => path.replace(/\.\w+$/, "");
const stemOf = (path: string): string => (path.split("/").at(-1) ?? "").replace(/\.\w+$/, "");
const folderOf = (path: string): string => path.split("/").slice(0, -1).join("/");
