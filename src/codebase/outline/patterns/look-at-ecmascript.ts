import { calledImports, importedNames, namesOfList } from "../languages/ecmascript-imports.ts";
import { readHeritage } from "../read-bases.ts";
import { importsByLine, type PatternLanguage } from "./pattern-language.ts";

const WORDS = "(?:export\\s+)?(?:default\\s+)?(?:declare\\s+)?(?:abstract\\s+)?(?:async\\s+)?";
const REQUIRED = "\\s*=\\s*(?:await\\s+)?(?:require|import)\\s*\\(";
const STATEMENT =
  /^[ \t]*(?:import|export)\b(?:\s{0,50}(?:type\s)?[\w$\s{},*]{0,5000}?\bfrom)?\s{0,50}(["'])([^"'\n]{1,500})\1/gm;

const statements = importsByLine(STATEMENT, ([whole, , specifier = ""]) => {
  const statement = whole.trim();
  if (statement.startsWith("import")) return [{ specifier, names: importedNames(statement) }];
  const all = /^export\s*(?:type\s*)?\*/.test(statement);
  return all || /^export\s*(?:type\s*)?\{/.test(statement)
    ? [{ specifier, names: all ? ["*"] : namesOfList(statement), handsOn: true }]
    : [];
});

export const ecmascriptLook: PatternLanguage = {
  comments: "slash",
  looks: [
    { look: new RegExp(`^${WORDS}class\\s+([\\w$]+)`), kind: "class", holds: true },
    { look: new RegExp(`^${WORDS}interface\\s+([\\w$]+)`), kind: "interface" },
    { look: new RegExp(`^${WORDS}(?:const\\s+)?enum\\s+([\\w$]+)`), kind: "enum" },
    { look: new RegExp(`^${WORDS}type\\s+([\\w$]+)(?:[^=]*=|\\s*<[^=;]*$)`), kind: "type" },
    { look: new RegExp(`^${WORDS}function\\s*\\*?\\s*([\\w$]+)`), kind: "function" },
    {
      look: new RegExp(
        `^${WORDS}const\\s+([\\w$]+)[^=]*=\\s*(?:async\\s*)?(?:function\\b|\\([^)]*\\)[^=]*=>)`,
      ),
      kind: "function",
    },
    { look: new RegExp(`^${WORDS}const\\s+([\\w$]+)\\b(?!${REQUIRED})`), kind: "constant" },
    { look: new RegExp(`^${WORDS}(?:let|var)\\s+([\\w$]+)`), kind: "variable" },
  ],
  exported: (signature) => /^export\b/.test(signature),
  bases: readHeritage,
  imports(source, isCode) {
    statements(source, isCode);
    calledImports(source, isCode);
  },
};
