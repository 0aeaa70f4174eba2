import type { Codebase } from "../codebase/codebase.ts";
import { confirmQuote, type QuoteMatch } from "../codebase/confirm-quote.ts";
import { documentNames } from "../documents/name-document.ts";
import type { FileChange } from "../documents/schema-build-spec.ts";
import type { Evidence } from "../documents/schema-common.ts";
import type { OpenRule } from "./bind-rule.ts";
import type { Judgement, PlanDocuments, Statement } from "./claim-rule.ts";
import { explainAbsence } from "./explain-absence.ts";
import { explainQuote } from "./explain-quote.ts";
import { isFalse, isOpen, isTrue } from "./finding.ts";
import { pathsToCome } from "./read-statements/list-introduced.ts";
import { listSaidQuotes, type SaidQuote } from "./read-statements/list-said-quotes.ts";
import { shorten, span } from "./write-text.ts";

type EditStatement = Statement & { by: "edit"; file: FileChange; index: number };
type QuoteStatement = ({ by: "said" } & SaidQuote) | EditStatement;

/**
 * Quotes of a spec's context, of prose and of fences that show what is there; and what mechanical edits replace, which must stand
 * exactly once, to the letter, because `after` would be wrong too.
 */
export const quoteRule: OpenRule<QuoteStatement> = {
  kind: "quote",
  find: (plan) => [
    ...listContext(plan),
    ...listEdits(plan),
    ...listSaidQuotes(plan).map((said) => ({ by: "said" as const, ...said })),
  ],
  check: async (statement, { codebase }, plan) => {
    if (statement.by === "said") return await judgeQuote(statement, codebase, plan);
    return await judgeEdit(statement, codebase, plan);
  },
};

const listContext = ({ specs }: PlanDocuments): QuoteStatement[] =>
  specs.flatMap((spec) =>
    spec.context.map(({ path, line, quote }) => ({
      by: "said" as const,
      source: documentNames.spec(spec.id),
      text: `${span(`${path}:${line}`)} says ${span(shorten(quote) || " ")}`,
      path,
      line,
      quotes: [quote],
    })),
  );

async function judgeQuote(
  { path, line, quotes }: SaidQuote,
  codebase: Codebase,
  plan: PlanDocuments,
): Promise<Judgement> {
  const content = await codebase.text(path);
  if (content === null && pathsToCome(plan).includes(path))
    return isOpen("the file is one that the plan creates");
  if (content === null) return isFalse(explainAbsence(path, codebase));
  let evidence: Evidence | null = null;
  const notes = new Set<string>();
  for (const quote of quotes) {
    const height = quote.replace(/^\n+|\s+$/g, "").split("\n").length;
    const start = line ?? 1;
    const found = confirmQuote(content, { startLine: start, endLine: start + height - 1, quote });
    if (found === null) return isFalse(await explainQuote(quote, path, content, codebase));
    evidence ??= evidenceOf(path, found);
    // Prose may name any line of what it quotes; a line apart from all of it is wrong.
    const isAway = line !== null && (line < found.startLine || line > found.endLine);
    if (isAway && quotes.length === 1)
      return isFalse(`it stands at line ${found.startLine}`, evidenceOf(path, found));
    if (!found.exact) notes.add("white space differs");
  }
  return isTrue(evidence, [...notes].join(", "));
}

const evidenceOf = (path: string, { startLine, endLine, text }: QuoteMatch): Evidence => ({
  path,
  startLine,
  endLine,
  quote: text,
});

const listEdits = ({ specs }: PlanDocuments): QuoteStatement[] =>
  specs.flatMap((spec) =>
    spec.files.flatMap((file) =>
      file.edits.map(({ before }, index) => ({
        by: "edit" as const,
        source: documentNames.spec(spec.id),
        text: `${span(file.path)} says exactly once ${span(shorten(before) || " ")}`,
        file,
        index,
      })),
    ),
  );

/** The whole content of a new file replaces nothing. */
const isWhole = ({ action, edits }: FileChange): boolean =>
  action === "create" && edits.length === 1 && edits[0]?.before === "";

/** An edit is seen as it will be applied: after those before it. */
async function judgeEdit(
  { file, index }: EditStatement,
  codebase: Codebase,
  plan: PlanDocuments,
): Promise<Judgement | null> {
  const text = await codebase.text(file.path);
  const isLater =
    text === null && file.action !== "create" && pathsToCome(plan).includes(file.path);
  if (isWhole(file) || isLater) return null;
  let current = text ?? "";
  for (const { before, after } of file.edits.slice(0, index))
    if (countOf(before, current) === 1) current = current.replace(before, () => after);
  const before = file.edits[index]?.before ?? "";
  const found = confirmQuote(current, { startLine: 1, endLine: 1, quote: before });
  const evidence = found && evidenceOf(file.path, found);
  const count = countOf(before, current);
  return count === 1 ? isTrue(evidence) : isFalse(explainCount(before, count, found), evidence);
}

const countOf = (before: string, text: string): number =>
  before === "" ? 0 : text.split(before).length - 1;

function explainCount(before: string, count: number, found: QuoteMatch | null): string {
  if (before === "") return "the excerpt is empty";
  if (count > 1) return `it stands there ${count} times`;
  return found === null
    ? "it does not stand there"
    : `line ${found.startLine} differs from it in white space`;
}
