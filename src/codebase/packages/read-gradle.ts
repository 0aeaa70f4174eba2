import type { Dependency, Package } from "../codebase.ts";
import {
  folderOf,
  type Manifest,
  type Manifests,
  makePackage,
  type Need,
  nameOf,
  recordOf,
  textOf,
} from "./manifest.ts";
import { readToml } from "./read-toml.ts";

const configuration = String.raw`\b(\w*(?:implementation|Implementation|api|Api|compileOnly|CompileOnly|runtimeOnly|RuntimeOnly|kapt|ksp|annotationProcessor|compile|testCompile))`;
const literal = new RegExp(
  `${configuration}\\s*\\(?\\s*(?:platform\\()?["']([\\w.-]+:[\\w.-]+)(?::([^"'@]*))?`,
  "g",
);
const named = new RegExp(
  `${configuration}\\s*\\(?\\s*(?:platform\\()?(libs|\\w*[lL]ibs)\\.([\\w.]+)`,
  "g",
);

/** build.gradle(.kts), as far as it is literal, with the names of a version catalog. The program itself is never run. */
export function readGradle(manifest: Manifest, all: Manifests): Package | null {
  const folder = folderOf(manifest.path);
  const text = manifest.text.replace(/(^|\s)\/\/.*$/gm, "$1");
  const catalog = findCatalog(folder, all);
  const needs = [
    ...[...text.matchAll(literal)].map((match) =>
      makeNeed(text, match, match[2] ?? "", match[3] ?? ""),
    ),
    ...[...text.matchAll(named)].flatMap((match): Need[] => {
      const meant = catalog.get((match[3] ?? "").replaceAll(".", "-").replace(/-get$/, ""));
      return meant === undefined ? [] : [makeNeed(text, match, meant.name, meant.range)];
    }),
  ];
  return makePackage(manifest, "maven", { name: findName(folder, all), needs });
}

function makeNeed(text: string, match: RegExpMatchArray, name: string, range: string): Need {
  const by = match[1] ?? "";
  const use: Dependency["use"] = /^(?:test|androidTest|debug)/.test(by) ? "development" : "run";
  return { name, range, use, line: text.slice(0, match.index).split("\n").length };
}

function findName(folder: string, all: Manifests): string {
  for (const file of ["settings.gradle", "settings.gradle.kts"]) {
    const text = all.get(folder === "" ? file : `${folder}/${file}`) ?? "";
    const name = /rootProject\.name\s*=\s*["']([^"']+)["']/.exec(text)?.[1];
    if (name !== undefined) return name;
  }
  return nameOf(folder);
}

type Catalog = Map<string, { name: string; range: string }>;

/** Libraries of `gradle/libs.versions.toml`, of this folder or the nearest above, by their alias with `-`. */
function findCatalog(folder: string, all: Manifests): Catalog {
  for (let at = folder; ; at = folderOf(at)) {
    const text = all.get(`${at === "" ? "" : `${at}/`}gradle/libs.versions.toml`);
    if (text !== undefined) return readCatalog(text);
    if (at === "") return new Map();
  }
}

function readCatalog(text: string): Catalog {
  const toml = readToml(text) ?? {};
  const versions = recordOf(toml.versions);
  const found: Catalog = new Map();
  for (const [alias, given] of Object.entries(recordOf(toml.libraries))) {
    const told = recordOf(given);
    const [group = "", artifact = "", version = ""] = textOf(given).split(":");
    const name =
      textOf(told.module) || `${textOf(told.group) || group}:${textOf(told.name) || artifact}`;
    const reference = textOf(recordOf(told.version).ref);
    const range = reference === "" ? textOf(told.version) || version : textOf(versions[reference]);
    found.set(alias.replace(/[._]/g, "-"), { name, range });
  }
  return found;
}
