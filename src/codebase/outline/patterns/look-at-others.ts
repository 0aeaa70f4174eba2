import { basesAfterColon, readHeritage } from "../read-bases.ts";
import { importsByLine, type PatternLanguage } from "./pattern-language.ts";

const WORDS = "^(?:@\\w+(?:\\([^)]*\\))?\\s+)*(?:[a-z]+(?:\\([a-z]+\\)|\\[[\\w.]+\\])?\\s+){0,6}?";

function look(pattern: string): RegExp {
  return new RegExp(WORDS + pattern);
}

const isNotPrivate = (signature: string): boolean => !/\b(?:private|fileprivate)\b/.test(signature);

/** `a.b.C as D` → a.b.C: C; `a.b.*` → a.b: *. */
function dotted(path: string): { specifier: string; names: string[] } {
  const cut = path.lastIndexOf(".");
  const last = path.slice(cut + 1);
  return last === "*" || last === "_"
    ? { specifier: path.slice(0, Math.max(0, cut)), names: ["*"] }
    : { specifier: path, names: [last] };
}

export const kotlinLook: PatternLanguage = {
  comments: "slash",
  looks: [
    { look: look("enum\\s+class\\s+(\\w+)"), kind: "enum", holds: true },
    { look: look("(?:class|object)\\s+(\\w+)"), kind: "class", holds: true },
    { look: look("(?:fun\\s+)?interface\\s+(\\w+)"), kind: "interface", holds: true },
    { look: look("fun\\s+(?:<[^>]*>\\s*)?(?:[\\w.<>?]+\\.)?(\\w+)\\s*\\("), kind: "function" },
    { look: look("typealias\\s+(\\w+)"), kind: "type" },
    { look: look("(?:val|var)\\s+(?:[\\w.<>?]+\\.)?(\\w+)"), kind: "constant" },
  ],
  exported: isNotPrivate,
  bases: (rest) => basesAfterColon(rest),
  imports: importsByLine(/^import\s+([\w.*`]+)/gm, ([, path = ""]) => [dotted(path)]),
};

export const swiftLook: PatternLanguage = {
  comments: "slash",
  looks: [
    { look: look("protocol\\s+(\\w+)"), kind: "interface", holds: true },
    { look: look("enum\\s+(\\w+)"), kind: "enum", holds: true },
    {
      look: look("(?:class|struct|actor)\\s+(?!func\\b|var\\b)([\\w.]+)"),
      kind: "class",
      holds: true,
    },
    { look: look("extension\\s+([\\w.]+)"), kind: "class", holds: true, adds: true },
    { look: look("func\\s+(\\w+)"), kind: "function" },
    { look: look("(init)[?!]?\\s*[(<]"), kind: "method" },
    { look: look("(?:typealias|associatedtype)\\s+(\\w+)"), kind: "type" },
    { look: look("(?:let|var)\\s+(\\w+)"), kind: "constant" },
  ],
  exported: isNotPrivate,
  bases: (rest) => basesAfterColon(rest),
  imports: importsByLine(
    /^(?:@\w+\s+)*import\s+(?:(?:class|struct|enum|protocol|func|var|typealias)\s+)?([\w.]+)/gm,
    ([, path = ""]) => [{ specifier: path, names: ["*"] }],
  ),
};

export const scalaLook: PatternLanguage = {
  comments: "slash",
  looks: [
    { look: look("trait\\s+(\\w+)"), kind: "interface", holds: true },
    { look: look("enum\\s+(\\w+)"), kind: "enum", holds: true },
    { look: look("(?:class|object)\\s+(\\w+)"), kind: "class", holds: true },
    { look: look("def\\s+([\\w$]+)"), kind: "function" },
    { look: look("type\\s+(\\w+)"), kind: "type" },
    { look: look("(?:val|var)\\s+(\\w+)"), kind: "constant" },
  ],
  exported: isNotPrivate,
  bases: (rest) => readHeritage(rest.replace(/\bwith\b/g, ",")),
  imports: importsByLine(
    /^[ \t]*import\s+([\w.]+?)(?:\.\{([^}\n]*)\}|\.([*_])|(?=\s|$|,))/gm,
    (found) => {
      const [, path = "", list, all] = found;
      if (all !== undefined) return [{ specifier: path, names: ["*"] }];
      if (list === undefined) return [dotted(path)];
      const names = list
        .split(",")
        .map((item) => item.trim().split(/\s*(?:=>|\bas\b)\s*/)[0] ?? "");
      return [{ specifier: path, names: names.map((name) => (name === "_" ? "*" : name)) }];
    },
  ),
};

const DART_FUNCTION =
  /^(?:(?!return|await|else|throw|new|assert|super|if|for|while|switch|catch)[\w<>?,.[\]]+\s+){1,5}(\w+)\s*(?:<[^>()]*>)?\([^;]*$/;

export const dartLook: PatternLanguage = {
  comments: "slash",
  looks: [
    { look: look("(?:class|mixin)\\s+(?!class\\b)(\\w+)"), kind: "class", holds: true },
    { look: /^extension\s+(\w+)/, kind: "class", holds: true },
    { look: /^enum\s+(\w+)/, kind: "enum", holds: true },
    { look: /^typedef\s+(\w+)/, kind: "type" },
    { look: DART_FUNCTION, kind: "function" },
    {
      look: /^(?:(?:static|late|final|const)\s+){1,3}(?:[\w<>?,]+\s+)?(\w+)\s*[=;]/,
      kind: "constant",
    },
  ],
  exported: (_signature, name) => !name.startsWith("_"),
  bases: (rest) => readHeritage(rest.replace(/\b(?:with|on)\b/g, " implements ")),
  imports: importsByLine(
    /^(import|export|part)\s+(["'])([^"'\n]+)\2[^;\n]*?(?:\bshow\s+([\w\s,]+))?;/gm,
    ([, word, , specifier = "", shown]) => [
      {
        specifier,
        names: shown === undefined ? ["*"] : shown.split(",").map((name) => name.trim()),
        handsOn: word !== "import",
      },
    ],
  ),
};
