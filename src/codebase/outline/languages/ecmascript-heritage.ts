import { readBases } from "../read-bases.ts";

/** Names after `extends` and `implements`, in what stands between a name and its body. */
export function readHeritage(heritage: string): string[] {
  const clause = /\b(?:extends|implements)\b([\s\S]*)$/.exec(withoutTypeParameters(heritage));
  return (clause?.[1] ?? "").split(/\bimplements\b/).flatMap(readBases);
}

/** `<T extends X> extends Y` → ` extends Y`: what type parameters extend is no base. */
function withoutTypeParameters(heritage: string): string {
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
