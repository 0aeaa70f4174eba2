/** What words call a name. */
export type KindWord =
  | "class"
  | "interface"
  | "type"
  | "enum"
  | "struct"
  | "trait"
  | "function"
  | "method"
  | "field"
  | "constant"
  | "variable"
  | "module";

const meanings: Readonly<Record<string, KindWord>> = {
  class: "class",
  interface: "interface",
  type: "type",
  "type alias": "type",
  enum: "enum",
  enumeration: "enum",
  struct: "struct",
  trait: "trait",
  function: "function",
  method: "method",
  field: "field",
  property: "field",
  attribute: "field",
  constant: "constant",
  variable: "variable",
  namespace: "module",
};
const words = Object.keys(meanings)
  .toSorted((one, other) => other.length - one.length)
  .join("|");
const before = new RegExp(`\\b(${words})(?:e?s)?\\s*$`, "i");
const after = new RegExp(`^\\s+(?:abstract\\s+|base\\s+|async\\s+)?(${words})\\b(?!\\s+⟦)`, "i");

/** "the class ⟦0⟧", "⟦0⟧ class"; null where the words beside a span do not say what it is. */
export function readKindWord(lead: string, rest: string): KindWord | null {
  const found = before.exec(lead)?.[1] ?? after.exec(rest)?.[1];
  if (found === undefined) return null;
  // "of type `X`" says of another thing that it has this type.
  if (/\b(?:of|with|has|a|the return|return|parameter) type\s*$/i.test(lead) && found === "type")
    return null;
  return meanings[found.toLowerCase()] ?? null;
}

const keyword =
  /^(?:(?:export|default|declare|pub(?:\([a-z]+\))?|public|private|protected|internal|static|abstract|final|sealed)\s+)*(class|interface|struct|trait|enum|type)\s/;

/** What a declaration's own keyword says; functions are told by their parameters. */
export const readKeyword = (declaration: string): KindWord | null =>
  meanings[keyword.exec(declaration)?.[1] ?? ""] ?? null;
