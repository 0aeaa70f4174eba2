import type { CodeSymbol, ImportStatement, SourceFile } from "../../../src/codebase/codebase.ts";
import { languageOfPath } from "../../../src/codebase/index/detect-language.ts";
import { roleOfPath } from "../../../src/codebase/index/judge-role.ts";
import { termsOf } from "../../../src/codebase/index/split-terms.ts";

/** A file in few words. `imports`: `./b {x, y}`, `./b` for everything, `>` before what is handed on. */
export type Drawn = { imports?: readonly string[]; declares?: readonly string[]; text?: string };

/** Files of an index, in the order of paths. A list stands for the imports of a file. */
export function drawFiles(
  drawn: Readonly<Record<string, Drawn | readonly string[]>>,
): SourceFile[] {
  return Object.entries(drawn)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, file], index) => drawFile(path, index, isList(file) ? { imports: file } : file));
}

const isList = (file: Drawn | readonly string[]): file is readonly string[] => Array.isArray(file);

function drawFile(
  path: string,
  index: number,
  { imports = [], declares = [], text = "" }: Drawn,
): SourceFile {
  const counted = [...termsOf(text)].sort(([left], [right]) => left - right);
  return {
    index,
    path,
    id: String(index).padStart(40, "0"),
    bytes: text.length,
    lines: 10,
    language: languageOfPath(path),
    role: roleOfPath(path),
    imports: imports.map(drawImport),
    symbols: declares.map((name, at) => drawSymbol(name, path, at + 1)),
    windows: [
      {
        startLine: 1,
        endLine: 10,
        length: counted.length,
        terms: Uint32Array.from(counted, ([term]) => term),
        counts: Uint8Array.from(counted, ([, count]) => count),
      },
    ],
  };
}

function drawImport(drawn: string, at: number): ImportStatement {
  const [, handsOn, specifier = "", names] = /^(>?)\s*(.*?)(?:\s+\{(.*)\})?$/.exec(drawn) ?? [];
  return {
    line: at + 1,
    specifier,
    names: names === undefined ? ["*"] : names.split(/,\s*/).filter((name) => name !== ""),
    handsOn: handsOn === ">",
  };
}

/** `namespace a.b` is a module, `_a` and `#a` are not exported. */
function drawSymbol(drawn: string, path: string, line: number): CodeSymbol {
  const isModule = drawn.startsWith("namespace ");
  const name = drawn.replace(/^namespace /, "").replace(/^#/, "");
  const kind = isModule ? "module" : /^[A-Z]/.test(name) ? "class" : "function";
  return {
    name,
    kind,
    path,
    line,
    endLine: line,
    owner: null,
    signature: name,
    exported: !/^[#_]/.test(drawn),
    bases: [],
  };
}
