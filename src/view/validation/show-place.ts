import { renderCodeSpan } from "../../documents/code-span.ts";
import { writeFileLink } from "../../shared/file-link.ts";

export type Place = { path: string; startLine: number; endLine: number };

/** A place of the code as a code span; a link to those very lines where the commit is known. */
export type ShowPlace = (place: Place) => string;

export const showPlain: ShowPlace = ({ path, startLine }) => renderCodeSpan(`${path}:${startLine}`);

export const showLinked =
  (commit: string): ShowPlace =>
  (place) =>
    `[${showPlain(place)}](${writeFileLink(commit, place)})`;
