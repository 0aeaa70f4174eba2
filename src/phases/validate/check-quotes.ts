import { confirmQuote, type QuoteMatch } from "../../codebase/confirm-quote.ts";
import { documentNames } from "../../documents/name-document.ts";
import type { BuildSpec, FileChange } from "../../documents/schema-build-spec.ts";
import type { BaseFiles } from "./base-files.ts";
import { explainAbsence, pathsToCome } from "./check-files.ts";
import type { Checked, Finding } from "./claim.ts";

type Pattern = BuildSpec["context"][number];

const shorten = (quote: string): string => {
  const line = quote.replace(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
};
/** A code span that holds any text, backticks too. */
const span = (words: string): string =>
  words.includes("`") ? `\`\` ${words} \`\`` : `\`${words}\``;

/**
 * Reads every quote of the spec's context again. One that stands on another line of its file, or differs only in
 * white space, is put right; one that is not there is a false claim.
 */
export async function checkContext(spec: BuildSpec, base: BaseFiles): Promise<Checked<BuildSpec>> {
  const checked = await Promise.all(
    spec.context.map((pattern) => checkPattern(spec.id, pattern, base)),
  );
  return {
    claims: checked.flatMap(({ claims }) => claims),
    value: { ...spec, context: checked.map(({ value }) => value) },
    changes: checked.flatMap(({ changes }) => changes),
  };
}

async function checkPattern(
  id: string,
  pattern: Pattern,
  base: BaseFiles,
): Promise<Checked<Pattern>> {
  const { path, line, quote } = pattern;
  const words = span(shorten(quote) || " ");
  const text = `\`${path}:${line}\` says ${words}`;
  const claim = { kind: "quote", text, source: documentNames.spec(id) } as const;
  const content = await base.text(path);
  const found = content === null ? null : confirmQuote(content, rangeOf(pattern));
  if (content === null || found === null) {
    const note = content === null ? explainAbsence(path, base) : await explainQuote(quote, base);
    return {
      claims: [{ ...claim, verdict: "false", evidence: null, note }],
      value: pattern,
      changes: [],
    };
  }
  const evidence = { path, startLine: found.startLine, endLine: found.endLine, quote: found.text };
  const right = found.exact && found.startLine === line;
  const value = right
    ? pattern
    : { ...pattern, line: found.startLine, quote: found.exact ? withoutEdges(quote) : found.text };
  const note = right ? "" : describeCorrection(pattern, found);
  return {
    claims: [{ ...claim, verdict: "true", evidence, note }],
    value,
    changes: right ? [] : [`${id}: the quote ${words} of \`${path}\`: ${note}`],
  };
}

const rangeOf = ({
  line,
  quote,
}: Pattern): { startLine: number; endLine: number; quote: string } => ({
  startLine: line,
  endLine: line + withoutEdges(quote).split("\n").length - 1,
  quote,
});

const withoutEdges = (quote: string): string => quote.replace(/^\n+|\s+$/g, "");

function describeCorrection(pattern: Pattern, found: QuoteMatch): string {
  const parts: string[] = [];
  if (found.startLine !== pattern.line)
    parts.push(`line ${pattern.line} corrected to ${found.startLine}`);
  if (!found.exact) parts.push("white space corrected");
  return parts.join(", ");
}

/** Where a quote stands that is not in its file, if it is one line and stands somewhere. */
async function explainQuote(quote: string, base: BaseFiles): Promise<string> {
  const line = quote.trim();
  const absent = "the file does not say that";
  if (line.length < 8 || line.length > 300 || line.includes("\n")) return absent;
  const literal = line.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const hit = (await base.snapshot.grep(literal, [], 1))[0];
  return hit === undefined ? absent : `${absent}; \`${hit.path}:${hit.line}\` does`;
}

/**
 * Whether every mechanical edit can be applied: its `before` stands exactly once, to the letter, where it is to be
 * replaced. White space is not put right here, because `after` would then be wrong too.
 */
export async function checkEdits(
  spec: BuildSpec,
  specs: readonly BuildSpec[],
  base: BaseFiles,
): Promise<Finding[]> {
  const coming = pathsToCome(specs);
  const source = documentNames.spec(spec.id);
  const checked = spec.files.map(async (file) => {
    const text = await base.text(file.path);
    return isCheckable(file, text, coming) ? checkFileEdits(file, text ?? "", source) : [];
  });
  return (await Promise.all(checked)).flat();
}

/** Not the whole content of a new file, nor excerpts of one that another spec has yet to create. */
function isCheckable(file: FileChange, text: string | null, coming: ReadonlySet<string>): boolean {
  const isWhole =
    file.action === "create" && file.edits.length === 1 && file.edits[0]?.before === "";
  const isLater = text === null && coming.has(file.path) && file.action !== "create";
  return file.edits.length > 0 && !isWhole && !isLater;
}

function checkFileEdits({ path, edits }: FileChange, text: string, source: string): Finding[] {
  let current = text;
  return edits.map(({ before, after }) => {
    const finding = checkEdit(path, before, current, source);
    if (finding.verdict === "true") current = current.replace(before, () => after);
    return finding;
  });
}

function checkEdit(path: string, before: string, current: string, source: string): Finding {
  const words = span(shorten(before) || " ");
  const claim = { kind: "quote", text: `\`${path}\` says exactly once ${words}`, source } as const;
  const count = before === "" ? 0 : current.split(before).length - 1;
  const found = confirmQuote(current, { startLine: 1, endLine: 1, quote: before });
  const evidence = found && {
    path,
    startLine: found.startLine,
    endLine: found.endLine,
    quote: found.text,
  };
  if (count === 1) return { ...claim, verdict: "true", evidence, note: "" };
  return { ...claim, verdict: "false", evidence, note: explainCount(before, count, found) };
}

function explainCount(before: string, count: number, found: QuoteMatch | null): string {
  if (before === "") return "the excerpt is empty";
  if (count > 1) return `it stands there ${count} times`;
  return found === null
    ? "it does not stand there"
    : `line ${found.startLine} differs from it in white space`;
}
