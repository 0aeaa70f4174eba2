import type { Dependency, Package } from "../codebase.ts";
import { isLock } from "./find-manifests.ts";
import { folderOf, type Manifest, type Manifests, nameOf, type ReadManifest } from "./manifest.ts";
import { foldPythonName } from "./python-requirement.ts";
import { readCargo } from "./read-cargo.ts";
import { readComposer } from "./read-composer.ts";
import { readDotnet } from "./read-dotnet.ts";
import { readGo } from "./read-go.ts";
import { readGradle } from "./read-gradle.ts";
import { type Lock, readLock } from "./read-lock.ts";
import { readMaven } from "./read-maven.ts";
import { readNode } from "./read-node.ts";
import { readPyproject } from "./read-python.ts";
import { readRuby } from "./read-ruby.ts";
import { readRequirements, readSetupConfiguration, readSetupProgram } from "./read-setup-files.ts";

const readers: readonly (readonly [RegExp, ReadManifest])[] = [
  [/^package\.json$/, readNode],
  [/^pyproject\.toml$/, readPyproject],
  [/^setup\.cfg$/, readSetupConfiguration],
  [/^setup\.py$/, readSetupProgram],
  [/\.(?:txt|in)$/, readRequirements],
  [/^go\.mod$/, readGo],
  [/^Cargo\.toml$/, readCargo],
  [/^pom\.xml$/, readMaven],
  [/^build\.gradle(?:\.kts)?$/, readGradle],
  [/\.(?:cs|fs|vb)proj$/, readDotnet],
  [/^Gemfile$|\.gemspec$/, readRuby],
  [/^composer\.json$/, readComposer],
];

/** Nobody writes a longer manifest. */
const longest = 2_000_000;

/**
 * The packages that manifests describe, in the order of their paths, each dependency with the version that the nearest lockfile at or
 * above it holds. Several manifests of Python or Ruby in one folder are one package. A file that is broken, or not what its name
 * says, gives what it gives; nothing is thrown for it.
 */
export function readPackages(manifests: readonly Manifest[]): Package[] {
  const ordered = [...manifests].sort((left, right) =>
    left.path < right.path ? -1 : left.path > right.path ? 1 : 0,
  );
  const all: Manifests = new Map(ordered.map(({ path, text }) => [path, text]));
  const found = ordered.flatMap((manifest) => {
    const read = readers.find(([name]) => name.test(nameOf(manifest.path)))?.[1];
    const isRead = !isLock(manifest.path) && manifest.text.length <= longest;
    return isRead ? (read?.(manifest, all) ?? []) : [];
  });
  const packages = joinFolders(found);
  const wanted = new Set(packages.flatMap((one) => one.dependencies.map(nameInLock)));
  const locks = ordered
    .filter(({ path }) => isLock(path))
    .flatMap((lock) => readLock(lock, wanted) ?? []);
  return packages.map((one) => ({
    ...one,
    dependencies: one.dependencies.map((need) => ({
      ...need,
      locked: findLocked(need, one.folder, locks),
    })),
  }));
}

const first = ["pyproject.toml", "setup.cfg", "setup.py"];

/** pyproject.toml, setup.py and requirements.txt beside each other tell of one package, and so do a Gemfile and its gemspec. */
function joinFolders(packages: readonly Package[]): Package[] {
  const byFolder = new Map<string, Package[]>();
  for (const one of packages) {
    const joins = one.ecosystem === "pypi" || one.ecosystem === "rubygems";
    const folder = one.folder.replace(/(?:^|\/)requirements$/, "");
    const key = joins ? `${one.ecosystem} ${folder}` : `${one.ecosystem} ${one.manifest}`;
    byFolder.set(key, [...(byFolder.get(key) ?? []), one]);
  }
  return [...byFolder.values()].flatMap((group) => {
    const rank = ({ manifest, name }: Package): number =>
      (name === "" ? 10 : 0) + ((first.indexOf(nameOf(manifest)) + 4) % 4);
    const [main, ...others] = [...group].sort((left, right) => rank(left) - rank(right));
    return main === undefined
      ? []
      : [{ ...main, dependencies: [main, ...others].flatMap((one) => one.dependencies) }];
  });
}

const nameInLock = (need: Dependency): string =>
  need.ecosystem === "pypi" ? foldPythonName(need.name) : need.name;

function findLocked(need: Dependency, folder: string, locks: readonly Lock[]): string | null {
  if (need.ecosystem === "go") return need.range.startsWith("v") ? need.range : null;
  for (let at = folder; ; at = folderOf(at)) {
    for (const lock of locks) {
      if (lock.ecosystem !== need.ecosystem || lock.folder !== at) continue;
      const name = nameInLock(need);
      const within = folder.slice(at === "" ? 0 : at.length + 1);
      const versions =
        lock.versions.get(`${within}>${name}`) ??
        lock.versions.get(`${name}@${need.range.replace(/^npm:/, "")}`) ??
        lock.versions.get(name);
      if (versions !== undefined) return pickVersion(need.range, versions);
    }
    if (at === "") return null;
  }
}

/** Where a lockfile holds several versions of a name: the one that begins as the range does, else the first. */
function pickVersion(range: string, versions: readonly string[]): string | null {
  const numbers = /\d+(?:\.\d+)*/.exec(range)?.[0].split(".") ?? [];
  for (let length = Math.min(2, numbers.length); length > 0; length -= 1) {
    const start = `${numbers.slice(0, length).join(".")}`;
    const fits = versions.find((version) => version === start || version.startsWith(`${start}.`));
    if (fits !== undefined) return fits;
  }
  return versions[0] ?? null;
}
