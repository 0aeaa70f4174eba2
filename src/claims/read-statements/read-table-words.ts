import { type Tone, toneOf, wordsAfter, wordsBefore } from "./judge-tone.ts";
import type { SaidSentence } from "./list-texts.ts";

export type TableWords = { table: string; column: string | null; tone: Tone };

const identifier = /^["'[]?[A-Za-z_][\w$]*(?:\.[A-Za-z_]\w*)?["'\]]?(?:\(\))?$/;
const tableBefore = /\btables?\s*(?:named |called )?$/i;
const tableAfter = /^\s*(?:(?:database|db|SQL)\s+)?table\b/i;
const columnBefore = /\bcolumns?\s*(?:named |called )?$/i;
const columnAfter = /^\s*columns?\b/i;
/** What may stand between two of a list: "`a`, `b` and `c`". */
const listed = /^\s*(?:,|and|or|,\s*and|\/|,\s*or)\s*$/i;

/** The tables and columns that a sentence speaks of. A column needs its table in the same sentence, or before its dot. */
export function readTableWords(sentence: SaidSentence): TableWords[] {
  const { spans } = sentence;
  const kinds = spans.map((span, index): "table" | "column" | null => {
    if (!identifier.test(span)) return null;
    const before = wordsBefore(sentence, index);
    const after = wordsAfter(sentence, index);
    if (columnBefore.test(before) || columnAfter.test(after)) return "column";
    return tableBefore.test(before) || tableAfter.test(after) ? "table" : null;
  });
  spreadOverLists(sentence, kinds);
  return spans.flatMap((span, index): TableWords[] => {
    const tone = toneOf(sentence, index);
    if (kinds[index] === "table") return [{ table: plain(span), column: null, tone }];
    if (kinds[index] !== "column") return [];
    const [owner = "", column] = plain(span).split(".");
    if (column !== undefined) return [{ table: owner, column, tone }];
    const table = tableOfColumn(sentence, kinds, index);
    return table === null ? [] : [{ table, column: owner, tone }];
  });
}

type Kinds = readonly ("table" | "column" | null)[];

/** "the column `a` of `t`", else the table before it, else the only one that comes after. */
function tableOfColumn(sentence: SaidSentence, kinds: Kinds, index: number): string | null {
  const isTable = (_span: string, at: number): boolean => kinds[at] === "table";
  const after = sentence.spans.findIndex((span, at) => at > index && isTable(span, at));
  const between = wordsAfter(sentence, index).split(`⟦${after}⟧`, 1)[0] ?? "";
  const before = sentence.spans.findLastIndex((span, at) => at < index && isTable(span, at));
  const isOf = after >= 0 && /^[^,;.]*\b(?:of|in|on|from)\b[^,;.]*$/.test(between);
  const at = isOf || before < 0 ? after : before;
  return at < 0 ? null : plain(sentence.spans[at] ?? "");
}

function spreadOverLists(sentence: SaidSentence, kinds: ("table" | "column" | null)[]): void {
  for (let index = 1; index < kinds.length; index++) {
    const between = wordsAfter(sentence, index - 1).split(`⟦${index}⟧`, 1)[0] ?? "";
    const before = kinds[index - 1];
    if (kinds[index] === null && before !== undefined && listed.test(between))
      if (identifier.test(sentence.spans[index] ?? "")) kinds[index] = before;
  }
}

const plain = (span: string): string => span.replace(/["'[\]()]/g, "");

const used =
  /\b(?:insert\s+into|update|delete\s+from|from|join|references|alter\s+table(?:\s+if\s+exists)?(?:\s+only)?|truncate(?:\s+table)?|drop\s+table(?:\s+if\s+exists)?)\s+["`[]?((?:[a-z_]\w*\.)?[a-z_]\w*)["`\]]?(?!\s*\()/gi;
const noTable =
  /^(?:select|set|only|lateral|unnest|generate_series|values|table|dual|information_schema|pg_\w+|now|cascade|restrict)$/i;

/** Tables that SQL uses as there; those that it makes for itself (`WITH`) are not among them. */
export function tablesOfQuery(sql: string): string[] {
  const text = sql
    .replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'[^'\n]*'/g, " ")
    .replace(/\bon\s+(?:delete|update)\b/gi, " ");
  const own = new Set(
    [...text.matchAll(/(?:\bwith|,)\s+(\w+)\s+as\s*\(/gi)].map((match) => match[1]),
  );
  const names = [...text.matchAll(used)].map((match) => match[1] ?? "");
  return [...new Set(names)].filter((name) => !own.has(name) && !noTable.test(name));
}
