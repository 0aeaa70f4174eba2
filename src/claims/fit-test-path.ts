import type { Codebase, SourceFile } from "../codebase/codebase.ts";
import { nameTest, nameUnmarked } from "../codebase/conventions/name-test.ts";
import type { TestLayout } from "../codebase/found.ts";

export type Layout = TestLayout["layouts"][number];

const script = /^(?:[cm]?[jt]sx?|vue|svelte)$/;
const endingOf = (path: string): string => path.split(".").at(-1) ?? "";
const isAlike = (left: string, right: string): boolean =>
  endingOf(left) === endingOf(right) ||
  (script.test(endingOf(left)) && script.test(endingOf(right)));

/** Layouts that rule a path: of its language, and of the innermost package that has any. The most frequent first. */
export function layoutsFor(path: string, { layouts }: TestLayout): Layout[] {
  const able = layouts.filter(
    ({ folder, examples }) =>
      (folder === "" || path.startsWith(`${folder}/`)) && isOfLanguage(path, examples),
  );
  const inner = Math.max(...able.map(({ folder }) => folder.length), 0);
  const own = able.filter(({ folder }) => folder.length === inner);
  // A package may have none of its own beside the root's.
  return (own.length > 0 ? own : able).toSorted((left, right) => right.files - left.files);
}

/** Layouts of this language in other packages, each as it would be in the path's own: for a package that has no tests yet. */
export const layoutsElsewhere = (path: string, { layouts }: TestLayout): Layout[] =>
  layouts
    .filter(({ examples }) => isOfLanguage(path, examples))
    .toSorted((left, right) => right.files - left.files);

const isOfLanguage = (path: string, examples: readonly string[]): boolean =>
  examples.some((example) => isAlike(example, path));

const folderOf = (path: string): string => path.split("/").slice(0, -1).join("/");
const namingOf = (path: string): string => nameTest(path) ?? nameUnmarked(path);
const withoutEnding = (naming: string): string => naming.replace(/\.[cm]?[jt]sx?$/, "");

/** A name that fewer tests have than this is an exception, or support that is named like a test. */
const leastShare = 0.05;

/** Whether tests of this name stand in such a place here: by a layout, or because the very folder has tests of that name already. */
export function fitsLayout(path: string, layouts: readonly Layout[], codebase: Codebase): boolean {
  const naming = withoutEnding(namingOf(path));
  const alike = layouts.filter((layout) => withoutEnding(layout.naming) === naming);
  const all = layouts.reduce((sum, { files }) => sum + files, 0);
  const share = alike.reduce((sum, { files }) => sum + files, 0) / Math.max(all, 1);
  const neighbours = testsIn(codebase, folderOf(path), path);
  const same = neighbours.filter((file) => withoutEnding(namingOf(file.path)) === naming).length;
  if (same > 0 && same * 2 >= neighbours.length) return true;
  if (share < leastShare) return false;
  return same > 0 || alike.some((layout) => isPlaced(path, layout, codebase));
}

/** A test of the very folder whose name is marked as this one's is, though too few are to make it a custom. */
export const exceptionOf = (path: string, codebase: Codebase): SourceFile | undefined =>
  testsIn(codebase, folderOf(path), path).find(
    (file) => nameTest(path) !== null && nameTest(file.path) === nameTest(path),
  );

/** As `fitsLayout` where the path's package has no tests: the same place in this package, by the layouts of others. */
export function fitsElsewhere(
  path: string,
  layouts: readonly Layout[],
  codebase: Codebase,
): boolean {
  const naming = withoutEnding(namingOf(path));
  // A new folder beside the packages is no package without tests.
  const [first = ""] = path.split("/");
  const folders = codebase.packages.map(({ folder }) => folder).filter((folder) => folder !== "");
  const isInside = folders.some((folder) => path.startsWith(`${folder}/`));
  if (folders.length > 1 && !isInside && !codebase.hasFolder(first)) return false;
  return layouts.some((layout) => {
    if (withoutEnding(layout.naming) !== naming) return false;
    const place = layout.place?.slice(layout.folder === "" ? 0 : layout.folder.length + 1) ?? "";
    if (layout.placement !== "separate-tree") return isPlaced(path, layout, codebase);
    return place !== "" && `/${folderOf(path)}/`.includes(`/${place}/`);
  });
}

export const testsIn = (codebase: Codebase, folder: string, like: string): SourceFile[] =>
  codebase.files.filter(
    (file) =>
      file.role === "test" &&
      folderOf(file.path) === folder &&
      isAlike(file.path, like) &&
      !isSupportNamed(file.path, codebase),
  );

/** `TestApplication.java` is mostly what tests use: it is a test only where it takes something from a framework of tests. */
function isSupportNamed(path: string, codebase: Codebase): boolean {
  if (!/(?:^|\/)Test[A-Z][^/]*\.(?:java|kt|scala|groovy|cs)$/.test(path)) return false;
  const imports = codebase.file(path)?.imports ?? [];
  return !imports.some(({ specifier }) =>
    /junit|testng|spock|kotest|scalatest|xunit|nunit|mstest|unittesting/i.test(specifier),
  );
}

/** The layouts that tests make, without those that only their support makes by its names. */
export const ofTests = (layouts: readonly Layout[], codebase: Codebase): Layout[] =>
  layouts.filter(({ examples }) => !examples.every((path) => isSupportNamed(path, codebase)));

function isPlaced(path: string, { placement, place }: Layout, codebase: Codebase): boolean {
  const folder = folderOf(path);
  if (placement === "separate-tree")
    return place === "" || folder === place || folder.startsWith(`${place}/`);
  if (placement === "sibling-folder") return folder.split("/").includes(place ?? "");
  return codebase.files.some((file) => file.role === "source" && folderOf(file.path) === folder);
}

/** What a test is called after: `tests/test_github.py` → `github`. */
export function subjectOf(path: string): string {
  const name = path.split("/").at(-1) ?? "";
  return name
    .replace(/\.\w+$/, "")
    .replace(/[._-](?:test|spec|tests|e2e|unittest)$/i, "")
    .replace(/^tests?[._-]/i, "")
    .replace(/(?<=[a-z])(?:Tests?|TestCase|IT|Spec)$|^Test(?=[A-Z])/, "");
}

/** Where a test of this subject would stand by a layout. */
export function pathBy(layout: Layout, path: string, codebase: Codebase): string {
  const subject = subjectOf(path);
  const capital = subject.slice(0, 1).toUpperCase() + subject.slice(1);
  const name = layout.naming.replace("{name}", subject).replace("{Name}", capital);
  const subjectFile = codebase.files.find(
    (file) =>
      file.role === "source" &&
      (file.path.split("/").at(-1) ?? "").replace(/\.\w+$/, "") === subject &&
      isAlike(file.path, path),
  );
  const beside = subjectFile === undefined ? null : folderOf(subjectFile.path);
  const parts = (...all: readonly (string | null)[]): string =>
    all.filter((part) => part !== null && part !== "").join("/");
  if (layout.placement === "separate-tree") return parts(layout.place, name);
  const near =
    beside ??
    folderOf(layout.examples[0] ?? "").replace(new RegExp(`/?${layout.place ?? "\u0000"}$`), "");
  return layout.placement === "beside" ? parts(near, name) : parts(near, layout.place, name);
}
