import type { Commands } from "../repository-facts.ts";
import { detectBuildToolCommands } from "./detect-build-tool-commands.ts";
import { detectNodeCommands } from "./detect-node-commands.ts";
import { detectPythonCommands } from "./detect-python-commands.ts";
import {
  detectBundlerCommands,
  detectComposerCommands,
  detectJustCommands,
  detectMakeCommands,
  detectSessionCommands,
} from "./detect-script-commands.ts";
import type { Detected, ReadText } from "./detected.ts";

/**
 * Commands for the checkpoints `compile`, `unit`, `integration` and `all`, as the manifests in the root say.
 * Where several name one, the first wins of package.json, pyproject, go.mod, Cargo.toml, Maven, Gradle, .NET, Composer, Bundler, make,
 * just, nox and tox.
 */
export async function detectCommands(files: readonly string[], read: ReadText): Promise<Detected> {
  const paths = new Set(files);
  const found = [
    await detectNodeCommands(paths, read),
    await detectPythonCommands(paths, read),
    detectGoCommands(paths),
    detectCargoCommands(paths),
    await detectBuildToolCommands(paths, read),
    await detectComposerCommands(paths, read),
    await detectBundlerCommands(paths),
    await detectMakeCommands(paths, read),
    await detectJustCommands(paths, read),
    await detectSessionCommands(paths, read),
  ];
  const commands: Record<string, string> = {};
  for (const one of found.toReversed()) Object.assign(commands, one.commands);
  return { commands, setup: found.find((one) => one.setup !== null)?.setup ?? null };
}

/**
 * Detected commands with those of the configuration over them. A configured `setup` is the set-up command;
 * a configured empty text takes a detected command away.
 */
export async function mergeCommands(
  configured: Commands,
  files: readonly string[],
  read: ReadText,
): Promise<Detected> {
  const detected = await detectCommands(files, read);
  const { setup, ...rest } = configured;
  const merged = Object.entries({ ...detected.commands, ...rest });
  return {
    commands: Object.fromEntries(merged.filter(([, command]) => command.trim() !== "")),
    setup: setup === undefined ? detected.setup : setup.trim() || null,
  };
}

const none: Detected = { commands: {}, setup: null };

function detectGoCommands(paths: ReadonlySet<string>): Detected {
  if (!paths.has("go.mod")) return none;
  const test = "go test ./...";
  return { commands: { compile: "go build ./...", unit: test, all: test }, setup: null };
}

function detectCargoCommands(paths: ReadonlySet<string>): Detected {
  if (!paths.has("Cargo.toml")) return none;
  const commands: Record<string, string> = {
    compile: "cargo check --all-targets",
    unit: "cargo test",
    all: "cargo test",
  };
  const hasIntegration = [...paths].some((path) => /^tests\/[^/]+\.rs$/.test(path));
  if (hasIntegration) commands.integration = "cargo test --test '*'";
  return { commands, setup: null };
}
