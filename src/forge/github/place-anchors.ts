import type { ViewAnchor } from "../port.ts";
import type { Hunk } from "./parse-hunks.ts";

/** A comment of a review as GitHub takes it. */
export type LineComment = {
  path: string;
  line: number;
  side: "RIGHT";
  start_line?: number;
  start_side?: "RIGHT";
  body: string;
};

export type PlacedAnchors = { inline: LineComment[]; rest: ViewAnchor[] };

/** More than this hides the verdict; what is over goes into the body. */
const MOST_COMMENTS = 60;
const LONGEST_COMMENT = 20_000;

/**
 * Parts remarks into those at lines that the diff shows and the rest. One remark outside the diff would make GitHub refuse the whole
 * review. A span that leaves its hunk is shown at the line where it begins.
 */
export function placeAnchors(
  anchors: readonly ViewAnchor[],
  hunks: ReadonlyMap<string, readonly Hunk[]>,
): PlacedAnchors {
  const placed: PlacedAnchors = { inline: [], rest: [] };
  for (const anchor of anchors) {
    const { path, line, markdown } = anchor;
    const hunk = hunks.get(path)?.find(({ start, end }) => start <= line && line <= end);
    const fits = hunk && placed.inline.length < MOST_COMMENTS && markdown.length < LONGEST_COMMENT;
    if (!fits) {
      placed.rest.push(anchor);
      continue;
    }
    const end = anchor.endLine ?? line;
    const span = end > line && end <= hunk.end;
    const range = span ? { start_line: line, start_side: "RIGHT" as const } : {};
    placed.inline.push({ path, line: span ? end : line, side: "RIGHT", ...range, body: markdown });
  }
  return placed;
}

const code = (path: string): string => `\`${path.replaceAll("`", "'")}\``;

/** Remarks that have no line in the diff, for the body of the review. */
export function renderRest(anchors: readonly ViewAnchor[]): string {
  if (anchors.length === 0) return "";
  const items = anchors.map(({ path, line, endLine, markdown }) => {
    const lines = endLine !== null && endLine > line ? `${line}-${endLine}` : `${line}`;
    const body = markdown.trim().split("\n").join("\n  ");
    return `- ${code(`${path}:${lines}`)}\n\n  ${body}`;
  });
  return `\n\n### Not on changed lines\n\n${items.join("\n\n")}`;
}
