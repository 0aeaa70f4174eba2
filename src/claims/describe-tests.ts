import type { Evidence } from "../documents/schema-common.ts";
import { evidenceAt, placeOf } from "./at-place.ts";
import type { Ground } from "./claim-rule.ts";
import { type Layout, layoutsFor } from "./fit-test-path.ts";

const firstTest =
  /^\s*(?:(?:test|it|describe)(?:\.\w+)*\(|(?:async\s+)?def\s+test_|class\s+Test|func\s+Test|#\[(?:\w+::)?test|@Test\b|@ParameterizedTest|it\s+["']|describe\s|public\s+function\s+test|\[(?:Fact|Theory|Test)\])/;

/** How tests of these files look here: layout, naming, fixtures and one that is quoted; null where the repository has none. */
export async function describeTests(
  paths: readonly string[],
  ground: Ground,
): Promise<{ note: string; evidence: Evidence | null } | null> {
  const layout = ground.testLayout();
  const main =
    paths.flatMap((path) => layoutsFor(path, layout).slice(0, 1))[0] ?? layout.layouts[0];
  if (layout.none || main === undefined) return null;
  const evidence = await quoteTest(main, ground);
  const where = {
    beside: "beside the code",
    "sibling-folder": `in \`${main.place}\` beside the code`,
    "separate-tree": `below \`${main.place === "" ? "." : main.place}\``,
  }[main.placement];
  const example =
    evidence === null
      ? ""
      : `, for example ${placeOf({ path: evidence.path, line: evidence.startLine })}`;
  const fixtures = await findFixtures(main, ground);
  const note = `tests stand ${where}, named \`${main.naming}\`${example}${fixtures}`;
  return { note, evidence };
}

async function quoteTest(main: Layout, ground: Ground): Promise<Evidence | null> {
  for (const path of main.examples) {
    const lines = (await ground.codebase.text(path))?.split("\n") ?? [];
    const index = lines.findIndex((line) => firstTest.test(line));
    if (index >= 0) return evidenceAt({ path, line: index + 1, text: lines[index]?.trim() ?? "" });
  }
  return null;
}

const fixtureFile =
  /(?:^|\/)(?:conftest\.py|(?:test[-_]?)?(?:setup|helpers?)\.\w+|(?:__)?fixtures(?:__)?\/[^/]+|testdata\/[^/]+|factories\/[^/]+)$/;

/** Where fixtures come from: the files made for it, or the customs of the runner. */
async function findFixtures(main: Layout, ground: Ground): Promise<string> {
  const top = (main.examples[0] ?? "").split("/")[0] ?? "";
  const files = ground.codebase.files.filter(
    ({ path }) =>
      fixtureFile.test(path) && (main.placement !== "separate-tree" || path.startsWith(`${top}/`)),
  );
  const uses = await ground.codebase.grep(
    "@pytest\\.fixture|beforeEach\\(|@BeforeEach|func TestMain\\(",
    [],
    100,
  );
  const used = uses.find(({ path }) => ground.codebase.file(path)?.role === "test");
  const named = files.slice(0, 2).map(({ path }) => `\`${path}\``);
  if (used !== undefined) named.push(placeOf(used));
  return named.length === 0 ? "" : `, fixtures: ${named.join(", ")}`;
}
