const LOOKED_AT = 2_000;

/** The names of a list of types as written, without type arguments, calls and what is left empty by that. */
export function readBases(list: string): string[] {
  return splitTopLevel(list.slice(0, LOOKED_AT))
    .map((item) => item.replace(/[<([{][\s\S]*$/, "").replace(/\s+/g, ""))
    .filter((name) => /^[\p{L}\p{N}_$.:\\]+$/u.test(name));
}

/** Parts of a list between the commas that stand in no bracket. */
export function splitTopLevel(list: string, separator = ","): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < list.length; at += 1) {
    const sign = list[at] ?? "";
    if ("<([{".includes(sign)) depth += 1;
    else if (">)]}".includes(sign) && list[at - 1] !== "=") depth = Math.max(0, depth - 1);
    else if (sign === separator && depth === 0) {
      parts.push(list.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(list.slice(from));
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
