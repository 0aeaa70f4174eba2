import { readTables } from "../codebase/facts/find-tables.ts";
import type { Table } from "../codebase/found.ts";
import { evidenceAt, placeOf } from "./at-place.ts";
import type { ClaimRule, Ground, Judgement, PlanDocuments, Statement } from "./claim-rule.ts";
import { isFalse, isTrue } from "./finding.ts";
import { plainName, tablesNamed } from "./match-table.ts";
import { isOfToday } from "./read-statements/list-introduced.ts";
import { readPlanProse } from "./read-statements/list-texts.ts";
import { findTableTwin, type TableTwin } from "./twins/find-table-twin.ts";

/** `siblings` are the other tables that the plan proposes. */
type Said = Statement & { table: Table; siblings: readonly Table[] };

/** A table that the plan would create does not stand in parallel to one that holds the same already. */
export const twinTableRule: ClaimRule<Said> = {
  kind: "twin-table",
  find: (plan) => {
    const proposed = listTables(plan);
    const siblings = proposed.map(({ table }) => table);
    return proposed.map(({ source, table }) => ({
      source,
      text: `No table holds yet what \`${table.name}\` is to hold`,
      table,
      siblings,
    }));
  },
  check: async ({ table, siblings }, ground) => await judge(table, siblings, ground),
};

const extensions: Readonly<Record<string, string>> = {
  "": "sql",
  postgresql: "sql",
  postgres: "sql",
  mysql: "sql",
  sqlite: "sql",
  plpgsql: "sql",
  python: "py",
  typescript: "ts",
  javascript: "js",
  ruby: "rb",
  rust: "rs",
  golang: "go",
  csharp: "cs",
  kotlin: "kt",
};

function listTables(plan: PlanDocuments): { source: string; table: Table }[] {
  const shown = readPlanProse(plan)
    .fences.filter((fence) => !isOfToday(fence))
    .flatMap(({ source, language, text }) =>
      readTables(extensions[language] ?? language, text).map((table) => ({ source, table })),
    );
  const edited = plan.specs.flatMap((spec) =>
    spec.files.flatMap(({ path, edits }) =>
      edits.flatMap(({ before, after }) => {
        const extension = path.split(".").at(-1) ?? "";
        const there = readTables(extension, before).map(({ name }) => name);
        const tables = readTables(extension, after).filter(({ name }) => !there.includes(name));
        return tables.map((table) => ({ source: `${spec.id}.md`, table }));
      }),
    ),
  );
  const all = [...shown, ...edited];
  return all.filter(
    (one, index) =>
      all.findIndex(({ table }) => plainName(table.name) === plainName(one.table.name)) === index,
  );
}

async function judge(table: Table, siblings: readonly Table[], ground: Ground): Promise<Judgement> {
  const tables = (await ground.tables()).filter(
    ({ path }) => ground.codebase.file(path)?.role !== "test",
  );
  const [same] = tablesNamed(tables, table.name);
  if (same !== undefined)
    return isFalse(`\`${same.name}\` is declared at ${placeOf(same)} already`, evidenceAt(same));
  const twin = findTableTwin(table, tables) ?? findBySibling(table, siblings, tables);
  if (twin === null) return isTrue(null);
  return isFalse(explain(twin), evidenceAt(twin.table));
}

const derived =
  /(?:^|_)(?:aggregate|aggregated|summary|rollup|total|statistic|stat|metric|history|snapshot|daily|hourly|monthly|cache)(?:_|$)/;

/** Sums of a table that is a twin itself (`consumption_aggregates` beside `consumption_signals`) are sums of what is there. */
function findBySibling(
  table: Table,
  siblings: readonly Table[],
  tables: readonly Table[],
): TableTwin | null {
  const name = plainName(table.name);
  if (!derived.test(name)) return null;
  const [first] = name.split("_");
  const sibling = siblings.find(
    (one) => one.name !== table.name && plainName(one.name).split("_")[0] === first,
  );
  const twin = sibling === undefined ? null : findTableTwin(sibling, tables);
  return twin === null || twin.flexible === null ? null : { ...twin, shared: [], named: false };
}

function explain({ table, shared, flexible }: TableTwin): string {
  const has = shared
    .slice(0, 6)
    .map((name) => `\`${name}\``)
    .join(", ");
  const parts = [
    `\`${table.name}\` at ${placeOf(table)} is there${has === "" ? "" : ` with ${has}`}`,
    ...(flexible === null ? [] : [`its \`${flexible}\` holds what is particular`]),
  ];
  return `${parts.join("; ")}; store it there`;
}
