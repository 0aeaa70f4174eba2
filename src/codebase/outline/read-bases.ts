const LOOKED_AT = 2_000;

/** The names of a list of types as written, without type arguments, calls and what is left empty by that. */
export function readBases(list: string, separator = ","): string[] {
  return splitTopLevel(list.slice(0, LOOKED_AT), separator)
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

/** Names after `extends` and `implements`, in what stands between a name and its body. */
export function readHeritage(heritage: string): string[] {
  const rest = afterTypeParameters(heritage.slice(0, LOOKED_AT)).split(/\bpermits\b/)[0] ?? "";
  const clause = /\b(?:extends|implements)\b([\s\S]*)$/.exec(rest)?.[1] ?? "";
  return clause.split(/\bimplements\b/).flatMap((list) => readBases(list));
}

/** Names after the colon that stands in no bracket (`<T>(int a) : Base<T>(a), Other where T : class`). */
export function basesAfterColon(heritage: string, separator = ","): string[] {
  const head = heritage.slice(0, LOOKED_AT).split(/\bwhere\b/)[0] ?? "";
  const [, ...rest] = splitTopLevel(` .${head.replaceAll("::", "\0")}`, ":");
  return readBases(rest.join(":").replaceAll("\0", "::"), separator);
}

/** `<T extends X> extends Y` → ` extends Y`: what type parameters extend is no base. */
function afterTypeParameters(heritage: string): string {
  const from = heritage.search(/\S/);
  if (heritage[from] !== "<") return heritage;
  let depth = 0;
  for (let at = from; at < heritage.length; at += 1) {
    if (heritage[at] === "<") depth += 1;
    else if (heritage[at] === ">" && heritage[at - 1] !== "=") depth -= 1;
    if (depth === 0) return heritage.slice(at + 1);
  }
  return heritage;
}
