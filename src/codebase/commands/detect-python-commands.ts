import type { Detected, ReadText } from "./detected.ts";

const manifests = [
  "pyproject.toml",
  "setup.cfg",
  "tox.ini",
  "setup.py",
  "requirements.txt",
] as const;
const none: Detected = { commands: {}, setup: null };

/** Commands of a Python project: pytest where a manifest names it, else unittest; through uv, poetry or pipenv by lockfile. */
export async function detectPythonCommands(
  paths: ReadonlySet<string>,
  read: ReadText,
): Promise<Detected> {
  const present = manifests.filter((name) => paths.has(name));
  if (present.length === 0) return none;
  const extra = [...paths].filter((path) =>
    /^(?:requirements[^/]*\.txt|Pipfile|pytest\.ini|mypy\.ini)$/.test(path),
  );
  const texts = await Promise.all([...new Set([...present, ...extra])].map(read));
  const words = texts.join("\n");
  const { prefix, setup } = findRunner(paths);
  const isTested = [...paths].some((path) => /(?:^|\/)(?:test_[^/]+|[^/]+_test)\.py$/.test(path));
  const commands: Record<string, string> = { compile: `${prefix}${compileWith(paths, words)}` };
  if (paths.has("pytest.ini") || /\bpytest\b/.test(words))
    Object.assign(commands, pytest(paths, prefix));
  else if (isTested) {
    commands.unit = `${prefix}python3 -m unittest discover`;
    commands.all = commands.unit;
  }
  return { commands, setup };
}

function findRunner(paths: ReadonlySet<string>): { prefix: string; setup: string | null } {
  if (paths.has("uv.lock")) return { prefix: "uv run ", setup: "uv sync --frozen" };
  if (paths.has("poetry.lock")) return { prefix: "poetry run ", setup: "poetry install" };
  if (paths.has("Pipfile.lock")) return { prefix: "pipenv run ", setup: "pipenv sync --dev" };
  return { prefix: "", setup: null };
}

/** A type checker where one is configured, else the byte compiler over the folders that hold modules. */
function compileWith(paths: ReadonlySet<string>, words: string): string {
  if (paths.has("mypy.ini") || /^\[(?:tool\.)?mypy\b/m.test(words)) return "python3 -m mypy .";
  const roots = new Set<string>();
  for (const path of paths) {
    const root =
      /^([A-Za-z0-9_-]+)\/.*\.py$/.exec(path)?.[1] ?? /^[A-Za-z0-9_]+\.py$/.exec(path)?.[0];
    if (root !== undefined) roots.add(root);
  }
  const targets = [...roots].sort().slice(0, 30).join(" ");
  return `python3 -m compileall -q ${targets || "."}`;
}

function pytest(paths: ReadonlySet<string>, prefix: string): Record<string, string> {
  const has = (folder: string): boolean => [...paths].some((path) => path.startsWith(`${folder}/`));
  const run = `${prefix}python3 -m pytest`;
  const commands: Record<string, string> = { unit: run, all: run };
  const integration = ["tests/integration", "test/integration"].find(has);
  const unit = ["tests/unit", "test/unit"].find(has);
  if (integration !== undefined) {
    commands.integration = `${run} ${integration}`;
    commands.unit = `${run} --ignore=${integration}`;
  }
  if (unit !== undefined) commands.unit = `${run} ${unit}`;
  return commands;
}
