import type { Snapshot } from "../workspace/port.ts";
import { isSourcePath, isTestPath, isWorthReading } from "./judge-path.ts";

type Hit = { path: string; line: number; text: string };

/** Short sentences about how this repository does things, each with a place where it can be seen: `path:line`. */
export async function findConventions(snapshot: Snapshot): Promise<string[]> {
  const paths = (await snapshot.list())
    .map((entry) => entry.path)
    .filter((path) => isWorthReading(path) && isSourcePath(path));
  const found = [
    describeTests(paths),
    describeNames(paths),
    await describeTestTool(snapshot),
    await describeErrors(snapshot),
    ...(await describeBases(snapshot)),
  ];
  return found.filter((sentence) => sentence !== null);
}

const limit = 2000;
const grep = async (snapshot: Snapshot, pattern: string): Promise<Hit[]> =>
  (await snapshot.grep(pattern, [], limit)).filter(
    (hit) => isWorthReading(hit.path) && isSourcePath(hit.path),
  );

/** Entries by how often they come, ties in the order of names. */
function countBy<T>(items: readonly T[], key: (item: T) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return [...counts].sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1));
}

function describeTests(paths: readonly string[]): string | null {
  const tests = paths.filter(isTestPath);
  if (tests.length === 0) return "There are no tests.";
  const sources = new Set(paths.filter((path) => !isTestPath(path)).map(folderOf));
  const beside = tests.filter((path) => sources.has(folderOf(path))).length;
  const [folder] = countBy(tests, (path) => path.split("/")[0] ?? "")[0] ?? [""];
  const where = beside * 2 > tests.length ? "beside the code" : `under \`${folder}/\``;
  const example = tests.find((path) => path.startsWith(`${folder}/`)) ?? tests[0];
  return `Tests (${tests.length} files) stand ${where}, for example \`${example}:1\`.`;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

const styles: readonly (readonly [string, RegExp])[] = [
  ["kebab-case", /^[a-z0-9]+(?:-[a-z0-9]+)+$/],
  ["snake_case", /^_*[a-z0-9]+(?:_[a-z0-9]+)+$/],
  ["PascalCase", /^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/],
  ["camelCase", /^[a-z]+[a-z0-9]*(?:[A-Z][a-z0-9]*)+$/],
];

function describeNames(paths: readonly string[]): string | null {
  const named = paths.flatMap((path) => {
    const name = path.slice(path.lastIndexOf("/") + 1).split(".")[0] ?? "";
    const style = styles.find(([, pattern]) => pattern.test(name))?.[0];
    return style === undefined ? [] : [{ path, style }];
  });
  const [style, count] = countBy(named, (file) => file.style)[0] ?? ["", 0];
  const example = named.find((file) => file.style === style);
  if (example === undefined || count < 2) return null;
  return `Files of several words are named in ${style} (${count} of ${named.length}), for example \`${example.path}:1\`.`;
}

const testTools =
  /@jest\/globals|\bvitest\b|node:test|\bmocha\b|\bchai\b|@playwright\/test|\bpytest\b|\bunittest\b|testify|\brspec\b|org\.junit/;

async function describeTestTool(snapshot: Snapshot): Promise<string | null> {
  const pattern =
    "(import|from|require|use) .*(@jest/globals|vitest|node:test|mocha|chai|@playwright/test|pytest|unittest|testify|rspec|org\\.junit)";
  const hits = (await grep(snapshot, pattern)).filter((hit) => isTestPath(hit.path));
  const [tool, count] = countBy(hits, (hit) => testTools.exec(hit.text)?.[0] ?? "")[0] ?? ["", 0];
  const example = hits.find((hit) => hit.text.includes(tool));
  if (tool === "" || example === undefined) return null;
  return `Tests use ${tool} (${count} imports), see \`${example.path}:${example.line}\`.`;
}

const errorStyles: readonly (readonly [string, RegExp])[] = [
  ["throwing", /\bthrow\s+new\s+\w+/],
  ["raising", /^\s*raise\s+\w+/],
  ["returning a result value", /\bok:\s*false\b|\bResult</],
  ["returning errors", /\b(?:fmt\.Errorf|errors\.New)\(/],
];

async function describeErrors(snapshot: Snapshot): Promise<string | null> {
  const pattern = "throw new|raise [A-Za-z]|ok: false|Result<|fmt\\.Errorf\\(|errors\\.New\\(";
  const hits = (await grep(snapshot, pattern)).flatMap((hit) => {
    const style = isTestPath(hit.path)
      ? undefined
      : errorStyles.find(([, look]) => look.test(hit.text));
    return style === undefined ? [] : [{ ...hit, style: style[0] }];
  });
  const [style, count] = countBy(hits, (hit) => hit.style)[0] ?? ["", 0];
  const example = hits.find((hit) => hit.style === style);
  if (example === undefined) return null;
  const line = example.text.trim().slice(0, 100);
  return `Errors are mostly reported by ${style} (${count} of ${hits.length} places): \`${line}\` at \`${example.path}:${example.line}\`.`;
}

const extending = /class\s+(\w+)\s*(?:extends\s+(\w+)|\(\s*(?:\w+\.)*(\w+))/;
const plainBases = /^(?:object|ABC|Error|Exception|BaseModel|Enum|Protocol|TestCase|Component)$/;

/** Classes that several others extend: a new one of the kind probably should too (seed 000, "Framework Integration Gap"). */
async function describeBases(snapshot: Snapshot): Promise<string[]> {
  const hits = await grep(snapshot, "class[ \t]+[A-Za-z0-9_]+[ \t]*(extends|\\()");
  const uses = hits.flatMap((hit) => {
    const match = extending.exec(hit.text);
    const base = match?.[2] ?? match?.[3] ?? "";
    return base === "" || plainBases.test(base) || isTestPath(hit.path)
      ? []
      : [{ ...hit, base, name: match?.[1] ?? "" }];
  });
  const sentences: string[] = [];
  for (const [base, count] of countBy(uses, (use) => use.base).slice(0, 3)) {
    const declared = (await grep(snapshot, `class[ \t]+${base}([^A-Za-z0-9_]|$)`))[0];
    const example = uses.find((use) => use.base === base);
    if (declared === undefined || example === undefined) continue;
    sentences.push(
      `\`${base}\` at \`${declared.path}:${declared.line}\` is extended by ${count} ${count === 1 ? "class" : "classes"}, for example \`${example.name}\` at \`${example.path}:${example.line}\`.`,
    );
  }
  return sentences;
}
