import type { Dependency, Package } from "../codebase.ts";
import {
  isRecord,
  lineFinder,
  listOf,
  type Manifest,
  makePackage,
  type Need,
  recordOf,
  textOf,
} from "./manifest.ts";
import { readRequirement } from "./python-requirement.ts";
import { readToml } from "./read-toml.ts";

type LineOf = (word: string, section?: RegExp) => number;

/** pyproject.toml: PEP 621, dependency groups (PEP 735), Poetry's tables, PDM's and uv's development lists. */
export function readPyproject(manifest: Manifest): Package | null {
  const toml = readToml(manifest.text);
  if (toml === null) return null;
  const lineOf = lineFinder(manifest.text);
  const project = recordOf(toml.project);
  const tool = recordOf(toml.tool);
  const poetry = recordOf(tool.poetry);
  const optional = recordOf(project["optional-dependencies"]);
  const groups = {
    ...recordOf(toml["dependency-groups"]),
    ...recordOf(recordOf(tool.pdm)["dev-dependencies"]),
  };
  const needs = [
    ...readList(project.dependencies, "run", lineOf, /^\s*dependencies\s*=/),
    ...Object.entries(optional).flatMap(([extra, list]) =>
      readList(
        list,
        /^(?:dev|test|tests|docs?|lint)$/.test(extra) ? "development" : "optional",
        lineOf,
        /optional-dependencies/,
      ),
    ),
    ...Object.values(groups).flatMap((list) =>
      readList(list, "development", lineOf, /dependency-groups|dev-dependencies/),
    ),
    ...readList(recordOf(tool.uv)["dev-dependencies"], "development", lineOf, /dev-dependencies/),
    ...readPoetry(poetry, lineOf),
  ];
  const name = textOf(project.name) || textOf(poetry.name);
  return makePackage(manifest, "pypi", { name, needs });
}

function readList(value: unknown, use: Dependency["use"], lineOf: LineOf, section: RegExp): Need[] {
  return listOf(value).flatMap((item) => {
    const need = typeof item === "string" ? readRequirement(item) : null;
    return need === null ? [] : [{ ...need, use, line: lineOf(need.name, section) }];
  });
}

function readPoetry(poetry: Record<string, unknown>, lineOf: LineOf): Need[] {
  const groups = Object.values(recordOf(poetry.group)).map((group) => recordOf(group).dependencies);
  return [
    ...readTable(poetry.dependencies, "run", lineOf, /^\[tool\.poetry\.dependencies\]/),
    ...readTable(
      poetry["dev-dependencies"],
      "development",
      lineOf,
      /^\[tool\.poetry\.dev-dependencies\]/,
    ),
    ...groups.flatMap((group) =>
      readTable(group, "development", lineOf, /^\[tool\.poetry\.group\./),
    ),
  ];
}

function readTable(
  value: unknown,
  use: Dependency["use"],
  lineOf: LineOf,
  section: RegExp,
): Need[] {
  return Object.entries(recordOf(value))
    .filter(([name]) => name !== "python")
    .map(([name, given]) => {
      const told = isRecord(given) ? given : {};
      const range = typeof given === "string" ? given : textOf(told.version);
      return {
        name,
        range,
        use: told.optional === true ? "optional" : use,
        line: lineOf(name, section),
      };
    });
}
