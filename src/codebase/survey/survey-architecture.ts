import type { Codebase, SourceFile } from "../codebase.ts";
import { detectCommands } from "../commands/detect-commands.ts";
import { type Convention, count } from "../conventions/convention.ts";
import { groupBy, order } from "../conventions/count-by.ts";
import { describeCommands } from "../conventions/find-command-places.ts";
import { findConventions } from "../conventions/find-conventions.ts";
import { findFolderRoles } from "../conventions/find-folder-roles.ts";
import type { Labelled } from "../conventions/label-file.ts";
import { languageOf } from "../conventions/name-language.ts";
import { findRoutes } from "../facts/find-routes.ts";
import { findTables } from "../facts/find-tables.ts";
import { divideComponents, type Part } from "./divide-components.ts";
import { countTests, findDirections } from "./find-directions.ts";
import { findEntryPoints } from "./find-entry-points.ts";
import { findHiddenPairs, findHotSpots, findHubs } from "./find-hot-spots.ts";
import { findLayers } from "./find-layers.ts";
import type { Component, Survey } from "./survey.ts";

/** The architecture as files, imports and the past show it; nothing in it is anyone's opinion. Same codebase, same survey. */
export async function surveyArchitecture(codebase: Codebase): Promise<Survey> {
  const sources = codebase.files.filter(({ role }) => role === "source");
  const parts = divideComponents(codebase);
  const directions = findDirections(codebase, parts);
  const keys = parts.map(({ key }) => key);
  const found = await findLabelled(codebase);
  return {
    commit: codebase.commit,
    files: codebase.files.length,
    sourceFiles: sources.length,
    testFiles: codebase.files.filter(({ role }) => role === "test").length,
    lines: sumLines(sources),
    languages: countLanguages(sources),
    packages: codebase.packages.length,
    components: describeParts(codebase, parts),
    directions,
    ...findLayers(keys, directions),
    hotSpots: findHotSpots(codebase),
    hubs: findHubs(codebase),
    hiddenPairs: findHiddenPairs(codebase),
    entryPoints: await findEntryPoints(codebase),
    conventions: [...(await findConventions(codebase, found)), ...(await findCommands(codebase))],
    folders: findFolderRoles(codebase, found),
    owners: countOwners(codebase, sources),
    notes: findNotes(codebase, directions.length),
  };
}

async function findCommands(codebase: Codebase): Promise<Convention[]> {
  const paths = codebase.files.map(({ path }) => path);
  const { commands } = await detectCommands(paths, codebase.text);
  return await describeCommands(commands, codebase.text);
}

const sumLines = (files: readonly SourceFile[]): number =>
  files.reduce((sum, { lines }) => sum + lines, 0);

async function findLabelled(codebase: Codebase): Promise<Labelled> {
  const pathsOf = (places: readonly { path: string }[]): ReadonlySet<string> =>
    new Set(places.map(({ path }) => path));
  return {
    routes: pathsOf(await findRoutes(codebase)),
    tables: pathsOf(await findTables(codebase)),
    executables: new Set(),
  };
}

const countLanguages = (sources: readonly SourceFile[]): Survey["languages"] =>
  groupBy(sources, languageOf).map(({ key, items }) => ({
    language: key,
    files: items.length,
    lines: sumLines(items),
  }));

function describeParts(codebase: Codebase, parts: readonly Part[]): Component[] {
  const tests = countTests(codebase, parts);
  return parts.map(({ key, folder, kind, files }): Component => {
    const owner = codebase.packages.find((each) => each.folder === folder);
    const needed = owner?.dependencies.filter(({ use }) => use === "run").length ?? 0;
    return {
      name: kind === "package" ? (owner?.name ?? (folder || "(root)")) : key,
      folder: key,
      kind,
      files: files.length,
      lines: sumLines(files),
      language: groupBy(files, languageOf)[0]?.key ?? null,
      tests: tests.get(key) ?? 0,
      owners: ownersOf(codebase, files),
      dependencies: kind === "package" && owner ? needed : null,
    };
  });
}

const mostOwners = 3;

const ownersOf = (codebase: Codebase, files: readonly SourceFile[]): string[] =>
  groupBy(
    files.flatMap(({ path }) => codebase.ownersOf(path)),
    (owner) => owner,
  )
    .slice(0, mostOwners)
    .map(({ key }) => key);

const countOwners = (codebase: Codebase, sources: readonly SourceFile[]): Survey["owners"] =>
  groupBy(
    sources.flatMap(({ path }) => codebase.ownersOf(path)),
    (owner) => owner,
  ).map(({ key, items }) => ({ owner: key, files: items.length }));

function findNotes(codebase: Codebase, directions: number): string[] {
  const { history, made, files } = codebase;
  const unread = groupBy(
    made.skipped.filter(({ why }) => why !== "binary"),
    ({ why }) => why,
  ).map(({ key, items }) => `${count(items.length, "file")} left out of search: ${key}.`);
  return [
    ...(history.shallow
      ? ["The clone is shallow: what changed in the past is not known as a whole."]
      : []),
    ...(history.commits.length === 0 ? ["There is no history: hot spots could not be told."] : []),
    ...(directions === 0 && files.length > 0
      ? ["No import between components could be traced; directions are unknown, not absent."]
      : []),
    ...unread.sort(order),
  ];
}
