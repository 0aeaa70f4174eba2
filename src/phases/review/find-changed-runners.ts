import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { ReviewedFile } from "./read-changes.ts";

/** Files by which tests are run: their change decides what a green command means. */
const RUNNER =
  /(?:^|\/)(?:package\.json|(?:GNU)?[Mm]akefile|[^/]+\.mk|[Jj]ustfile|Taskfile\.ya?ml|tox\.ini|pytest\.ini|setup\.cfg|pyproject\.toml|noxfile\.py|\.mocharc(?:\.[a-z]+)?|(?:jest|vitest|vite|karma|playwright|cypress|ava|web-test-runner)\.(?:config\.)?[cm]?[jt]s(?:on)?|\.(?:taprc|nycrc|rspec))$/;
const MANIFEST = /(?:^|\/)package\.json$/;
/** What a package.json says about running tests. Its dependencies are another matter. */
const RUNNING = ["scripts", "jest", "mocha", "ava", "tap", "vitest", "nyc", "c8"] as const;

/** Scripts that run by themselves in a set-up, where they could replace the runner. */
const INSTALLING = new Set(["preinstall", "install", "postinstall", "prepare", "dependencies"]);

/** A file to put back before the tests are run again; `text` null removes it. */
export type Laid = { path: string; text: string | null };

/** Files of the root that say what a command runs. */
export const runnerManifests = ["package.json", "Makefile", "makefile", "GNUmakefile"] as const;

/**
 * How the tests were run before the change, as far as the change touched it and the approved spec did not say so: files to put
 * back over the head. A file that the spec lists is approved; of a package.json only the scripts that stand in the spec to the letter.
 * `formerly` holds the base's commands and `runnerManifests`: a script that they call by its path is a runner too.
 */
export function findChangedRunners(
  files: readonly Pick<ReviewedFile, "path" | "from" | "before" | "after">[],
  spec: Pick<BuildSpec, "files">,
  specText: string,
  formerly: readonly string[],
): Laid[] {
  const approved = new Set(
    spec.files.flatMap(({ path, to }) => (to === null ? [path] : [path, to])),
  );
  const called = new Set(
    formerly.flatMap((text) =>
      text.split(/[\s"'`;&|()=]+/).map((word) => word.replace(/^\.\//, "")),
    ),
  );
  return files.flatMap((file): Laid[] => {
    const path = file.from ?? file.path;
    if (MANIFEST.test(path)) return layManifest(path, file, specText);
    const isCalled = called.has(path) && file.before !== null;
    if (approved.has(path) || !(RUNNER.test(path) || isCalled)) return [];
    // What could not be read cannot be put back, and caps the score as unread.
    return file.before === null && file.after === null ? [] : [{ path, text: file.before }];
  });
}

function layManifest(
  path: string,
  { before, after }: Pick<ReviewedFile, "before" | "after">,
  specText: string,
): Laid[] {
  const [old, now] = [read(before), read(after)];
  if (old === null || now === null) return [];
  const laid: Record<string, unknown> = { ...now };
  for (const key of RUNNING) {
    if (key in old) laid[key] = old[key];
    else if (key !== "scripts") delete laid[key];
  }
  laid.scripts = layScripts(scriptsOf(old), scriptsOf(now), specText);
  const [was, is] = [pick(now), pick(laid)];
  return was === is ? [] : [{ path, text: `${JSON.stringify(laid, null, 2)}\n` }];
}

/** The scripts as they were, with new ones, but not those that run before or after one of them; and with what was approved. */
function layScripts(
  old: Record<string, unknown>,
  now: Record<string, unknown>,
  specText: string,
): Record<string, unknown> {
  const spec = specText.replace(/\s+/g, "");
  const isApproved = (name: string, script: unknown): boolean =>
    spec.includes(`${JSON.stringify(name)}:${JSON.stringify(script)}`.replace(/\s+/g, ""));
  const isHook = (name: string): boolean => {
    const target = /^(?:pre|post)(.+)$/.exec(name)?.[1];
    return INSTALLING.has(name) || (target !== undefined && target in old);
  };
  const kept = Object.entries(now).filter(
    ([name, script]) => isApproved(name, script) || (!(name in old) && !isHook(name)),
  );
  return { ...old, ...Object.fromEntries(kept) };
}

const pick = (manifest: Record<string, unknown>): string =>
  JSON.stringify(
    RUNNING.map((key) => {
      const value = manifest[key] ?? {};
      return key === "scripts" ? Object.entries(value).sort() : value;
    }),
  );

function read(text: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse((text ?? "").replace(/^\ufeff/, ""));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { ...value }
      : null;
  } catch {
    return null;
  }
}

function scriptsOf(manifest: Record<string, unknown> | null): Record<string, unknown> {
  const scripts = manifest?.scripts;
  return typeof scripts === "object" && scripts !== null ? { ...scripts } : {};
}
