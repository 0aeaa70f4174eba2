import { describe, expect, test } from "@jest/globals";
import { hashBuildSpec } from "../../src/documents/hash-build-spec.ts";
import { normalizeBuildSpec } from "../../src/documents/normalize-build-spec.ts";
import { parseBuildSpec } from "../../src/documents/parse-build-spec.ts";
import { renderBuildSpec } from "../../src/documents/render-build-spec.ts";
import { sampleBuildSpec } from "./sample-build-spec.ts";

const written = renderBuildSpec(sampleBuildSpec);
const normal = normalizeBuildSpec(sampleBuildSpec);

/** Replaces exactly what is there: an edit that does not apply would prove nothing. */
function edit(from: string | RegExp, to: string): string {
  const edited = written.replace(from, to);
  expect(edited).not.toBe(written);
  return edited;
}

/** Everything but the sections given in the example stays as it was. */
const sameValue: [string, () => string][] = [
  ["CRLF", () => edit(/\n/g, "\r\n")],
  ["byte order mark", () => `\uFEFF${written}`],
  ["no marker", () => edit(/^<!--.*\n/, "")],
  ["no last line feed", () => written.trimEnd()],
  ["trailing spaces", () => edit(/^(#.*|- (?!first|then|one|sorted).*)$/gm, "$1   ")],
  ["star bullets", () => edit(/^- (?!first|then|one|sorted)/gm, "* ")],
  ["plus bullets", () => edit("- The report command\n", "+ The report command\n")],
  [
    "numbered bullets",
    () =>
      edit(
        "- The report command\n- Its documentation",
        "1. The report command\n2. Its documentation",
      ),
  ],
  ["mixed bullets", () => edit("- Its documentation", "* Its documentation")],
  ["blank lines between bullets", () => edit(/\n- Its/, "\n\n\n- Its")],
  ["wrapped bullet", () => edit("- The report command", "- The report\n  command")],
  ["lazily wrapped bullet", () => edit("- The report command", "- The report\ncommand")],
  ["capital X", () => edit("- [x] AC-2", "- [X] AC-2")],
  ["heading in another case", () => edit("## Scope", "## SCOPE")],
  ["heading with emphasis", () => edit("## Scope", "## **Scope**")],
  ["heading with a colon", () => edit("## Scope", "## Scope:")],
  ["closed heading", () => edit("## Scope", "## Scope ##")],
  ["setext heading", () => edit("## Scope", "Scope\n-----")],
  [
    "setext title",
    () => edit("# BUILD_02: Print the report as JSON", "BUILD_02: Print the report as JSON\n===="),
  ],
  ["no blank line below headings", () => edit(/^(#.*)\n\n/gm, "$1\n")],
  [
    "realigned table",
    () =>
      edit(
        "| --- | --- | --- |\n| `yaml` | 2.9.1 |",
        "|:-----|:------:|----:|\n|   `yaml`   |  2.9.1|",
      ),
  ],
  [
    "table without outer pipes",
    () =>
      edit(
        "| Name | Version | Reason |\n| --- | --- | --- |\n| `yaml` | 2.9.1 | reads a \\| b |",
        "Name | Version | Reason\n--- | --- | ---\n`yaml` | 2.9.1 | reads a \\| b",
      ),
  ],
  [
    "columns in another order",
    () =>
      edit(
        "| Name | Version | Reason |\n| --- | --- | --- |\n| `yaml` | 2.9.1 | reads a \\| b |",
        "| reason | Name | Version |\n| --- | --- | --- |\n| reads a \\| b | yaml | 2.9.1 |",
      ),
  ],
  [
    "sections in another order",
    () => {
      const rollback = "## Rollback\n\nRevert the commit.\n\n";
      return edit(rollback, "").replace("## Context", `${rollback}## Context`);
    },
  ],
  ["emphasised key", () => edit("  - why:", "  - **why:**")],
  ["emphasised key before the colon", () => edit("- checkpoint: unit", "- **Checkpoint**: unit")],
  ["emphasised id", () => edit("AC-1 (must, unit): `", "**AC-1** (must, unit): `")],
  ["emphasised head of a line", () => edit("AC-1 (must, unit): `", "**AC-1 (must, unit):** `")],
  ["words in capitals", () => edit("AC-1 (must, unit)", "AC-1 (MUST, Unit)")],
  ["path without code marks", () => edit("- modify `src/report.ts`", "- modify src/report.ts")],
  ["files without code marks", () => edit("- files: `src/report.ts`", "- files: src/report.ts")],
  ["place without code marks", () => edit("`src/cli.ts:12`", "src/cli.ts:12")],
  ["verify below the line", () => edit("\n  - verify: unit", "\n  verify: unit")],
  [
    "keys in another order",
    () => edit("- checkpoint: unit\n- mode: judgement", "- mode: judgement\n- checkpoint: unit"),
  ],
  [
    "tildes for a fence",
    () => edit(/```text\n {4}return 0;\n\n {4}```/, "~~~ts\n    return 0;\n\n    ~~~"),
  ],
  ["deeper indentation", () => edit("  - why: pipes", "    - why: pipes")],
];

describe("a spec edited by hand still parses to the same value", () => {
  test.each(sameValue)("%s", (_, make) => {
    const parsed = parseBuildSpec(make());
    expect(parsed).toEqual({ ok: true, value: normal });
    if (parsed.ok) expect(hashBuildSpec(parsed.value)).toBe(hashBuildSpec(sampleBuildSpec));
  });
});

describe("what a person adds is kept", () => {
  const read = (markdown: string) => {
    const parsed = parseBuildSpec(markdown);
    expect(parsed).toMatchObject({ ok: true });
    if (!parsed.ok) throw new Error("refused");
    return parsed.value;
  };

  test("prose in a section of bullets becomes an extra section", () => {
    const spec = read(edit("## Scope\n", "## Scope\n\nOnly this, says Ann.\n"));
    expect(spec.scope).toEqual(normal.scope);
    expect(spec.extraSections).toEqual([
      ...normal.extraSections,
      { heading: "More on Scope", body: "Only this, says Ann." },
    ]);
    expect(parseBuildSpec(renderBuildSpec(spec))).toEqual({ ok: true, value: spec });
  });

  test("unknown sections survive with their order and content", () => {
    const spec = read(`${written}\n## Glossary\n\n### Term\n\n\`\`\`\n## Scope\n- [ ] x\n\`\`\`\n`);
    expect(spec.extraSections.at(-1)).toEqual({
      heading: "Glossary",
      body: "### Term\n\n```\n## Scope\n- [ ] x\n```",
    });
  });

  test("a nested list and a second paragraph stay in their bullet", () => {
    const spec = read(
      edit("- Its documentation", "- Its documentation\n  - also the site\n\n  and help"),
    );
    expect(spec.scope[1]).toBe("Its documentation - also the site and help");
  });

  test("text before the title", () => {
    const spec = read(written.replace("-->\n", "-->\nHello.\n\n"));
    expect(spec.extraSections.at(-1)).toEqual({ heading: "More on this document", body: "Hello." });
  });
});

test("check boxes and headings inside fences are text", () => {
  const objective =
    "```markdown\n## Scope\n\n- [ ] AC-9 (must, unit): no\n```\n\n~~~\n# Title\n~~~";
  const spec = { ...sampleBuildSpec, objective };
  expect(renderBuildSpec(spec)).toContain(`\n${objective}\n`);
  expect(parseBuildSpec(renderBuildSpec(spec))).toEqual({
    ok: true,
    value: { ...normal, objective },
  });
});
