/** A folded part of a comment. Without the blank line GitHub would show the Markdown in it as it is written. */
export const fold = (summary: string, body: string): string =>
  `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;

/** `<`, `>` and `&` as text of an element: a title must not open or close one. */
export const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
