import { nameOf } from "./manifest.ts";

const manifests = [
  /^package\.json$/,
  /^pyproject\.toml$/,
  /^setup\.(?:cfg|py)$/,
  /^requirements[\w.-]*\.(?:txt|in)$/,
  /^go\.mod$/,
  /^Cargo\.toml$/,
  /^pom\.xml$/,
  /^(?:build|settings)\.gradle(?:\.kts)?$/,
  /\.versions\.toml$/,
  /^gradle\.properties$/,
  /\.(?:cs|fs|vb)proj$/,
  /^Directory\.Packages\.props$/,
  /^Gemfile$/,
  /\.gemspec$/,
  /^composer\.json$/,
];

const locks =
  /^(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|poetry\.lock|uv\.lock|pdm\.lock|Cargo\.lock|Gemfile\.lock|composer\.lock|packages\.lock\.json|gradle\.lockfile)$/;

const foreign = /(?:^|\/)(?:node_modules|vendor|third_party|\.venv|venv|bower_components)\//;

/** Whether a file is read whole only for the versions it holds. */
export const isLock = (path: string): boolean => locks.test(nameOf(path));

const isRequirements = (path: string): boolean =>
  /(?:^|\/)requirements\/[^/]+\.(?:txt|in)$/.test(path);

/** Manifests and lockfiles to read for `readPackages`, in the order given; those of vendored code are left out. */
export function findManifests(paths: readonly string[]): string[] {
  return paths.filter((path) => {
    if (foreign.test(path)) return false;
    const name = nameOf(path);
    return locks.test(name) || isRequirements(path) || manifests.some((look) => look.test(name));
  });
}
