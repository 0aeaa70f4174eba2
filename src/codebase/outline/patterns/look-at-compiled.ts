import { readUsing } from "../languages/c-sharp-usings.ts";
import { readJavaImport } from "../languages/java-imports.ts";
import { rustUses } from "../languages/rust-uses.ts";
import { basesAfterColon, readHeritage } from "../read-bases.ts";
import { importsByLine, type PatternLanguage } from "./pattern-language.ts";

const isPublic = (signature: string): boolean => /\b(?:public|protected)\b/.test(signature);

const GO_IMPORT = /^import\s*(?:\([^)]{0,20000}\)|[^\n(]+)/gm;

const blocks = importsByLine(GO_IMPORT, ([statement]) =>
  [...statement.matchAll(/([\w.]*)[ \t]*["`]([^"`\n]+)["`]/g)].map((found) => ({
    specifier: found[2] ?? "",
    names: [/^(?:import)?$/.test(found[1] ?? "") ? "*" : (found[1] ?? "")],
    at: found.index,
  })),
);

export const goLook: PatternLanguage = {
  comments: "slash",
  looks: [
    { look: /^type\s+(\w+)\s*(?:\[[^\]]*\]\s*)?struct\b/, kind: "class" },
    { look: /^type\s+(\w+)\s*(?:\[[^\]]*\]\s*)?interface\b/, kind: "interface" },
    { look: /^type\s+(\w+)/, kind: "type" },
    {
      look: /^func\s+\((?:\w+\s+)?\*?(?=(?<owner>\w+))[^)]*\)\s*(?<name>\w+)\s*\(/,
      kind: "method",
    },
    { look: /^func\s+(\w+)/, kind: "function" },
    { look: /^const\s+(\w+)/, kind: "constant" },
    { look: /^var\s+(\w+)/, kind: "variable" },
  ],
  exported: (_signature, name) => /^\p{Lu}/u.test(name),
  bases: () => [],
  imports: blocks,
};

const RUST_WORDS = "^(?:pub(?:\\([^)]*\\))?\\s+)?";
const modules = importsByLine(/^[ \t]*(?:pub(?:\([^)\n]*\))?\s+)?mod\s+(\w+)\s*;/gm, ([, name]) => [
  { specifier: `mod:${name ?? ""}`, names: ["*"], handsOn: true },
]);

export const rustLook: PatternLanguage = {
  comments: "slash",
  looks: [
    { look: new RegExp(`${RUST_WORDS}(?:struct|union)\\s+(\\w+)`), kind: "class" },
    { look: new RegExp(`${RUST_WORDS}enum\\s+(\\w+)`), kind: "enum" },
    {
      look: new RegExp(`${RUST_WORDS}(?:unsafe\\s+)?trait\\s+(\\w+)`),
      kind: "interface",
      holds: true,
    },
    {
      look: /^(?:unsafe\s+)?impl\b.*?(?:\bfor\s+)(?:[\w:]+::)?(\w+)/,
      kind: "class",
      holds: true,
      adds: true,
    },
    { look: /^impl(?:<.*?>)?\s+(?:[\w:]+::)?(\w+)/, kind: "class", holds: true, adds: true },
    { look: new RegExp(`${RUST_WORDS}type\\s+(\\w+)`), kind: "type" },
    { look: new RegExp(`${RUST_WORDS}mod\\s+(\\w+)\\s*\\{`), kind: "module", holds: true },
    {
      look: new RegExp(`${RUST_WORDS}(?:(?:const|async|unsafe|extern)\\s+)*fn\\s+(\\w+)`),
      kind: "function",
    },
    { look: new RegExp(`${RUST_WORDS}const\\s+(\\w+)\\s*:`), kind: "constant" },
    { look: new RegExp(`${RUST_WORDS}static\\s+(?:mut\\s+)?(\\w+)\\s*:`), kind: "variable" },
  ],
  exported: (signature) => signature.startsWith("pub"),
  bases: () => [],
  imports(source, isCode) {
    modules(source, isCode);
    rustUses(source, isCode);
  },
};

const WORDS = "^(?:[a-z]+\\s+){0,6}";
/** A method by its result, its name and its parameters; attributes before it are none. */
/** A method by its result, its name and its parameters; attributes before it are none. */
const METHOD =
  /^(?![[@])(?:(?!return|new|else|throw|await|using)[\w<>[\],.?@]+\s+){1,8}(\w+)\s*(?:<[^>()]*>\s*)?\([^;]*$/;

export const javaLook: PatternLanguage = {
  comments: "slash",
  looks: [
    { look: new RegExp(`${WORDS}(?:class|record)\\s+(\\w+)`), kind: "class", holds: true },
    { look: new RegExp(`${WORDS}@?interface\\s+(\\w+)`), kind: "interface", holds: true },
    { look: new RegExp(`${WORDS}enum\\s+(\\w+)`), kind: "enum", holds: true },
    { look: METHOD, kind: "method" },
  ],
  exported: isPublic,
  bases: readHeritage,
  imports: importsByLine(/^import\s[^;\n]+;/gm, ([statement]) => {
    const found = readJavaImport(statement);
    return found === null ? [] : [found];
  }),
};

export const cSharpLook: PatternLanguage = {
  comments: "slash",
  looks: [
    { look: /^namespace\s+([\w.]+)/, kind: "module" },
    {
      look: new RegExp(`${WORDS}(?:class|struct|record(?:\\s+(?:class|struct))?)\\s+(\\w+)`),
      kind: "class",
      holds: true,
    },
    { look: new RegExp(`${WORDS}interface\\s+(\\w+)`), kind: "interface", holds: true },
    { look: new RegExp(`${WORDS}enum\\s+(\\w+)`), kind: "enum", holds: true },
    { look: METHOD, kind: "method" },
  ],
  exported: (signature) => /\b(?:public|protected|internal)\b|^namespace\b/.test(signature),
  bases: (rest) => basesAfterColon(rest),
  imports: importsByLine(/^[ \t]*(?:global\s+)?using\s[^;({\n]+;/gm, ([statement]) => {
    const found = readUsing(statement.trim());
    return found === null ? [] : [found];
  }),
};

export const cppLook: PatternLanguage = {
  comments: "slash",
  looks: [
    { look: /^namespace\s+([\w:]+)\s*\{?/, kind: "module" },
    {
      look: /^(?:template\s*<.*>\s*)?(?:class|struct|union)\s+(?:[A-Z_]+\s+)?(\w+)[^;]*$/,
      kind: "class",
      holds: true,
    },
    { look: /^enum\s+(?:class\s+|struct\s+)?(\w+)[^;]*$/, kind: "enum" },
    { look: /^#\s*define\s+(\w+)[ \t(]+\S/, kind: "constant" },
    { look: /^using\s+(\w+)\s*=/, kind: "type" },
    {
      look: /^(?:(?!return|else|delete|throw|using|typedef)[\w:<>,*&~]+\s+){1,6}[*&]*(?:\w+::)*(\w+)\s*\([^;]*$/,
      kind: "function",
    },
  ],
  exported: (signature) => !/^static\b/.test(signature),
  bases: (rest) =>
    basesAfterColon(rest.replace(/\b(?:public|private|protected|virtual|final)\b/g, "")),
  imports: importsByLine(
    /^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]/gm,
    ([, sign, path = ""]) => [{ specifier: sign === "<" ? path : `./${path}`, names: ["*"] }],
  ),
};
