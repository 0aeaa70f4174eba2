import type { Codebase } from "../codebase.ts";
import type { TestLayout } from "../found.ts";
import { type Convention, count, printableName, showPlace } from "./convention.ts";
import { groupBy } from "./count-by.ts";
import { languageOf } from "./name-language.ts";
import { testToolOf } from "./name-test-tool.ts";

type Layout = TestLayout["layouts"][number];

const mostLayouts = 4;
/** Fewer than one in twenty is an accident, no custom. */
const leastShare = 0.05;

/** Where tests stand and how they are named, a sentence for each custom. */
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
  const languages = new Set(layout.layouts.map(({ language }) => language));
  const all = layout.layouts.reduce((sum, { files }) => sum + files, 0);
  return groupBy(layout.layouts, customOf)
    .map(({ items }) => describeLayouts(items, languages.size > 1, all))
    .filter(({ agree }) => agree >= all * leastShare)
    .sort((left, right) => right.agree - left.agree)
    .slice(0, mostLayouts);
}

/** Packages that keep one custom are told of together. */
const customOf = (layout: Layout): string =>
  [layout.language, layout.placement, placeIn(layout), layout.naming].join("\n");

const placeIn = ({ placement, place, folder }: Layout): string => {
  if (placement !== "separate-tree" || folder === "") return place ?? "";
  return (place ?? "").slice(folder.length + 1);
};

function describeLayouts(alike: readonly Layout[], several: boolean, of: number): Convention {
  const agree = alike.reduce((sum, { files }) => sum + files, 0);
  const { language = "", naming = "", examples = [] } = alike[0] ?? {};
  const place = { path: examples[0] ?? "", line: 1, text: "" };
  const where = describePlace(alike);
  const subject = several
    ? `${language.charAt(0).toUpperCase()}${language.slice(1)} tests`
    : "Tests";
  return {
    kind: "test-layout",
    language,
    custom: `${where}, ${naming}`,
    agree,
    of,
    place,
    sentence: `${subject} (${count(agree, "file")}) stand ${where}, named \`${naming}\`, for example ${showPlace(place)}.`,
  };
}

function describePlace(alike: readonly Layout[]): string {
  const [first] = alike;
  if (!first || first.placement === "beside") return "beside the code";
  if (first.placement === "sibling-folder")
    return `in a folder \`${printableName(first.place ?? "")}/\` beside the code`;
  if (alike.length === 1)
    return first.place === "" ? "in the root" : `under \`${printableName(first.place ?? "")}/\``;
  return `under \`${printableName(placeIn(first))}/\` of ${alike.length} packages`;
}

/** What tests are written with, by what they import: the tool that most files of a language name. */
export function findTestTools(codebase: Codebase): Convention[] {
  const uses = codebase.files.flatMap((file) => {
    if (file.role !== "test") return [];
    return file.imports.flatMap(({ specifier, line }) => {
      const tool = testToolOf(specifier);
      const language = languageOf(file) ?? "";
      return tool === null ? [] : [{ tool, language, path: file.path, line, text: "" }];
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
