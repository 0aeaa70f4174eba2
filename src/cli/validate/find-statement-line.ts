/**
 * Line of a document that says what a claim is about: the first one that holds the words of its first code span, else those of a later
 * one; the title where none does. A place (`src/a.ts:12`) is looked for with its line and without.
 */
export function findStatementLine(text: string, statement: string): number {
  const lines = text.split(/\r\n?|\n/);
  const spans = [...statement.matchAll(/(`+)(.+?)\1(?!`)/g)].map((match) =>
    (match[2] ?? "").trim(),
  );
  const wanted = spans.flatMap((span) => {
    const plain = span.replace(/…$/, "");
    return [plain, plain.replace(/:\d+(?:-\d+)?$/, "")];
  });
  for (const words of wanted) {
    if (words === "") continue;
    const at = lines.findIndex((line) => line.includes(words));
    if (at >= 0) return at + 1;
  }
  const title = lines.findIndex((line) => line.startsWith("# "));
  return Math.max(title, 0) + 1;
}
