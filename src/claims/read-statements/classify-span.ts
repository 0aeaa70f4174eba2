import { isTypeFirst } from "./is-type-first.ts";

/** What a code span is by its look alone. */
export type Span =
  | { kind: "path"; path: string; line: number | null; endLine: number | null }
  | { kind: "command"; words: readonly string[] }
  | { kind: "dependency"; name: string; range: string }
  | { kind: "signature"; text: string; isDeclaration: boolean }
  | {
      kind: "symbol";
      owner: string | null;
      name: string;
      isCall: boolean;
      path: string | null;
      written: string;
    }
  | { kind: "words" };

const tools =
  /^(?:npm|pnpm|yarn|bun|npx|make|just|cargo|go|pytest|tox|nox|mvn|\.\/mvnw|gradle|\.\/gradlew|composer|bundle|rake|rails|poetry|uv|pipenv|python3?|node|deno|dotnet|tsc|jest|vitest|bash|sh)$/;
const path =
  /^((?:\.\/)?(?:[\w.@+[\]()-]+\/)*[\w.@+[\]()-]+\/?)(?::(\d+)(?:[-–](\d+))?(?::\d+)?|#L(\d+)(?:-L?(\d+))?)?$/u;
const endings =
  /\.(?:[cm]?[jt]sx?|py|pyi|go|rs|java|kts?|swift|rb|php|cs|csproj|cpp|cc|cxx|c|h|hpp|scala|exs?|vue|svelte|sql|sh|md|rst|txt|ya?ml|json|toml|lock|ini|cfg|xml|html|css|scss|tf|proto|graphql|gradle|prisma|ipynb|env|snap|jsonl|ndjson|csv|tsv|pem|svg|png|jpe?g|gif|pdf|zip|tgz|gz|sqlite|wasm|jar|bat|ps1|mdx)$/i;
const npmRange =
  /^(@?[a-z0-9][\w.-]*(?:\/[\w.-]+)?)@((?:[\^~]|[<>]=?|=)?\s*v?\d[\w.*+ <>=|-]*|latest|\*)$/i;
const pythonRange =
  /^([A-Za-z][\w.-]*(?:\[[\w,-]+\])?)\s*((?:===?|~=|!=|>=|<=|<|>)\s*[\w.*+!]+(?:\s*,\s*(?:==|~=|!=|>=|<=|<|>)\s*[\w.*+!]+)*)$/;
const goRange = /^((?:[\w-]+\.)+[a-z]{2,}(?:\/[\w.~-]+)+)(?:@|\s+)(v\d[\w.+-]*)$/;
const identifier =
  /^(?:[@#&]*)([\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|#|->|\\)#?[\p{L}_$][\p{L}\p{N}_$]*)*[!?]?)(\(\s*(?:…|\.\.\.)?\s*\))?$/u;
const declared =
  /^(?:(?:export|default|declare|pub(?:\([a-z]+\))?|public|private|protected|internal|static|async|abstract|final|override|unsafe|virtual|const|sealed)\s+)*(?:function\*?|fn|func|def|fun|class|interface|struct|trait|enum|type)\s+/;

export function classifySpan(span: string): Span {
  const text = span.trim();
  const dependency = npmRange.exec(text) ?? pythonRange.exec(text) ?? goRange.exec(text);
  if (dependency !== null)
    return { kind: "dependency", name: dependency[1] ?? "", range: (dependency[2] ?? "").trim() };
  const words = text.split(/\s+/);
  if (words.length > 1 && tools.test(words[0] ?? "") && !declared.test(text))
    return { kind: "command", words };
  if (/^(?:make|pytest|tox|\.\/(?:mvnw|gradlew))$/.test(text)) return { kind: "command", words };
  return (
    readPath(text) ??
    readPlaced(text) ??
    readSymbol(text) ??
    readSignature(text) ?? { kind: "words" }
  );
}

function readPath(text: string): Span | null {
  const match = path.exec(text);
  const found = match?.[1] ?? "";
  if (match === null || /^\.{1,2}\//.test(found) || /\(\)$/.test(text) || found.startsWith("@"))
    return null;
  const isFolder = found.endsWith("/");
  if (!isFolder && !endings.test(found) && !/^[\w.-]+(?:\/[\w.@+-]+)+$/.test(found)) return null;
  // `Context.XML` is a member: endings of files without a folder are in small letters.
  if (!found.includes("/") && endings.test(found) && !/\.[\da-z]+$/.test(found)) return null;
  // `process.env` and `config.json` look alike: a name with one dot and no line is a file by its ending only.
  if (
    !found.includes("/") &&
    (/^(?:process|import\.meta)\.env$/.test(found) || /^\.\w+$/.test(found))
  )
    return null;
  if (/^(?:[\w-]+\.)+(?:com|org|net|io|dev|example)\//.test(found)) return null;
  const line = match[2] ?? match[4];
  const end = match[3] ?? match[5];
  return {
    kind: "path",
    path: found,
    line: line === undefined ? null : Number(line),
    endLine: end === undefined ? null : Number(end),
  };
}

/** `src/a.ts#fetchUser`: a name with its place in one span. */
function readPlaced(text: string): Span | null {
  const [, place = "", name = ""] =
    /^([^\s#:]+\.\w+)(?:#|::?)([\p{L}_$][^\s:]*)$/u.exec(text) ?? [];
  const found = place === "" || !endings.test(place) ? null : readSymbol(name);
  return found?.kind === "symbol" ? { ...found, path: place } : null;
}

function readSymbol(text: string): Span | null {
  const match = identifier.exec(text);
  if (match === null) return null;
  const parts = (match[1] ?? "").split(/\.|::|#|->|\\/).filter((part) => part !== "");
  const name = parts.at(-1) ?? "";
  if (name === "") return null;
  const owner = parts.at(-2) ?? null;
  return {
    kind: "symbol",
    owner: owner === "this" || owner === "self" ? null : owner,
    name,
    isCall: match[2] !== undefined,
    path: null,
    written: match[1] ?? "",
  };
}

/** `const run = async (input) => …`, `export const run = (input): Output`. */
const arrow =
  /^(?:export\s+)?(?:(?:const|let|var)\s+[\p{L}_$][\p{L}\p{N}_$]*\s*(?::[^=]*)?|[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)+\s*)=\s*(?:async\s*)?(?:function\b[^(]*|<[^()]*>)?\s*\(/u;
const callable =
  /^(?:(?:async|static|get|set|public|private|protected|override|abstract)\s+)*[\p{L}_$][\p{L}\p{N}_$.#:]*[!?]?\s*(?:<[^()]*>)?\(.*\)\s*(?:(?:->|:|=>)\s*\S.*|throws\s+[\w., ]+)?$/su;
/** Go's methods of an interface: `Encode(v any) error`. */
const resultLast = /^\p{L}[\p{L}\p{N}_]*\([^()]*\)\s+(?:\([^()]*\)|[\w.*[\]]+)$/u;
const typed =
  /[(,]\s*(?:\.\.\.|\*{0,2})?[\p{L}_$][\p{L}\p{N}_$]*\??\s*:\s*\S|\)\s*(?:->|:)\s*\S|^async\s/u;

function readSignature(text: string): Span | null {
  if (text.length > 600) return null;
  if (declared.test(text) || isTypeFirst(text) || arrow.test(text) || resultLast.test(text))
    return { kind: "signature", text, isDeclaration: true };
  if (!callable.test(text)) return null;
  if (/[;{]\s*\S|\)\s*\.|\)\s*\(/.test(text.replace(/\{[^{}]*\}/g, ""))) return null;
  return { kind: "signature", text, isDeclaration: typed.test(text) };
}
