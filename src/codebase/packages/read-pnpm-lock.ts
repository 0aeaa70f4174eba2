import { addVersion, type Locked } from "./locked.ts";

const section = /^(?:dependencies|devDependencies|optionalDependencies)$/;

/**
 * What each workspace of pnpm holds. Only the part before `packages:` is looked at, line by line: the file is generated, and the rest
 * may be very long.
 */
export function readPnpmLock(text: string, wanted: ReadonlySet<string>): Locked {
  const versions: Locked = new Map();
  const end = text.search(/^(?:packages|snapshots):/m);
  const at = { importers: false, folder: "", depth: Number.POSITIVE_INFINITY, name: "" };
  for (const line of (end < 0 ? text : text.slice(0, end)).split("\n")) {
    const match = /^( *)'?([^\s':]+)'?:\s*(.*)$/.exec(line.trimEnd());
    if (match === null) continue;
    const [, space = "", key = "", value = ""] = match;
    const depth = space.length - at.depth;
    if (section.test(key) && depth <= 0) at.depth = space.length;
    else if (depth <= 0) at.depth = Number.POSITIVE_INFINITY;
    if (key === "importers" && space === "") at.importers = true;
    if (at.importers && space.length === 2) at.folder = key === "." ? "" : key;
    if (depth === 2) at.name = key;
    const version = depth === 4 && key === "version" ? value : depth === 2 ? value : "";
    if (!/^\d/.test(version) || !wanted.has(at.name)) continue;
    const name = at.folder === "" ? at.name : `${at.folder}>${at.name}`;
    addVersion(versions, name, version.replace(/[(_].*$/, ""));
  }
  return versions;
}
