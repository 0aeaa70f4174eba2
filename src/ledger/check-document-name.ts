/** The file of the events; no document may take its name. */
export const eventsFile = "events.jsonl";

const segmentPattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const longestSegment = 100;
const deepest = 3;

/**
 * The rule that a document's name breaks, or null. Names become paths in a git tree and, on export, on a disk:
 * at most three plain segments, so that no name can leave its folder or touch git's own files.
 */
export function checkDocumentName(name: string): string | null {
  if (name === "") return "a document needs a name";
  if (name.toLowerCase() === eventsFile) return `${eventsFile} holds the events`;
  if (name.startsWith("/")) return "absolute names are not allowed";
  const segments = name.split("/");
  if (segments.length > deepest) return `at most ${deepest} levels are allowed`;
  for (const segment of segments) {
    if (segment.length > longestSegment) return `a part has more than ${longestSegment} characters`;
    if (!segmentPattern.test(segment) || segment.endsWith(".")) {
      return "parts begin with a letter or digit and hold only letters, digits, dot, dash and underscore";
    }
  }
  return null;
}

/** A name that is wanted both as a file and as a folder, or null. */
export function findNameClash(names: Iterable<string>): string | null {
  const all = new Set(names);
  for (const name of all) {
    const segments = name.split("/");
    for (let depth = 1; depth < segments.length; depth += 1) {
      const folder = segments.slice(0, depth).join("/");
      if (all.has(folder)) return folder;
    }
  }
  return null;
}
