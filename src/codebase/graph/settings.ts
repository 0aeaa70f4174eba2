import type { Package } from "../codebase.ts";
import { within } from "./place.ts";

/** Texts that say how imports are meant, and the packages by name. */
export type Settings = {
  paths(): readonly string[];
  text(path: string): string | null;
  /** Place that a name like `@a/b/c.json` has in a package of this repository, whether or not a file is there. */
  inPackage(specifier: string): string | null;
  /** Package of Node that a specifier names, and what of it. */
  nodePackage(specifier: string): { folder: string; manifest: string; rest: string } | null;
  packages: readonly Package[];
};

export function openSettings(
  packages: readonly Package[],
  texts: readonly { path: string; text: string }[],
): Settings {
  const byPath = new Map(texts.map(({ path, text }) => [path, text]));
  const byName = new Map<string, Package>();
  for (const one of packages) {
    if (one.ecosystem === "npm" && one.name !== "" && !byName.has(one.name))
      byName.set(one.name, one);
  }
  const nodePackage: Settings["nodePackage"] = (specifier) => {
    const parts = specifier.split("/");
    const name = parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
    const found = byName.get(name);
    if (found === undefined) return null;
    const { folder, manifest } = found;
    return { folder, manifest, rest: specifier.slice(name.length + 1) };
  };
  return {
    paths: () => [...byPath.keys()],
    text: (path) => byPath.get(path) ?? null,
    inPackage: (specifier) => {
      const found = nodePackage(specifier);
      return found === null ? null : within(found.folder, found.rest);
    },
    nodePackage,
    packages,
  };
}
