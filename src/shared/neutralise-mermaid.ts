import { JOINER } from "./restore-text.ts";

/** More than this and GitHub shows an error instead of the drawing. */
const MOST_CHARACTERS = 50_000;

const opening = /^([\s>*+\-\d.)]*)(`{3,}|~{3,})([ \t]*)(\u2060?)mermaid\b/i;

/** Shows a drawing that is too large, or whose fence is never closed, as plain code. `restoreText` gives the text back. */
export function neutraliseMermaid(markdown: string): string {
  const lines = markdown.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const found = opening.exec(line);
    if (!found) continue;
    const [, prefix = "", mark = "", space = "", joiner = ""] = found;
    const end = findEnd(lines, index + 1, mark);
    const length = lines.slice(index + 1, end).join("\n").length;
    if (joiner === "" && (end === lines.length || length > MOST_CHARACTERS)) {
      const word = prefix.length + mark.length + space.length;
      lines[index] = `${line.slice(0, word)}${JOINER}${line.slice(word)}`;
    }
    index = end;
  }
  return lines.join("\n");
}

function findEnd(lines: readonly string[], from: number, mark: string): number {
  const closing = new RegExp(`^[ \\t>]*${mark[0]}{${mark.length},}[ \\t\\r]*$`);
  let end = from;
  while (end < lines.length && !closing.test(lines[end] ?? "")) end++;
  return end;
}
