import { z } from "zod";
import type { Detected, ReadText } from "./detected.ts";

const none: Detected = { commands: {}, setup: null };

/** Names that stand for a checkpoint wherever people name targets, the most telling first. */
const targetNames: readonly (readonly [string, readonly string[]])[] = [
  ["compile", ["compile", "typecheck", "type-check", "build"]],
  ["unit", ["test-unit", "unit-test", "unit", "test", "tests"]],
  ["integration", ["test-integration", "integration-test", "integration"]],
  ["all", ["test-all", "test", "tests", "check"]],
];

const chooseTargets = (
  targets: ReadonlySet<string>,
  run: (target: string) => string,
): Record<string, string> => {
  const commands: Record<string, string> = {};
  for (const [checkpoint, names] of targetNames) {
    const target = names.find((name) => targets.has(name));
    if (target !== undefined) commands[checkpoint] = run(target);
  }
  return commands;
};

/** Targets of a Makefile; variables are none. */
export async function detectMakeCommands(
  paths: ReadonlySet<string>,
  read: ReadText,
): Promise<Detected> {
  const name = ["GNUmakefile", "makefile", "Makefile"].find((path) => paths.has(path));
  const text = name === undefined ? null : await read(name);
  if (text === null) return none;
  const targets = new Set<string>();
  for (const rule of text.matchAll(
    /^([A-Za-z0-9_.-]+(?:[ \t]+[A-Za-z0-9_.-]+)*)[ \t]*::?(?!=)/gm,
  )) {
    for (const target of (rule[1] ?? "").split(/[ \t]+/)) targets.add(target);
  }
  return { commands: chooseTargets(targets, (target) => `make ${target}`), setup: null };
}

/** Recipes of a justfile, where they need no argument. */
export async function detectJustCommands(
  paths: ReadonlySet<string>,
  read: ReadText,
): Promise<Detected> {
  const name = ["justfile", "Justfile", ".justfile"].find((path) => paths.has(path));
  const text = name === undefined ? null : await read(name);
  if (text === null) return none;
  const recipes = text.matchAll(
    /^@?([A-Za-z_][\w-]*)(?:[ \t]+(?:[*+]?\w+=\S+|\*\w+))*[ \t]*:(?!=)/gm,
  );
  const targets = new Set([...recipes].map(([, recipe = ""]) => recipe));
  return { commands: chooseTargets(targets, (target) => `just ${target}`), setup: null };
}

/** Sessions of nox, and tox as a whole: they bring their own environments, so they come after what runs without. */
export async function detectSessionCommands(
  paths: ReadonlySet<string>,
  read: ReadText,
): Promise<Detected> {
  const text = paths.has("noxfile.py") ? await read("noxfile.py") : null;
  if (text === null)
    return paths.has("tox.ini") ? { commands: { unit: "tox", all: "tox" }, setup: null } : none;
  const sessions = text.matchAll(/@(?:nox\.)?session[^\n]*\n(?:@[^\n]*\n)*def\s+(\w+)/g);
  const targets = new Set([...sessions].map(([, session = ""]) => session));
  const commands = chooseTargets(targets, (session) => `nox -s ${session}`);
  return { commands: { ...commands, all: commands.all ?? "nox" }, setup: null };
}

const composerSchema = z.object({
  scripts: z.record(z.string(), z.unknown()).catch({}).default({}),
});

/** Scripts of composer.json, or PHPUnit and PHPStan where their configuration stands in the root. */
export async function detectComposerCommands(
  paths: ReadonlySet<string>,
  read: ReadText,
): Promise<Detected> {
  if (!paths.has("composer.json")) return none;
  const scripts = new Set(Object.keys(parseComposer(await read("composer.json"))));
  const has = (pattern: RegExp): boolean => [...paths].some((path) => pattern.test(path));
  const commands: Record<string, string> = {};
  if (has(/^phpstan\.(?:dist\.)?neon(?:\.dist)?$/))
    commands.compile = "vendor/bin/phpstan analyse --no-progress";
  if (has(/^phpunit(?:\.dist)?\.xml(?:\.dist)?$/))
    Object.assign(commands, { unit: "vendor/bin/phpunit", all: "vendor/bin/phpunit" });
  Object.assign(
    commands,
    chooseTargets(scripts, (script) => `composer run ${script}`),
  );
  return { commands, setup: "composer install --no-interaction" };
}

function parseComposer(text: string | null): Record<string, unknown> {
  try {
    const parsed = composerSchema.safeParse(JSON.parse((text ?? "").replace(/^\ufeff/, "")));
    return parsed.success ? parsed.data.scripts : {};
  } catch {
    return {}; // a broken manifest names no commands; composer will say more
  }
}

/** RSpec, Rails or Rake through Bundler. */
export async function detectBundlerCommands(paths: ReadonlySet<string>): Promise<Detected> {
  if (!paths.has("Gemfile")) return none;
  const has = (pattern: RegExp): boolean => [...paths].some((path) => pattern.test(path));
  const test =
    paths.has(".rspec") || has(/^spec\/.*_spec\.rb$/)
      ? "bundle exec rspec"
      : paths.has("bin/rails")
        ? "bin/rails test"
        : has(/^test\/.*\.rb$/) && paths.has("Rakefile")
          ? "bundle exec rake test"
          : null;
  return {
    commands: test === null ? {} : { unit: test, all: test },
    setup: "bundle install",
  };
}
