import { documentNames } from "../../documents/name-document.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Gap } from "../../documents/schema-validation-report.ts";
import { lensRules } from "./lenses.ts";

/** A spec with the text that it was read from. */
export type SpecText = { spec: BuildSpec; text: string; source?: string };

/** What the specs leave out, seen through three lenses, each at its line. Free: no model is asked. */
export const checkCompleteness = (specs: readonly SpecText[]): Gap[] => specs.flatMap(checkSpec);

function checkSpec({ spec, text, source }: SpecText): Gap[] {
  const lines = findHeadings(text);
  return lensRules
    .filter((rule) => rule.missing(spec))
    .map(({ lens, severity, section, text: what }) => ({
      lens,
      severity,
      source: source ?? documentNames.spec(spec.id),
      line: lines.get(section.toLowerCase()) ?? lines.get("") ?? 1,
      text: `${section}: ${what}`,
    }));
}

/** A spec that nobody could build is not worth a model's time. */
export const isHopeless = (gaps: readonly Gap[]): boolean =>
  gaps.some(({ severity }) => severity === "critical");

/** Lines of the headings by their words in small letters; "" is the title. What stands in a fence is no heading. */
function findHeadings(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  let fence = "";
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
    if (fence === "") fence = mark;
    else if (mark.startsWith(fence)) fence = "";
    if (fence !== "" || mark !== "") continue;
    const [, depth, words] = /^(#{1,2})[ \t]+(.*?)[ \t#]*$/.exec(line) ?? [];
    if (depth === undefined) continue;
    const name = depth === "#" ? "" : (words ?? "").toLowerCase();
    if (!lines.has(name)) lines.set(name, index + 1);
  }
  return lines;
}
