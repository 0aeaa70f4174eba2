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

/** Targets of the Makefile or justfile in the root. `isWhole`: no include and no pattern, so that no other can be there. */
export async function listTargets(
  codebase: Codebase,
  tool: string,
): Promise<{ named: Named[] | null; isWhole: boolean }> {
  const names =
    tool === "make"
      ? ["GNUmakefile", "makefile", "Makefile"]
      : ["justfile", "Justfile", ".justfile"];
  const path = names.find((name) => codebase.file(name) !== null);
  const text = path === undefined ? null : await codebase.text(path);
  if (path === undefined || text === null) return { named: null, isWhole: true };
  const rule =
    tool === "make" ? /^([A-Za-z0-9_./ \t-]+?)[ \t]*::?(?!=)/ : /^@?([A-Za-z0-9_-]+)[^:=]*:(?!=)/;
  const named = text.split("\n").flatMap((line, index) =>
    (rule.exec(line)?.[1] ?? "")
      .split(/[ \t]+/)
      .filter((name) => name !== "")
      .map((name) => ({ name, path, line: index + 1 })),
  );
  const isWhole = !/^-?include\b|^sinclude\b|^import\b|%.*:|^\$\(/m.test(text);
  return { named, isWhole };
}
