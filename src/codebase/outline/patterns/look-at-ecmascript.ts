import { calledImports, importedNames, namesOfList } from "../languages/ecmascript-imports.ts";
import { readHeritage } from "../read-bases.ts";
import { importsByLine, type PatternLanguage } from "./pattern-language.ts";

const WORDS = "(?:export\\s+)?(?:default\\s+)?(?:declare\\s+)?(?:abstract\\s+)?(?:async\\s+)?";
const STATEMENT = /^[ \t]*(import|export)\b([^;"'`]{0,5000}?)(["'])([^"'\n]{1,500})\3/gm;

const statements = importsByLine(STATEMENT, ([whole, word, clause = "", , specifier = ""]) => {
  const statement = (whole ?? "").trim();
  const from = /\bfrom\s*$/.test(clause);
  if (word === "export") {
    if (!from) return [];
    return [
      { specifier, names: clause.includes("*") ? ["*"] : namesOfList(clause), handsOn: true },
    ];
  }
  return from || clause.trim() === "" ? [{ specifier, names: importedNames(statement) }] : [];
});

export const ecmascriptLook: PatternLanguage = {
  comments: "slash",
  looks: [
    { look: new RegExp(`^${WORDS}class\\s+([\\w$]+)`), kind: "class", holds: true },
    { look: new RegExp(`^${WORDS}interface\\s+([\\w$]+)`), kind: "interface" },
    { look: new RegExp(`^${WORDS}(?:const\\s+)?enum\\s+([\\w$]+)`), kind: "enum" },
    { look: new RegExp(`^${WORDS}type\\s+([\\w$]+)[^=]*=`), kind: "type" },
    { look: new RegExp(`^${WORDS}function\\s*\\*?\\s*([\\w$]+)`), kind: "function" },
    {
      look: new RegExp(
        `^${WORDS}const\\s+([\\w$]+)[^=]*=\\s*(?:async\\s*)?(?:function\\b|\\([^)]*\\)[^=]*=>)`,
      ),
      kind: "function",
    },
    { look: new RegExp(`^${WORDS}const\\s+([\\w$]+)`), kind: "constant" },
    { look: new RegExp(`^${WORDS}(?:let|var)\\s+([\\w$]+)`), kind: "variable" },
  ],
  exported: (signature) => /^export\b/.test(signature),
  bases: readHeritage,
  imports(source, isCode) {
    statements(source, isCode);
    calledImports(source, isCode);
  },
};
