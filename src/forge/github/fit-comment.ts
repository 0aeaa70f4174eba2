import { splitMarkdown } from "../../shared/split-markdown.ts";

/** GitHub takes 65,536 characters; the marker and a footer need some. */
export const LONGEST_BODY = 60_000;
const MOST_PARTS = 6;

const rest = (link: string | null, issue: number): string => {
  const where = link ?? `\`git fetch origin refs/archwright/issues/${issue}\``;
  return `\n\n*The rest is too long to be shown here. The whole text is in the audit trail: ${where}*`;
};

/** A text in as many bodies as it needs, up to a number that a person would still read; then a link to the whole. */
export function fitComment(
  markdown: string,
  whole: { link: string | null; issue: number; most?: number },
): string[] {
  if (markdown.length <= LONGEST_BODY) return [markdown];
  const parts = splitMarkdown(markdown, LONGEST_BODY);
  const most = whole.most ?? MOST_PARTS;
  const shown = parts.slice(0, most);
  return shown.map((part, index) => {
    if (parts.length > most && index === most - 1) return part + rest(whole.link, whole.issue);
    if (index === parts.length - 1) return part;
    return `${part}\n\n*Continued in the next comment.*`;
  });
}

/** The same for what has only one body. */
export const fitBody = (markdown: string, whole: { link: string | null; issue: number }): string =>
  fitComment(markdown, { ...whole, most: 1 })[0] ?? "";
