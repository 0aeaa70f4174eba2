import type { Judged, Outcome } from "./judge-case.ts";

export type Row = {
  kind: string;
  true: number;
  false: number;
  /** Of the false ones, those called false. */
  caught: number;
  /** True ones called false, of their own kind or of another. */
  calledFalse: number;
  /** Unproven or unnoticed, of both. */
  unproven: number;
  precision: number | null;
  recall: number | null;
  share: number;
  missed: readonly string[];
};

export const aims = { recall: 0.95, calledFalse: 0, share: 0.1 };

/** A row for each kind, and what it misses of the aims. */
export function scoreCases(judged: readonly Judged[]): Row[] {
  const kinds = [...new Set(judged.map(({ one }) => one.kind))];
  return kinds.map((kind) =>
    scoreKind(
      kind,
      judged.filter(({ one }) => one.kind === kind),
    ),
  );
}

function scoreKind(kind: string, judged: readonly Judged[]): Row {
  const count = (isTrue: boolean, ...outcomes: Outcome[]): number =>
    judged.filter(({ one, outcome }) => one.isTrue === isTrue && outcomes.includes(outcome)).length;
  const all = {
    true: judged.filter(({ one }) => one.isTrue).length,
    false: judged.filter(({ one }) => !one.isTrue).length,
  };
  const caught = count(false, "false");
  const calledFalse = count(true, "false", "blamed");
  const unproven = count(true, "unproven", "unnoticed") + count(false, "unproven", "unnoticed");
  const said = caught + calledFalse;
  const precision = said === 0 ? null : caught / said;
  const recall = all.false === 0 ? null : caught / all.false;
  const share = judged.length === 0 ? 0 : unproven / judged.length;
  const missed = [
    ...(recall !== null && recall < aims.recall ? ["recall"] : []),
    ...(calledFalse > aims.calledFalse ? ["true ones called false"] : []),
    ...(share >= aims.share ? ["unproven"] : []),
  ];
  return { kind, ...all, caught, calledFalse, unproven, precision, recall, share, missed };
}

const percent = (value: number | null): string =>
  value === null ? "–" : `${(value * 100).toFixed(1)} %`;

export function renderRows(rows: readonly Row[]): string {
  const head =
    "| kind | true | false | caught | recall | true called false | precision | unproven | misses |\n|---|---|---|---|---|---|---|---|---|";
  const lines = rows.map((row) => {
    const cells = [
      row.kind,
      row.true,
      row.false,
      row.caught,
      percent(row.recall),
      row.calledFalse,
      percent(row.precision),
      percent(row.share),
      row.missed.join(", "),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [head, ...lines].join("\n");
}
