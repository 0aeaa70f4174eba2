import { phpIncludes, readUse } from "../languages/php-imports.ts";
import { pythonImports } from "../languages/python-imports.ts";
import { rubyRequires } from "../languages/ruby-requires.ts";
import { readBases, readHeritage } from "../read-bases.ts";
import { importsByLine, type PatternLanguage } from "./pattern-language.ts";

export const pythonLook: PatternLanguage = {
  comments: "hash",
  looks: [
    { look: /^class\s+(\w+)/, kind: "class", holds: true },
    { look: /^(?:async\s+)?def\s+(\w+)/, kind: "function" },
    { look: /^([A-Z][A-Z0-9_]+)\s*(?::[^=]+)?=(?!=)/, kind: "constant" },
  ],
  exported: (_signature, name) => !/^_(?!_\w+__$)/.test(name),
  bases: (rest) => readBases((/^\s*\(([^)]*)/.exec(rest)?.[1] ?? "").replace(/\w+\s*=[^,]*/g, "")),
  imports: pythonImports,
};

export const rubyLook: PatternLanguage = {
  comments: "hash",
  looks: [
    { look: /^class\s+([A-Z][\w:]*)/, kind: "class", holds: true },
    { look: /^module\s+([A-Z][\w:]*)/, kind: "module", holds: true },
    { look: /^(?:(?:private|public|protected)\s+)?def\s+(?:self\.)?(\w+[?!=]?)/, kind: "function" },
    { look: /^([A-Z]\w*)\s*=(?!=)/, kind: "constant" },
  ],
  exported: (signature) => !signature.startsWith("private "),
  bases: (rest) => readBases(/^\s*<\s*([\w:.]+)/.exec(rest)?.[1] ?? ""),
  imports: rubyRequires,
};

const uses = importsByLine(/^use\s[^;]{1,5000};/gm, ([statement]) => readUse(statement));

export const phpLook: PatternLanguage = {
  comments: "slash",
  looks: [
    {
      look: /^(?:(?:abstract|final|readonly)\s+)*(?:class|trait)\s+(\w+)/,
      kind: "class",
      holds: true,
    },
    { look: /^interface\s+(\w+)/, kind: "interface", holds: true },
    { look: /^enum\s+(\w+)/, kind: "enum", holds: true },
    { look: /^(?:[a-z]+\s+){0,4}function\s+&?(\w+)\s*\(/, kind: "function" },
    { look: /^(?:[a-z]+\s+){0,3}const\s+(?:\w+\s+)?(\w+)\s*=/, kind: "constant" },
  ],
  exported: (signature) => !/\bprivate\b/.test(signature),
  bases: readHeritage,
  imports(source, isCode) {
    uses(source, isCode);
    phpIncludes(source, isCode);
  },
};
