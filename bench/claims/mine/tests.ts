import type { Case, Miner } from "../case.ts";
import { extendName } from "../change-word.ts";
import type { Checkout } from "../checkout.ts";
import { planWith, type Said } from "../plan-with.ts";
import type { Random } from "../random.ts";
import { listDeclared } from "./declared.ts";

const shape =
  /(?:^|\/)(?:[^/]+\.(?:test|spec)\.[cm]?[jt]sx?|test_[^/]+\.py|[^/]+_test\.(?:go|py)|[A-Z][^/]*Tests?\.java|[^/]+_(?:spec|test)\.rb)$/;
const folderOf = (path: string): string => path.split("/").slice(0, -1).join("/");
const nameOf = (path: string): string => path.split("/").at(-1) ?? path;

const listTests = ({ paths }: Checkout): string[] =>
  paths.filter(
    (path) =>
      shape.test(path) && !/fixture|__snapshots__|node_modules|vendor|testdata|template/.test(path),
  );

/** A test of the same shape beside a real one: its subject with a word more. */
function beside(path: string, random: Random): string {
  const name = nameOf(path);
  const subject =
    /^(?:test_)?(.+?)(?:\.(?:test|spec)|_test|_spec|Tests?)?\.\w+$/.exec(name)?.[1] ?? name;
  const at = name.indexOf(subject);
  const made = name.slice(0, at) + extendName(subject, random) + name.slice(at + subject.length);
  return folderOf(path) === "" ? made : `${folderOf(path)}/${made}`;
}

const said: readonly ((path: string) => Said)[] = [
  (path) => ({
    spec: { files: [{ path, action: "create", to: null, purpose: "tests of it", edits: [] }] },
  }),
  // Where there is a spec, its files say what is to come: without one, words do.
  (path) => ({ design: { summary: `Tests are added in \`${path}\`.` }, alone: true }),
  (path) => ({ sentence: `Add the new test file \`${path}\`.` }),
];

/** Tests that would stand among the others, and ones where and as nobody puts them. */
export const mineTestPaths: Miner = (checkout, random, perKind) => {
  const tests = listTests(checkout);
  return random
    .shuffle(tests)
    .slice(0, perKind)
    .flatMap((path): Case[] => {
      const make = (at: string, isTrue: boolean, how: string): Case => ({
        kind: "test-path",
        isTrue,
        how,
        plan: planWith(random.pick(said)(at), random),
        about: [at],
        hidden: [],
      });
      const [how, wrong] = misplace(beside(path, random), tests, checkout, random);
      return [
        make(beside(path, random), true, "among the others"),
        ...(wrong === null ? [] : [make(wrong, false, how)]),
      ];
    });
};

/** A place or a name is only wrong where no test of the repository has it. */
function misplace(
  path: string,
  tests: readonly string[],
  checkout: Checkout,
  random: Random,
): [string, string | null] {
  const ending = path.split(".").at(-1) ?? "";
  const own = tests.filter((test) => test.endsWith(`.${ending}`));
  const places: string[] = [
    "spec",
    "__tests__",
    "test/unit/specs",
    "src/tests",
    "tests",
    "test",
    "quality/checks/tests",
  ].filter(
    (folder) =>
      !own.some(
        (test) => test.startsWith(`${folder.split("/")[0]}/`) || test.includes(`/${folder}/`),
      ),
  );
  const moved = places.length === 0 ? null : `${random.pick(places)}/${nameOf(path)}`;
  const hasSources =
    moved !== null && checkout.paths.some((other) => folderOf(other) === folderOf(moved));
  if (random.below(2) === 0 && moved !== null && !hasSources && !/\.go$/.test(path))
    return ["place that nobody uses", moved];
  return ["name that nobody uses", rename(path, own)];
}

function rename(path: string, own: readonly string[]): string | null {
  const name = nameOf(path);
  const changes: readonly (readonly [RegExp, string, RegExp])[] = [
    [/\.test\.(\w+)$/, ".spec.$1", /\.spec\.\w+$/],
    [/\.spec\.(\w+)$/, ".test.$1", /\.test\.\w+$/],
    [/^test_(.+)\.py$/, "$1_test.py", /_test\.py$/],
    [/^(.+)_test\.py$/, "test_$1.py", /(?:^|\/)test_[^/]+\.py$/],
    [/^(.+)Tests\.java$/, "Test$1.java", /(?:^|\/)Test[^/]+\.java$/],
    [/^(.+)Test\.java$/, "Test$1.java", /(?:^|\/)Test[^/]+\.java$/],
    [/^(.+)_spec\.rb$/, "$1_test.rb", /_test\.rb$/],
    [/^(.+)_test\.go$/, "test_$1.go", /(?:^|\/)test_[^/]+\.go$/],
  ];
  const change = changes.find(
    ([pattern, , used]) => pattern.test(name) && !own.some((test) => used.test(test)),
  );
  if (change === undefined) return null;
  return path.slice(0, -name.length) + name.replace(change[0], change[1]);
}

/** Plans with scenarios, and plans that say nothing of tests. */
export const mineStrategies: Miner = (checkout, random, perKind) => {
  if (listTests(checkout).length < 3) return [];
  const code = [...new Set(listDeclared(checkout).map(({ path }) => path))];
  return random
    .shuffle(code)
    .slice(0, Math.ceil(perKind / 2))
    .flatMap((path): Case[] => {
      const make = (more: Said, isTrue: boolean, how: string): Case => ({
        kind: "test-strategy",
        isTrue,
        how,
        plan: planWith(more, random),
        about: ["how it is tested"],
        hidden: [],
      });
      const files = [
        { path, action: "modify" as const, to: null, purpose: "the change", edits: [] },
      ];
      const components = [{ name: "Part", responsibility: "does it", paths: [path] }];
      return [
        make({ spec: { files } }, true, "scenarios"),
        make({ spec: { files, tests: [] } }, false, "spec without tests"),
        make({ design: { components }, alone: true }, false, "design without tests"),
        make(
          {
            design: {
              components,
              checklist: [
                { item: "unit tests for the new part", priority: "critical", done: false },
              ],
            },
            alone: true,
          },
          true,
          "design with tests",
        ),
      ];
    });
};
