/** Text for one cell of a Markdown table: one line, and no pipe that would end the cell. */
export const escapeCell = (text: string): string =>
  text.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();
