import type { Dependency } from "../codebase.ts";
import { addVersion, type Locked } from "./locked.ts";
import { folderOf, type Manifest, nameOf } from "./manifest.ts";
import { foldPythonName } from "./python-requirement.ts";
import { readPnpmLock } from "./read-pnpm-lock.ts";

export type Lock = { folder: string; ecosystem: Dependency["ecosystem"]; versions: Locked };

/** A longer lockfile is not read. */
const longest = 64_000_000;

type Format = {
  name: RegExp;
  ecosystem: Dependency["ecosystem"];
  read: (text: string, wanted: ReadonlySet<string>) => Locked;
};

/** Reads every match of one pattern with the groups `name`, `version` and perhaps `folder`. */
const byPattern =
  (pattern: RegExp): Format["read"] =>
  (text, wanted) => {
    const versions: Locked = new Map();
    for (const match of text.matchAll(pattern)) {
      const { name = "", version = "", folder } = match.groups ?? {};
      if (!wanted.has(name)) continue;
      const within = folder?.replace(/\/$/, "");
      if (within?.includes("node_modules")) continue;
      addVersion(versions, within ? `${within}>${name}` : name, version);
    }
    return versions;
  };

const packages = /^\[\[package\]\]\r?\nname = "(?<name>[^"]+)"\r?\nversion = "(?<version>[^"]+)"/gm;
const readToml = byPattern(packages);

const formats: readonly Format[] = [
  {
    name: /^(?:package-lock|npm-shrinkwrap)\.json$/,
    ecosystem: "npm",
    read: byPattern(
      /^(?: {4}|\t\t)"(?:(?<folder>[^"\n]*?)node_modules\/)?(?<name>(?:@[^"/\n]+\/)?[^"/\n]+)": \{\r?\n\s*(?:"name": "[^"\n]*",\s*)?"version": "(?<version>[^"]+)"/gm,
    ),
  },
  { name: /^pnpm-lock\.yaml$/, ecosystem: "npm", read: readPnpmLock },
  { name: /^yarn\.lock$/, ecosystem: "npm", read: readYarnLock },
  { name: /^(?:poetry|pdm|uv)\.lock$/, ecosystem: "pypi", read: readPythonLock },
  { name: /^Cargo\.lock$/, ecosystem: "cargo", read: readToml },
  {
    name: /^Gemfile\.lock$/,
    ecosystem: "rubygems",
    read: byPattern(/^ {4}(?<name>[\w.-]+) \((?<version>[^)]+)\)$/gm),
  },
  {
    name: /^composer\.lock$/,
    ecosystem: "composer",
    read: byPattern(/"name": "(?<name>[^"/]+\/[^"]+)",\s*"version": "(?<version>[^"]+)"/g),
  },
  {
    name: /^packages\.lock\.json$/,
    ecosystem: "nuget",
    read: byPattern(
      /"(?<name>[\w.-]+)": \{\s*"type": "[^"]*",(?:\s*"requested": "[^"]*",)?\s*"resolved": "(?<version>[^"]+)"/g,
    ),
  },
  {
    name: /^gradle\.lockfile$/,
    ecosystem: "maven",
    read: byPattern(/^(?<name>[\w.-]+:[\w.-]+):(?<version>[^=\s]+)=/gm),
  },
];

/** The versions of the wanted names in a lockfile; null where it is none, or too long. */
export function readLock(lock: Manifest, wanted: ReadonlySet<string>): Lock | null {
  const format = formats.find(({ name }) => name.test(nameOf(lock.path)));
  if (format === undefined || lock.text.length > longest) return null;
  const { ecosystem, read } = format;
  return { folder: folderOf(lock.path), ecosystem, versions: read(lock.text, wanted) };
}

/** Names of PyPI are the same however they are written, so they are asked for folded. */
function readPythonLock(text: string, wanted: ReadonlySet<string>): Locked {
  const versions: Locked = new Map();
  for (const match of text.matchAll(packages)) {
    const name = foldPythonName(match.groups?.name ?? "");
    if (wanted.has(name)) addVersion(versions, name, match.groups?.version ?? "");
  }
  return versions;
}

const yarnEntry =
  /^(?<keys>"?(?:@[^@\s"]+|[^@\s"#][^@\s"]*)@[^\n]*):\r?\n {2}version:? "?(?<version>[^"\s]+)"?/gm;

/** Both forms of Yarn: `foo@^1, foo@^2:` and `"foo@npm:^1, foo@npm:^2":`. */
function readYarnLock(text: string, wanted: ReadonlySet<string>): Locked {
  const versions: Locked = new Map();
  for (const match of text.matchAll(yarnEntry)) {
    const { keys = "", version = "" } = match.groups ?? {};
    if (version === "0.0.0-use.local") continue;
    for (const key of keys.replaceAll('"', "").split(/,\s*/)) {
      const at = key.indexOf("@", 1);
      const name = key.slice(0, at);
      if (!wanted.has(name)) continue;
      addVersion(versions, `${name}@${key.slice(at + 1).replace(/^npm:/, "")}`, version);
      addVersion(versions, name, version);
    }
  }
  return versions;
}
