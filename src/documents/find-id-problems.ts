import type { Problem } from "./problem.ts";
import type { Path } from "./reading.ts";

/** Ids that are not of the form of `example` (`AC-1`: letters, separator, number), and ids used twice. */
export function findIdProblems(
  items: readonly { id: string }[],
  path: Path,
  example: string,
): Problem[] {
  const stem = example.replace(/\d+$/, "");
  const seen = new Set<string>();
  return items.flatMap(({ id }, index) => {
    const at = [...path, index, "id"];
    const problems: Problem[] = [];
    if (!isId(id, stem)) problems.push({ path: at, message: `"${id}" is not an id`, example });
    else if (seen.has(id)) problems.push({ path: at, message: `"${id}" appears twice`, example });
    seen.add(id);
    return problems;
  });
}

/** `AC-1`, and `AC-1a` or `AC-12.3` as people number what they insert; the letters as in the stem. */
const isId = (id: string, stem: string): boolean =>
  id.startsWith(stem) && /^\d{1,6}(?:[.-]?[a-z0-9]{1,8})*$/i.test(id.slice(stem.length));
