import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { maxNesting, maxPipes, maxRun } from "../../src/documents/find-unreadable.ts";
import { buildSpecLayout } from "../../src/documents/layout-build-spec.ts";
import { parseBuildSpec } from "../../src/documents/parse-build-spec.ts";
import { renderBuildSpec } from "../../src/documents/render-build-spec.ts";

const page = readFileSync(new URL("../../docs/build-spec.md", import.meta.url), "utf8");
const example = `${/^`{6}markdown\n(.*?)\n`{6}$/ms.exec(page)?.[1]}\n`;

test("the example on the page is a right spec in its canonical layout, with every section", () => {
  const parsed = parseBuildSpec(example);
  expect(parsed).toMatchObject({ ok: true });
  if (parsed.ok) expect(renderBuildSpec(parsed.value)).toBe(example);
  for (const { heading } of buildSpecLayout.sections)
    expect(example).toContain(`\n## ${heading}\n`);
});

test("the page states the limits that hold", () => {
  const limits = page.slice(page.indexOf("## Limits"));
  for (const limit of [maxNesting, maxRun, maxPipes])
    expect(limits).toContain(limit.toLocaleString("en"));
});
