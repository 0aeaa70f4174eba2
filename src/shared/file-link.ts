/** Scheme of a link to lines of a file at a commit. Only a forge knows its address; elsewhere nobody writes one. */
const scheme = "archwright-file:";

/** Characters of a path that would end a Markdown link, beside those that addresses encode. */
const encode = (part: string): string =>
  encodeURIComponent(part).replace(/[()'!*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);

/** Target of a link to lines of a file as it is at a commit, for a forge to complete. */
export function writeFileLink(
  commit: string,
  { path, startLine, endLine }: { path: string; startLine: number; endLine: number },
): string {
  const lines = endLine > startLine ? `L${startLine}-L${endLine}` : `L${startLine}`;
  return `${scheme}${commit}/${path.split("/").map(encode).join("/")}#${lines}`;
}

/** Completes the links of a text with the address of a repository's pages. */
export const completeFileLinks = (markdown: string, web: string): string =>
  markdown.replaceAll(`](${scheme}`, `](${web}/blob/`);
