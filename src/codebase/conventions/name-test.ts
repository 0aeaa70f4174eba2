import { nameOf } from "./split-path.ts";

/** Marks that say by a file's name that it is a test; the first group is what it is a test of. */
const marks: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^tests?[.](?:py|rs|rb|exs)$/, (m) => m[0]],
  [
    /^.+[.](test|spec|tests|e2e|e2e-spec|cy)[.]([cm]?[jt]sx?|vue|svelte)$/,
    (m) => `{name}.${m[1]}.${m[2]}`,
  ],
  [/^.+([-_])(test|spec)[.]([cm]?[jt]sx?)$/, (m) => `{name}${m[1]}${m[2]}.${m[3]}`],
  [/^test([-_.]).+[.]([cm]?[jt]sx?|py|rb|cpp|cc|cxx|c)$/, (m) => `test${m[1]}{name}.${m[2]}`],
  [
    /^.+_(test|tests|spec|unittest)[.](py|go|rb|exs|cpp|cc|cxx|c|rs|dart)$/,
    (m) => `{name}_${m[1]}.${m[2]}`,
  ],
  [
    /^[A-Z].*?(Test|Tests|TestCase|IT|ITCase|Spec|Specs|Cest)[.](java|kt|kts|cs|swift|php|scala|groovy|cpp|cc|fs)$/,
    (m) => `{Name}${m[1]}.${m[2]}`,
  ],
  [/^Test[A-Z].*[.](java|kt|cs|swift|php|cpp|cc)$/, (m) => `Test{Name}.${m[1]}`],
];

/** How a test is named, by the mark in its name: `test_{name}.py`; null where its name has none. */
export function nameTest(path: string): string | null {
  const name = nameOf(path);
  for (const [pattern, show] of marks) {
    const match = pattern.exec(name);
    if (match) return show(match);
  }
  return null;
}

/** How a file is named that is a test by its folder alone: `{name}.js`. */
export function nameUnmarked(path: string): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf(".");
  return `${/^[A-Z]/.test(name) ? "{Name}" : "{name}"}${dot > 0 ? name.slice(dot) : ""}`;
}
