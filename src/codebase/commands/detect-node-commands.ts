import { z } from "zod";
import type { Detected, ReadText } from "./detected.ts";

const manifestSchema = z.object({
  scripts: z.record(z.string(), z.unknown()).catch({}).default({}),
  packageManager: z.string().catch("").default(""),
  dependencies: z.record(z.string(), z.unknown()).catch({}).default({}),
  devDependencies: z.record(z.string(), z.unknown()).catch({}).default({}),
  optionalDependencies: z.record(z.string(), z.unknown()).catch({}).default({}),
});
type Manifest = z.infer<typeof manifestSchema>;

type Manager = { name: "npm" | "pnpm" | "yarn" | "bun"; setup: string };

const none: Detected = { commands: {}, setup: null };

/** Scripts that stand for a checkpoint, the most telling first. */
const scriptNames: readonly (readonly [string, readonly string[]])[] = [
  ["compile", ["compile", "typecheck", "type-check", "check-types", "check:types", "tsc", "build"]],
  ["unit", ["test:unit", "unit", "unit-test", "test"]],
  ["integration", ["test:integration", "integration", "integration-test"]],
  ["all", ["test:all", "test"]],
];

/** Commands of a package.json's scripts, run by the package manager whose lockfile stands beside it. */
export async function detectNodeCommands(
  paths: ReadonlySet<string>,
  read: ReadText,
): Promise<Detected> {
  const manifest = paths.has("package.json") ? parseManifest(await read("package.json")) : null;
  if (manifest === null) return none;
  const manager = findManager(manifest, paths);
  const commands: Record<string, string> = {};
  for (const [checkpoint, names] of scriptNames) {
    const script = names.find((name) => isReal(manifest.scripts[name]));
    if (script !== undefined) commands[checkpoint] = runScript(manager.name, script);
  }
  return { commands, setup: hasDependencies(manifest) ? manager.setup : null };
}

function parseManifest(text: string | null): Manifest | null {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse((text ?? "").replace(/^\ufeff/, "")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // a broken manifest names no commands; the compiler will say more
  }
}

/** `npm init` writes a test script that only fails. */
const isReal = (script: unknown): boolean =>
  typeof script === "string" && script.trim() !== "" && !script.includes("no test specified");

const runScript = (manager: Manager["name"], script: string): string => {
  if (script === "test" && manager !== "bun") return `${manager} test`;
  return manager === "yarn" ? `yarn ${script}` : `${manager} run ${script}`;
};

function findManager(manifest: Manifest, paths: ReadonlySet<string>): Manager {
  const named = /^(npm|pnpm|yarn|bun)@/.exec(manifest.packageManager)?.[1];
  const has = (...names: string[]): boolean => names.some((name) => paths.has(name));
  if (named === "pnpm" || (!named && has("pnpm-lock.yaml")))
    return { name: "pnpm", setup: "pnpm install --frozen-lockfile" };
  if (named === "yarn" || (!named && has("yarn.lock")))
    return {
      name: "yarn",
      setup: has(".yarnrc.yml") ? "yarn install --immutable" : "yarn install --frozen-lockfile",
    };
  if (named === "bun" || (!named && has("bun.lock", "bun.lockb")))
    return { name: "bun", setup: "bun install --frozen-lockfile" };
  const locked = has("package-lock.json", "npm-shrinkwrap.json");
  return { name: "npm", setup: locked ? "npm ci" : "npm install" };
}

const hasDependencies = (manifest: Manifest): boolean =>
  [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies].some(
    (group) => Object.keys(group).length > 0,
  );
