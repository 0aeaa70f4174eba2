import type { Table } from "../../codebase/found.ts";
import { namesOf, plainName } from "../match-table.ts";

/** What a declared table already holds. `flexible` is a column that takes what the proposed one has more, or null. */
export type TableTwin = {
  table: Table;
  shared: readonly string[];
  flexible: string | null;
  named: boolean;
};

const generic =
  /^(?:id|uuid|pk|created_at|updated_at|deleted_at|created|updated|created_on|updated_on|inserted_at|version|name|status)$/;
const free = /json|hstore|\bvariant\b|\bobject\b|\bdict\b|\bmap\b|key_?value/i;
const discriminating = /(?:^|_)(?:type|kind|source|category|channel|provider|topic)$/;

/** The declared table beside which a proposed one would stand in parallel, or null. */
export function findTableTwin(proposed: Table, tables: readonly Table[]): TableTwin | null {
  const found = groupByName(tables).flatMap((table): (TableTwin & { score: number })[] => {
    const twin = compare(proposed, table);
    return twin === null ? [] : [twin];
  });
  return found.sort((left, right) => right.score - left.score)[0] ?? null;
}

/** Declarations of one table as one, with the columns of all. */
function groupByName(tables: readonly Table[]): Table[] {
  const groups = new Map<string, Table>();
  for (const table of tables) {
    const key = plainName(table.name);
    const before = groups.get(key);
    const columns = [...(before?.columns ?? []), ...table.columns];
    groups.set(key, { ...(before ?? table), columns });
  }
  return [...groups.values()];
}

function compare(proposed: Table, table: Table): (TableTwin & { score: number }) | null {
  const mine = telling(proposed);
  const theirs = new Set(telling(table));
  const common = mine.filter((name) => theirs.has(name));
  const shared = table.columns
    .map(({ name }) => name)
    .filter((name, index, all) => common.includes(plainName(name)) && all.indexOf(name) === index);
  const ours = table.columns.find(({ type }) => free.test(type))?.name ?? null;
  const sorted = table.columns.some(({ name }) => discriminating.test(plainName(name)));
  const named = containsName(proposed, table, 4);
  // A short name is found in many: it tells something only where the columns agree.
  const isCalled = named || containsName(proposed, table, 3);
  const part = mine.length === 0 ? 0 : shared.length / mine.length;
  const flexible = sorted ? ours : null;
  const isParallel = named && flexible !== null && shared.length > 0 && !isLink(mine, table);
  const isCopy = shared.length >= 3 && part >= 0.7 && (isCalled || part >= 0.9);
  // A small table whole, under its own name with a word before it.
  const isWhole =
    named && theirs.size >= 2 && shared.length === theirs.size && !isLink(mine, table);
  if (!isParallel && !isCopy && !isWhole) return null;
  return { table, shared, flexible, named, score: shared.length + (named ? 2 : 0) };
}

const telling = ({ columns }: Table): string[] => [
  ...new Set(columns.map(({ name }) => plainName(name)).filter((name) => !generic.test(name))),
];

/** `consumption_signals` holds the name `signals` as its last word: a special kind of what is there. */
function containsName(proposed: Table, table: Table, least: number): boolean {
  const mine = plainName(proposed.name).split("_");
  return namesOf(table).some((name) => {
    const theirs = name.split("_");
    if (theirs.length > mine.length)
      return mine.length > 1 && mine.every((word) => theirs.includes(word));
    const tail = mine.slice(-theirs.length).join("_");
    return tail === name && (theirs.join("").length >= least || mine.length === theirs.length);
  });
}

/** A table that points to the other (`signal_id`) belongs to it and is none beside it. */
const isLink = (mine: readonly string[], table: Table): boolean =>
  mine.some((name) =>
    namesOf(table).some(
      (owner) => name === `${owner}_id` || name === `${owner.split("_").at(-1)}_id`,
    ),
  );
