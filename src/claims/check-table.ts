import { readTables } from "../codebase/facts/find-tables.ts";
import type { Table } from "../codebase/found.ts";
import { suggestWord } from "../documents/suggest-word.ts";
import { evidenceAt, placeOf } from "./at-place.ts";
import type { ClaimRule, Ground, Judgement, PlanDocuments, Statement } from "./claim-rule.ts";
import { isFalse, isOpen, isTrue, softenUnless } from "./finding.ts";
import { plainName, tablesNamed } from "./match-table.ts";
import type { Tone } from "./read-statements/judge-tone.ts";
import { readPlanProse } from "./read-statements/list-texts.ts";
import { readTableWords, tablesOfQuery } from "./read-statements/read-table-words.ts";
import { searchWord } from "./search-word.ts";

type Said = Statement & { isSure: boolean; table: string; column: string | null };

/** "The table `signals`", "its column `metadata`": declared by SQL, a migration or an object mapper. */
export const tableRule: ClaimRule<Said> = {
  kind: "table",
  find: (plan) => {
    const { sentences, fences } = readPlanProse(plan);
    const said = sentences.flatMap((sentence) =>
      readTableWords(sentence).map((words) => ({ source: sentence.source, ...words })),
    );
    const asked = fences.flatMap(({ source, language, text }) =>
      /^(?:sql|postgres\w*|mysql|sqlite|plpgsql)$/.test(language)
        ? tablesOfQuery(text).map((table) => ({
            source,
            table,
            column: null,
            tone: "present" as const,
          }))
        : [],
    );
    const coming = new Set([
      ...said.filter(({ tone, column }) => !isHere(tone) && column === null).map(keyOf),
      ...tablesToCome(plan),
    ]);
    const columns = new Set(said.filter(({ tone }) => !isHere(tone)).map(columnKey));
    return [...said, ...asked]
      .filter((one) => isHere(one.tone) && !coming.has(keyOf(one)))
      .filter((one) => one.column === null || !columns.has(columnKey(one)))
      .map(({ source, table, column, tone }) => ({
        source,
        isSure: tone === "present",
        table,
        column,
        text:
          column === null
            ? `The table \`${table}\` is there`
            : `The table \`${table}\` has the column \`${column}\``,
      }));
  },
  check: async ({ table, column, isSure }, ground) =>
    softenUnless(isSure, await judge(table, column, ground)),
};

const isHere = (tone: Tone): boolean => tone === "present" || tone === "maybe";
const keyOf = ({ table }: { table: string }): string => plainName(table);
const columnKey = ({ table, column }: { table: string; column: string | null }): string =>
  `${plainName(table)}.${column}`;

/** Tables that a fence of the plan declares: whether they should be is for `twin-table` to say. */
export const tablesToCome = (plan: PlanDocuments): string[] =>
  readPlanProse(plan).fences.flatMap(({ language, text }) =>
    readTables(language === "" ? "sql" : language, text).map(keyOfTable),
  );
const keyOfTable = ({ name }: Table): string => plainName(name);

async function judge(name: string, column: string | null, ground: Ground): Promise<Judgement> {
  const tables = await ground.tables();
  const found = tablesNamed(tables, name);
  const [first] = found;
  if (first !== undefined)
    return column === null
      ? isTrue(evidenceAt(first))
      : await judgeColumn(column, found, first, ground);
  if (tables.length === 0) return isOpen("no table of a known form is declared here");
  const elsewhere = await searchWord(ground.codebase, name);
  if (elsewhere !== null)
    return isOpen(
      `${placeOf(elsewhere)} names it; nothing of a known form declares it`,
      evidenceAt(elsewhere),
    );
  const other = nearestTable(name, tables);
  if (other === undefined) return isFalse(`no table \`${name}\` is declared`);
  return isFalse(
    `no table \`${name}\` is declared; nearest is \`${other.name}\` at ${placeOf(other)}`,
    evidenceAt(other),
  );
}

/** The table that was probably meant: spelled nearly so, or with a word of its name. */
function nearestTable(name: string, tables: readonly Table[]): Table | undefined {
  const near = suggestWord(
    name,
    tables.map((table) => table.name),
  );
  const words = plainName(name).split("_");
  return (
    tables.find((table) => table.name === near) ??
    tables.find((table) =>
      plainName(table.name)
        .split("_")
        .some((word) => words.includes(word)),
    )
  );
}

async function judgeColumn(
  column: string,
  found: readonly Table[],
  first: Table,
  ground: Ground,
): Promise<Judgement> {
  const holder = found.find((table) =>
    table.columns.some(({ name }) => plainName(name) === plainName(column)),
  );
  if (holder !== undefined) return isTrue(evidenceAt(holder));
  const names = [...new Set(found.flatMap((table) => table.columns.map(({ name }) => name)))];
  if (names.length === 0)
    return isOpen(`the columns of \`${first.name}\` could not be read`, evidenceAt(first));
  // A mapped class may inherit columns, and a later migration may add one.
  const elsewhere = await searchWord(ground.codebase, column);
  if (elsewhere !== null && found.every(({ by }) => by !== "sql"))
    return isOpen(
      `not among the columns read at ${placeOf(first)}; ${placeOf(elsewhere)} names it`,
      evidenceAt(first),
    );
  const listed = names
    .slice(0, 12)
    .map((name) => `\`${name}\``)
    .join(", ");
  return isFalse(`\`${first.name}\` at ${placeOf(first)} has ${listed}`, evidenceAt(first));
}
