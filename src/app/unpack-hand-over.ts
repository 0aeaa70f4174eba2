import { type UnzipFileInfo, unzipSync } from "fflate";
import { bundleFile, handOverFile } from "../engine/hand-over.ts";
import { fail, type Result, succeed } from "../shared/result.ts";

/** Files of a hand-over, by name. */
export type Unpacked = ReadonlyMap<string, Uint8Array>;

/** Most bytes of an archive, and of each file in it as it is unpacked. */
export const archiveLimits = {
  archive: 120_000_000,
  files: new Map([
    [handOverFile, 40_000_000],
    [bundleFile, 100_000_000],
  ]),
};

class Refused extends Error {}

/** Looks at an entry before a byte of it is unpacked: its name is one of two, and its size is bounded. */
function admit({ name, originalSize }: UnzipFileInfo, seen: Set<string>): true {
  const most = archiveLimits.files.get(name);
  if (most === undefined) throw new Refused(`it holds ${JSON.stringify(name.slice(0, 100))}`);
  if (seen.has(name)) throw new Refused(`it holds ${name} twice`);
  if (originalSize > most) throw new Refused(`${name} is larger than ${most} bytes`);
  seen.add(name);
  return true;
}

/**
 * Unpacks the artifact of a run, in memory and by the names that a hand-over has: no path of the archive reaches a file system, and
 * nothing grows beyond the size that was announced and allowed. Failure: `hand-over-refused`.
 */
export function unpackHandOver(archive: Uint8Array): Result<Unpacked> {
  const refuse = (detail: string) =>
    fail({ reason: "hand-over-refused" as const, detail, path: null });
  if (archive.length > archiveLimits.archive) return refuse("its archive is too large");
  const seen = new Set<string>();
  try {
    const files = unzipSync(archive, { filter: (entry) => admit(entry, seen) });
    const unpacked = new Map(Object.entries(files));
    if (!unpacked.has(handOverFile)) return refuse(`it holds no ${handOverFile}`);
    return succeed(unpacked);
  } catch (error) {
    if (error instanceof Refused) return refuse(error.message);
    return refuse("its archive cannot be read");
  }
}
