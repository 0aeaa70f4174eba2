import type { Case, Miner } from "../case.ts";
import { extendName, renameWord, slip } from "../change-word.ts";
import type { Checkout } from "../checkout.ts";
import { planWith, type Said } from "../plan-with.ts";
import type { Random } from "../random.ts";

type Needed = {
  name: string;
  range: string;
  manifest: string;
  style: "npm" | "pypi" | "go" | "cargo" | "maven" | "gem";
};

/** What the manifests ask for, read line by line. */
export function listNeeded(checkout: Checkout): Needed[] {
  return checkout.paths.flatMap((path): Needed[] => {
    if (
      /(?:^|\/)(?:node_modules|vendor|fixtures?|__fixtures__|test|tests|testdata|examples?|templates?)\//.test(
        path,
      )
    )
      return [];
    const text = checkout.read(path);
    const name = path.split("/").at(-1) ?? "";
    const rows = (pattern: RegExp, style: Needed["style"], within = text): Needed[] =>
      [...within.matchAll(pattern)].map((match) => ({
        name: match[1] ?? "",
        range: match[2] ?? "",
        manifest: path,
        style,
      }));
    if (name === "package.json") return readNode(path, text);
    if (/^requirements[\w-]*\.txt$/.test(name))
      return rows(/^([A-Za-z][\w.-]*)\s*((?:==|>=|~=)\s*[\d.]+)\s*$/gm, "pypi");
    if (name === "pyproject.toml")
      return rows(
        /^\s*"([A-Za-z][\w.-]*)\s*((?:==|>=|~=)\s*[\d.]+)",?\s*$/gm,
        "pypi",
        text.split(/^\[build-system\]/m)[0],
      );
    if (name === "go.mod") return rows(/^\t([\w.-]+\.[a-z]+\/[\w./-]+) (v\d[\w.-]*)$/gm, "go");
    if (name === "Cargo.toml")
      return rows(
        /^([a-z][\w-]+) = "(\d[\d.]*)"$/gm,
        "cargo",
        /^\[(?:workspace\.)?dependencies\]\n([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? "",
      );
    if (name === "pom.xml")
      return rows(
        /<dependency>\s*<groupId>[^<]*<\/groupId>\s*<artifactId>([\w.-]+)<\/artifactId>\s*(?:<version>([\d.]+)<\/version>)?/g,
        "maven",
        text.replace(
          /<build>[\s\S]*?<\/build>|<dependencyManagement>[\s\S]*?<\/dependencyManagement>/g,
          "",
        ),
      );
    if (name === "Gemfile") return rows(/^gem ["']([\w-]+)["'](?:,\s*["']([^"']+)["'])?/gm, "gem");
    return [];
  });
}

function readNode(manifest: string, text: string): Needed[] {
  try {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(text) as {
      dependencies?: Record<string, string>;
      devDependencies?: Record<string, string>;
    };
    return Object.entries({ ...dependencies, ...devDependencies }).map(([name, range]) => ({
      name,
      range,
      manifest,
      style: "npm" as const,
    }));
  } catch {
    return [];
  }
}

const written = ({ name, range, style }: Needed): string => {
  if (style === "pypi") return `${name}${range}`;
  return style === "go" ? `${name} ${range}` : `${name}@${range}`;
};

function sayings(one: Needed): ((one: Needed) => Said)[] {
  const plain: ((one: Needed) => Said)[] = [
    ({ name }) => ({ sentence: `The existing dependency \`${name}\` is used for it.` }),
    ({ name, manifest }) => ({
      sentence: `\`${name}\` is already a dependency in \`${manifest}\`.`,
    }),
  ];
  const versioned: ((one: Needed) => Said)[] = [
    (it) => ({
      spec: { dependencies: [{ name: it.name, version: it.range, reason: "is there already" }] },
    }),
    (it) => ({ sentence: `It relies on \`${written(it)}\`, which is installed already.` }),
  ];
  const isPlain = /^[~^>=]*\s*v?\d+(?:\.\d+)*$/.test(one.range);
  return isPlain && one.style !== "maven" && one.style !== "gem" ? [...plain, ...versioned] : plain;
}

/** Dependencies that the manifests name, and ones that they do not or in another version. */
export const mineDependencies: Miner = (checkout, random, perKind) => {
  const needed = listNeeded(checkout);
  const unique = [...new Map(needed.map((one) => [one.name, one])).values()];
  const ranges = (name: string): string[] =>
    needed.filter((one) => one.name === name).map(({ range }) => range);
  return random
    .shuffle(unique)
    .slice(0, perKind)
    .flatMap((one): Case[] => {
      const make = (
        it: Needed,
        isTrue: boolean,
        how: string,
        say: (one: Needed) => Said,
      ): Case => ({
        kind: "dependency",
        isTrue,
        how,
        plan: planWith(say(it), random),
        about: [it.name],
        hidden: [],
      });
      const says = sayings(one);
      const single = new Set(ranges(one.name)).size === 1;
      const right = make(one, true, "as it is", random.pick(single ? says : says.slice(0, 2)));
      const wrong = breakDependency(one, says, checkout, random);
      return wrong === null ? [right] : [right, make(wrong.it, false, wrong.how, wrong.say)];
    });
};

function breakDependency(
  one: Needed,
  says: ((one: Needed) => Said)[],
  checkout: Checkout,
  random: Random,
) {
  const versioned = says.slice(2);
  if (versioned.length > 0 && random.below(2) === 0) {
    const range = one.range.replace(/\d+/, (major) => `${Number(major) + 2}`);
    return { it: { ...one, range }, how: "other major version", say: random.pick(versioned) };
  }
  const name = random.below(2) === 0 ? slip(one.name, random) : renameWord(one.name, random);
  if (
    name === one.name ||
    checkout.paths.some(
      (path) =>
        /lock|\.sum$|package\.json$|\.toml$|go\.mod$|pom\.xml$|Gemfile/.test(path) &&
        checkout.read(path).includes(name),
    )
  )
    return null;
  return { it: { ...one, name }, how: "unknown name", say: random.pick(says.slice(0, 2)) };
}

type Command = { text: string; stem: string; path: string };

function listCommands(checkout: Checkout): Command[] {
  const scripts = checkout.paths
    .filter(
      (path) =>
        /(?:^|\/)package\.json$/.test(path) &&
        !/fixtures|node_modules|test|template|example/.test(path),
    )
    .flatMap((path) => {
      try {
        const { scripts: found = {} } = JSON.parse(checkout.read(path)) as {
          scripts?: Record<string, string>;
        };
        return path === "package.json"
          ? Object.keys(found).map((name) => ({ text: `npm run ${name}`, stem: name, path }))
          : [];
      } catch {
        return [];
      }
    });
  const targets = [
    ...(checkout.has("Makefile") ? checkout.read("Makefile") : "").matchAll(
      /^([a-zA-Z][\w-]+):(?!=)/gm,
    ),
  ].map((match) => ({ text: `make ${match[1]}`, stem: match[1] ?? "", path: "Makefile" }));
  const environments = [
    ...(checkout.has("tox.ini") ? checkout.read("tox.ini") : "").matchAll(
      /^\[testenv:([\w-]+)\]/gm,
    ),
  ].map((match) => ({ text: `tox -e ${match[1]}`, stem: match[1] ?? "", path: "tox.ini" }));
  return [...scripts, ...targets, ...environments];
}

/** Commands that the scripts have, and ones that are nearly theirs. */
export const mineCommands: Miner = (checkout, random, perKind) => {
  const commands = listCommands(checkout);
  const names = new Set(commands.map(({ stem }) => stem));
  return random
    .shuffle(commands)
    .slice(0, perKind)
    .flatMap(({ text, stem, path }): Case[] => {
      const say = random.pick<(command: string) => Said>([
        (command) => ({ sentence: `Run \`${command}\` afterwards.` }),
        (command) => ({ sentence: `\`${command}\` has to pass.` }),
        (command) => ({ spec: { invariants: [`\`${command}\` stays green`] } }),
      ]);
      const make = (command: string, isTrue: boolean, how: string): Case => ({
        kind: "command",
        isTrue,
        how,
        plan: planWith(say(command), random),
        about: [command],
        hidden: [],
      });
      const wrong = random.below(2) === 0 ? extendName(stem, random) : slip(stem, random);
      const command = text.slice(0, -stem.length) + wrong;
      const isUnknown = !names.has(wrong) && !(path === "tox.ini" && /^py/.test(wrong));
      return [
        make(text, true, "as it is"),
        ...(isUnknown ? [make(command, false, "other script")] : []),
      ];
    });
};
