import type { Codebase } from "../codebase.ts";
import type { TestLayout } from "../found.ts";
import { type Convention, count, printableName, showPlace } from "./convention.ts";
import { groupBy } from "./count-by.ts";
import { languageOf } from "./name-language.ts";

type Layout = TestLayout["layouts"][number];

const mostLayouts = 4;

/** Where tests stand and how they are named, a sentence for each custom that a tenth of the tests keep. */
export function describeTestLayout(layout: TestLayout): Convention[] {
  if (layout.none) {
    const sentence = "There are no tests.";
    return [
      {
        kind: "test-layout",
        language: null,
        custom: "none",
        agree: 0,
        of: 0,
        place: null,
        sentence,
      },
    ];
  }
  return layout.layouts
    .filter(({ share }) => share >= 0.1)
    .slice(0, mostLayouts)
    .map((each) => describeLayout(each, layout.layouts.length > 1));
}

function describeLayout(layout: Layout, several: boolean): Convention {
  const { files, share, language, naming } = layout;
  const [path = ""] = layout.examples;
  const place = { path, line: 1, text: "" };
  const whose = several ? `${language} tests` : "Tests";
  const within =
    layout.placement === "separate-tree" || layout.folder === ""
      ? ""
      : ` of \`${printableName(layout.folder)}\``;
  const where = describePlace(layout);
  const subject = whose.charAt(0).toUpperCase() + whose.slice(1);
  return {
    kind: "test-layout",
    language,
    custom: `${where} ${naming}`,
    agree: files,
    of: Math.round(files / share),
    place,
    sentence: `${subject}${within} (${count(files, "file")}) stand ${where}, named \`${naming}\`, for example ${showPlace(place)}.`,
  };
}

function describePlace({ placement, place }: Layout): string {
  if (placement === "beside") return "beside the code";
  if (placement === "sibling-folder") return `in a folder \`${place}/\` beside the code`;
  return place === "" ? "in the root" : `under \`${printableName(place ?? "")}/\``;
}

const tools: readonly (readonly [string, RegExp])[] = [
  ["jest", /^(?:jest|@jest\/globals)$/],
  ["vitest", /^vitest$/],
  ["node:test", /^node:test$/],
  ["mocha", /^mocha$/],
  ["chai", /^chai$/],
  ["tap", /^(?:tap|tape|@tapjs\/.*)$/],
  ["ava", /^ava$/],
  ["Playwright", /^@playwright\/test$/],
  ["Cypress", /^cypress$/],
  ["pytest", /^pytest$/],
  ["unittest", /^unittest(?:\.mock)?$/],
  ["testing", /^testing$/],
  ["testify", /\/testify\//],
  ["ginkgo", /\/ginkgo\//],
  ["JUnit 5", /^org\.junit\.jupiter\b/],
  ["JUnit 4", /^org\.junit\.(?:Test|Before|After|Assert|Rule|runner)\b|^org\.junit\.\*?$/],
  ["TestNG", /^org\.testng\b/],
  ["xUnit", /^Xunit\b/],
  ["NUnit", /^NUnit\b/],
  ["PHPUnit", /^PHPUnit\b/],
  ["RSpec", /^(?:rspec|spec_helper|rails_helper)\b/],
  ["Minitest", /^minitest\b|^test_helper$/],
  ["GoogleTest", /gtest\/gtest\.h$/],
  ["Catch2", /^catch2?\//],
];

/** What tests are written with, by what they import: the tool that most files of a language name. */
export function findTestTools(codebase: Codebase): Convention[] {
  const uses = codebase.files.flatMap((file) => {
    if (file.role !== "test") return [];
    return file.imports.flatMap(({ specifier, line }) => {
      const tool = tools.find(([, pattern]) => pattern.test(specifier))?.[0];
      const language = languageOf(file) ?? "";
      return tool === undefined ? [] : [{ tool, language, path: file.path, line, text: "" }];
    });
  });
  return groupBy(uses, ({ language }) => language).flatMap(({ key: language, items }) =>
    groupBy(items, ({ tool }) => tool)
      .slice(0, 1)
      .map(({ key: tool, items: alike }): Convention => {
        const place = alike[0] ?? null;
        const seen = place === null ? "" : `, see ${showPlace(place)}`;
        return {
          kind: "test-tool",
          language,
          custom: tool,
          agree: alike.length,
          of: items.length,
          place,
          sentence: `Tests use ${tool} (${count(alike.length, "import")})${seen}.`,
        };
      }),
  );
}
