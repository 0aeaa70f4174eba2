import type { Codebase } from "../codebase/codebase.ts";

/** A script or target, and where it is declared. */
export type Named = { name: string; path: string; line: number };

/** Scripts of all manifests of this name, the root's first. */
export async function listScripts(codebase: Codebase, manifest: string): Promise<Named[]> {
  const paths = codebase.files
    .map((file) => file.path)
    .filter((path) => path === manifest || path.endsWith(`/${manifest}`))
    .filter((path) => !path.includes("node_modules/"))
    .toSorted((one, other) => one.split("/").length - other.split("/").length);
  const read = await Promise.all(paths.map((path) => readScripts(path, codebase)));
  return read.flat();
}

async function readScripts(path: string, codebase: Codebase): Promise<Named[]> {
  const text = await codebase.text(path);
  const names = namesIn(text ?? "");
  const lines = (text ?? "").split("\n");
  return names.map((name) => {
    const index = lines.findIndex((line) =>
      line.trimStart().startsWith(`${JSON.stringify(name)}:`),
    );
    return { name, path, line: Math.max(index, 0) + 1 };
  });
}

function namesIn(text: string): string[] {
  try {
    const manifest: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    if (typeof manifest !== "object" || manifest === null || !("scripts" in manifest)) return [];
    const { scripts } = manifest;
    return typeof scripts === "object" && scripts !== null ? Object.keys(scripts) : [];
  } catch {
    return []; // a broken manifest has no scripts; its own tool will say more
  }
}
