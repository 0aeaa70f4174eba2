import type { ChangedText, WeakenedTest } from "./find-weakened-tests.ts";

/** Forms in which a script passes whatever the tests say. */
const ALWAYS_PASSES =
  /\|\|\s*(?:true|:|exit\s+0)(?=\s|$|[;"'])|;\s*(?:true|:|exit\s+0)\s*$|^\s*(?:true|:|exit\s+0|echo\b[^&|;]*)\s*$|--passWithNoTests\b|--exit-zero\b/m;

/**
 * Ways in which a change makes the runner itself always pass: a script of package.json, or a line of a Makefile, that ends well
 * whatever happens and did not before. The commands are the base's, but what they call is part of the change.
 */
export function findNeutralisedRunners(changes: readonly ChangedText[]): WeakenedTest[] {
  return changes.flatMap(({ path, before, after }): WeakenedTest[] => {
    if (after === null) return [];
    const [old, now] = [linesOf(path, before ?? ""), linesOf(path, after)];
    const found = now.filter((line) => ALWAYS_PASSES.test(line) && !old.includes(line));
    return found.map((line) => ({
      path,
      kind: "neutralised",
      detail: `${path}: \`${line.trim().slice(0, 80)}\` passes whatever the tests say`,
    }));
  });
}

/** The lines that run something: scripts of a manifest, recipes of a Makefile; none in other files. */
function linesOf(path: string, text: string): string[] {
  if (/(^|\/)package\.json$/.test(path)) return scriptsOf(text);
  if (!/(^|\/)(?:GNU)?[Mm]akefile$|\.mk$/.test(path)) return [];
  return text
    .split("\n")
    .flatMap((line) => (line.startsWith("\t") ? [line.replace(/^\t[@-]*/, "")] : []));
}

function scriptsOf(text: string): string[] {
  try {
    const manifest: unknown = JSON.parse(text);
    const scripts = (manifest as { scripts?: unknown } | null)?.scripts;
    if (typeof scripts !== "object" || scripts === null) return [];
    return Object.entries(scripts)
      .filter(
        ([name, value]) =>
          /test|check|lint|build|compile|verify|ci/i.test(name) && typeof value === "string",
      )
      .map(([, value]) => String(value));
  } catch {
    return [];
  }
}
