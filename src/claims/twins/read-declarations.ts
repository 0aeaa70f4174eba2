import { cutBalanced, splitAtCommas } from "../../codebase/facts/cut-balanced.ts";

/** A type or function that an excerpt declares. */
export type Declaration = {
  name: string;
  kind: "type" | "function";
  bases: readonly string[];
  /** Whether others have to extend or implement it. */
  isAbstract: boolean;
  /** Names of the methods of a type. */
  members: readonly string[];
  /** Names of the parameters of a function; null where they were not given. */
  parameters: readonly string[] | null;
};

const pythonClass = /^([ \t]*)class\s+(\w+)\s*(?:\(([^)]*)\))?\s*:/gm;
const braceType =
  /^[ \t]*(?:(?:export|default|declare|public|private|protected|internal|static|abstract|final|sealed|open|data|partial|pub(?:\([a-z]+\))?)\s+)*(class|interface|trait|struct|record|enum|protocol)\s+(\w+)(?:\s*<[^{(]*?>)?([^{;\n]*)(\{)?/gm;
const goType = /^type\s+(\w+)\s+(struct|interface)\s*(\{)/gm;
const alias = /^[ \t]*(?:export\s+)?(?:declare\s+)?type\s+(\w+)(?:<[^=]*>)?\s*=/gm;
const functions =
  /^([ \t]*)(?:(?:export|default|declare|public|private|static|async|pub(?:\([a-z]+\))?|const|unsafe|extern)\s+)*(?:function\*?|fn|func|def|fun)\s+(\w+[?!]?)\s*(?:<[^(]*>)?\s*(\()/gm;
const arrow =
  /^[ \t]*(?:export\s+)?const\s+(\w+)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:<[^(]*>)?(\()[^\n]*(?:=>|$)/gm;

/** Types and functions that stand at the top of an excerpt. Methods belong to their type. */
export function readDeclarations(text: string): Declaration[] {
  const python = readPythonClasses(text);
  const types = python.length > 0 ? python : [...readBraceTypes(text), ...readGoTypes(text)];
  const aliases = [...text.matchAll(alias)].map((match) => typeNamed(match[1] ?? ""));
  const known = new Set(types.map(({ name }) => name));
  return [...types, ...aliases.filter(({ name }) => !known.has(name)), ...readFunctions(text)];
}

const typeNamed = (name: string): Declaration => ({
  name,
  kind: "type",
  bases: [],
  isAbstract: false,
  members: [],
  parameters: null,
});

function readPythonClasses(text: string): Declaration[] {
  return [...text.matchAll(pythonClass)].map((match): Declaration => {
    const body = bodyBelow(text, match.index + match[0].length, match[1] ?? "");
    const given = splitAtCommas(match[3] ?? "").filter(
      (part) => !/^metaclass\s*=\s*ABC|=/.test(part),
    );
    const bases = given
      .map(lastName)
      .filter((name) => !/^(?:object|ABC|Generic|Protocol)$/.test(name));
    const isAbstract = /\bABC|Protocol\b/.test(match[3] ?? "") || /@(?:abc\.)?abstract/.test(body);
    const members = [...body.matchAll(/^[ \t]*(?:async\s+)?def\s+(\w+)/gm)].map(
      (one) => one[1] ?? "",
    );
    return { ...typeNamed(match[2] ?? ""), bases, isAbstract, members };
  });
}

/** Excerpts lose their indentation on the way: then a class reaches to the next one. */
function bodyBelow(text: string, from: number, indent: string): string {
  const rest = text.slice(from);
  const end = rest.search(new RegExp(`\\n${indent}class\\s`));
  const whole = end < 0 ? rest : rest.slice(0, end);
  const block = whole.search(new RegExp(`\\n${indent}(?![ \\t#@)\\]])\\S`));
  const inside = block < 0 ? whole : whole.slice(0, block);
  return /\n[ \t]+\S/.test(inside) ? inside : whole;
}

function readBraceTypes(text: string): Declaration[] {
  return [...text.matchAll(braceType)].flatMap((match): Declaration[] => {
    const [all, word = "", name = "", rest = "", brace] = match;
    if (/^(?:of|is|has|that|which|the|and)$/.test(name)) return [];
    const body =
      brace === undefined ? "" : (cutBalanced(text, match.index + all.length - 1)?.body ?? "");
    const bases = readBases(rest);
    const isAbstract = /^(?:interface|trait|protocol)$/.test(word) || /\babstract\b/.test(all);
    return [{ ...typeNamed(name), bases, isAbstract, members: readMembers(body) }];
  });
}

function readBases(rest: string): string[] {
  const plain = rest.replace(/<[^<>]*>/g, "").replace(/<[^<>]*>/g, "");
  const listed = /^\s*(?:\([^)]*\)\s*)?:\s*(.+)$/.exec(plain)?.[1];
  const clauses = [
    ...plain.matchAll(
      /\b(?:extends|implements|with)\s+([\w.,\s]+?)(?=\b(?:extends|implements|with|where)\b|$)/g,
    ),
  ];
  const names = [...clauses.map((match) => match[1] ?? ""), listed ?? ""].flatMap((part) =>
    part.split(","),
  );
  return names
    .map((part) => lastName(part.replace(/\(.*$/, "")))
    .filter((name) => /^\w+$/.test(name));
}

const lastName = (written: string): string =>
  written
    .replace(/[[<(].*$/, "")
    .trim()
    .split(/\.|::|\s/)
    .at(-1) ?? "";

const method =
  /^[ \t]*(?:(?:public|private|protected|internal|static|abstract|async|override|final|virtual|readonly|default|pub|fn|func|fun|def|get|set)\s+)*(?:[\w<>[\],.?]+\s+)?([a-zA-Z_]\w*)\s*\(/gm;
const noMethod =
  /^(?:if|for|while|switch|return|catch|constructor|new|super|function|await|throw)$/;

const readMembers = (body: string): string[] => [
  ...new Set(
    [...body.matchAll(method)]
      .map((match) => match[1] ?? "")
      .filter((name) => !noMethod.test(name)),
  ),
];

const readGoTypes = (text: string): Declaration[] =>
  [...text.matchAll(goType)].map((match): Declaration => {
    const body = cutBalanced(text, match.index + match[0].length - 1)?.body ?? "";
    const isAbstract = match[2] === "interface";
    return {
      ...typeNamed(match[1] ?? ""),
      isAbstract,
      members: isAbstract ? readMembers(body) : [],
    };
  });

function readFunctions(text: string): Declaration[] {
  const named = [...text.matchAll(functions)].filter((match) => (match[1] ?? "") === "");
  const inPython = /^[ \t]*class\s+\w+[^\n{]*:\s*$/m.test(text);
  return [...named, ...text.matchAll(arrow)].flatMap((match): Declaration[] => {
    const open = match.index + match[0].indexOf("(", match[0].indexOf(match[2] ?? match[1] ?? ""));
    const inside = cutBalanced(text, open)?.body ?? "";
    const parameters = readParameters(inside);
    // A task that is bound to its class has a type for it: `def send(self: Task)`.
    const isMethod = /^\s*&?(?:mut\s+)?(?:self|cls)\b(?!\s*:(?![^,]*\bSelf\b))/.test(inside);
    if (isMethod || (inPython && parameters.length === 0)) return [];
    const name = (match[2] === "(" ? match[1] : match[2]) ?? "";
    return [{ ...typeNamed(name), kind: "function", parameters }];
  });
}

/** Names of parameters, of any of the languages: `a: string`, `String a`, `a string`, `a = 1`, `*args`. */
export function readParameters(inside: string): string[] {
  return splitAtCommas(inside).flatMap((part) => {
    const plain = part
      .replace(/=.*$/s, "")
      .replace(/@\w+(?:\([^)]*\))?\s*/g, "")
      .trim();
    if (/^(?:&?\s*(?:mut\s+)?self|this|cls|\*|\/)$/.test(plain.replace(/:.*$/s, "").trim()))
      return [];
    const before = plain.replace(/\?\s*:|:/s, "\u0000").split("\u0000");
    if (before.length > 1) return lastWord(before[0] ?? "");
    const words = plain.replace(/<[^<>]*>/g, "").split(/\s+/);
    // `String name` and `name string`: a type begins with a capital, or is one of the plain ones.
    const [first = "", second] = words;
    if (second === undefined) return lastWord(first);
    const typeFirst =
      /^[A-Z]|^(?:int|long|double|float|boolean|bool|char|byte|short|string|var|final|const)\b/.test(
        first,
      );
    return lastWord(typeFirst ? (words.at(-1) ?? "") : first);
  });
}

const lastWord = (text: string): string[] => {
  const word = /([\p{L}_$][\p{L}\p{N}_$]*)\W*$/u.exec(text)?.[1];
  return word === undefined ? [] : [word];
};
