import { splitMarkdown } from "../../shared/split-markdown.ts";
import { LONGEST_COMMENT } from "../port.ts";

/** GitHub takes 65,536 characters; the marker and a footer need some. */
export const LONGEST_BODY = LONGEST_COMMENT;
const MOST_PARTS = 6;

/** Whose text it is, and where the whole of it can be read. */
export type Whole = { issue: number; link: () => Promise<string | null> };

const rest = (link: string | null, issue: number): string => {
  const where = link ?? `\`git fetch origin refs/archwright/issues/${issue}\``;
  return `\n\n*The rest is too long to be shown here. The whole text is in the audit trail: ${where}*`;
};

/** A text in as many bodies as it needs, up to a number that a person would still read; then a link to the whole. */
export async function fitComment(
  markdown: string,
  whole: Whole,
  most = MOST_PARTS,
): Promise<string[]> {
  if (markdown.length <= LONGEST_BODY) return [markdown];
  const parts = splitMarkdown(markdown, LONGEST_BODY, most + 1);
  const end = parts.length > most ? rest(await whole.link(), whole.issue) : "";
  return parts.slice(0, most).map((part, index, shown) => {
    if (index === shown.length - 1) return part + end;
    return `${part}\n\n*Continued in the next comment.*`;
  });
}

/** The same for what has only one body. */
export const fitBody = async (markdown: string, whole: Whole): Promise<string> =>
  (await fitComment(markdown, whole, 1))[0] ?? "";

const ledgerCommit = /(The whole text is in the audit trail: \S+\/(?:blob|tree)\/)[0-9a-f]{40}/;

/** Whether two bodies say the same. A later commit of the ledger holds the same document: no reason to write anew. */
export const saysTheSame = (one: string, other: string): boolean =>
  one.replace(ledgerCommit, "$1") === other.replace(ledgerCommit, "$1");
