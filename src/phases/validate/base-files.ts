import type { Snapshot } from "../../workspace/port.ts";

/** The files of the base commit, listed once and read once each. */
export type BaseFiles = {
  snapshot: Snapshot;
  paths: readonly string[];
  hasFile(path: string): boolean;
  hasFolder(path: string): boolean;
  /** null when there is no such text file: absent, binary, or a path that no repository has. */
  text(path: string): Promise<string | null>;
};

export async function listBaseFiles(snapshot: Snapshot): Promise<BaseFiles> {
  const paths = (await snapshot.list()).map((entry) => entry.path);
  const files = new Set(paths);
  const folders = new Set(paths.flatMap(foldersOf));
  const texts = new Map<string, Promise<string | null>>();
  const read = async (path: string): Promise<string | null> => {
    const content = await snapshot.read(path);
    return content?.kind === "text" ? content.text : null;
  };
  return {
    snapshot,
    paths,
    hasFile: (path) => files.has(path),
    hasFolder: (path) => folders.has(path.replace(/\/$/, "")),
    text: async (path) => {
      if (!files.has(path)) return null;
      const known = texts.get(path) ?? read(path);
      texts.set(path, known);
      return await known;
    },
  };
}

function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join("/"));
}
