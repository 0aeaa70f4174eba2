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

/** What else goes by such a word: "environment variable", "CSS class", "HTTP method", "content type". None of them is declared in code. */
const elsewhere = [
  "(?:environment|env\\.?|shell|bash|make|makefile|template|jinja2?|css|sass|scss|less|ci|build|pipeline|workflow|github|gitlab|ansible|terraform|docker|bind|session|system|server|deployment|process)[- ]variable",
  "(?:css|html|style|utility|tailwind|character|storage|priority|ingress)[- ]class",
  "(?:http|https|payment|shipping)[- ]method",
  "(?:content|mime|media|file|input|column|commit)[- ]type",
  "(?:form|json|yaml|toml|xml|header|input|database|db|request|response|payload|body|query|table|log|manifest|frontmatter|front matter|config(?:uration)?)[- ]field",
  "(?:css|system|json|yaml|toml|config(?:uration)?|build|gradle|maven|project)[- ]property",
  "(?:html|xml|data|dom|aria|tag|element|database|db)[- ]attribute",
  "(?:sql|database|db|postgres(?:ql)?|css)[- ]function",
  "(?:command[- ]line|network|user|web)[- ]interface",
  "(?:kubernetes|k8s|xml|linux|network|cluster)[- ]namespace",
  "(?:database|db|postgres(?:ql)?|sql|graphql)[- ](?:enum|type)",
].join("|");
/** Nouns before a span that name a thing of configuration, of the command line, of a request or of a table. */
const settings =
  "(?:config(?:uration)?[- ](?:key|option|setting|entry)|settings?|(?:feature|command[- ]line|cli)[- ]flag|flag|cookie|(?:query|url|path|route)[- ]parameter|(?:http |request |response )?header|column|(?:git )?branch)";
const foreignBefore = new RegExp(
  `\\b(?:${elsewhere}|${settings})(?:e?s)?(?: (?:named|called))?\\s*$`,
  "i",
);
const foreignAfter = new RegExp(`^\\s+(?:is (?:an?|the)\\s+)?(?:${elsewhere})\\b`, "i");

/** Whether the words beside a span call it something that is no declaration of code, though its noun is one: "environment variable". */
export const isForeignThing = (lead: string, rest: string): boolean =>
  foreignBefore.test(lead) || foreignAfter.test(rest);

/** What is declared inside of a function has no place in an index, and "the event type" may be a class or a text. */
const vague =
  /\b(?:(?:local|loop|temporary|temp|block|bound|captured|instance)\s+variables?|(?:event|message|resource|data|node|token)\s+types?)\s*$/i;

/** "the class ⟦0⟧", "⟦0⟧ class"; null where the words beside a span do not say what it is. */
export function readKindWord(lead: string, rest: string): KindWord | null {
  if (isForeignThing(lead, rest) || vague.test(lead)) return null;
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
