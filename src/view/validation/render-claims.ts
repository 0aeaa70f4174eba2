import type { Claim, ValidationReport } from "../../documents/schema-validation-report.ts";
import { escapeCell } from "../escape-cell.ts";
import type { ShowPlace } from "./show-place.ts";

const marks: Record<Claim["verdict"], string> = { true: "✓", false: "✗", unproven: "~" };

/** Claims that a reader must see: what was put right, what is false and what is unproven. What is true is counted. */
export function renderClaims(
  { claims, mended }: Pick<ValidationReport, "claims" | "mended">,
  show: ShowPlace,
): string {
  const open = claims.filter(({ verdict }) => verdict !== "true");
  const rows = [
    ...mended.map(({ text, note }) => [
      "✗→✓",
      text,
      "",
      [note, "put right"].filter(Boolean).join("; "),
    ]),
    ...open
      .toSorted((left, right) => weigh(left) - weigh(right))
      .map((claim) => [
        marks[claim.verdict],
        claim.text,
        claim.evidence ? show(claim.evidence) : "",
        claim.note,
      ]),
  ];
  if (rows.length === 0) return "";
  const lines = rows.map((cells) => `| ${cells.map(escapeCell).join(" | ")} |`);
  return ["| | claim | checked against | |", "|---|---|---|---|", ...lines].join("\n");
}

const weigh = ({ verdict }: Claim): number => (verdict === "false" ? 0 : 1);

/** `43 claims: ✓ 41 checked, ✗ 0 refuted, ~ 2 unproven`. */
export function countClaims(claims: readonly Claim[]): string {
  const count = (verdict: Claim["verdict"]): number =>
    claims.filter((claim) => claim.verdict === verdict).length;
  return `${claims.length} claims: ✓ ${count("true")} checked, ✗ ${count("false")} refuted, ~ ${count("unproven")} unproven`;
}
