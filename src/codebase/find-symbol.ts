import type { Snapshot } from "../workspace/port.ts";
import { isTestPath, isWorthReading } from "./judge-path.ts";

export type SymbolPlace = { path: string; line: number; text: string };

const maxHits = 400;
const keywords =
  "abstract class|class|interface|type|enum|struct|trait|union|record|object|protocol|extension|module|namespace|package|function\\*?|func|fn|def|fun|sub|proc|const|let|var|val|static|macro_rules!|#define|typedef|(?:create|CREATE)\\s+(?:(?:or\\s+replace|OR\\s+REPLACE)\\s+)?(?:table|TABLE|view|VIEW|function|FUNCTION|type|TYPE)(?:\\s+(?:if\\s+not\\s+exists|IF\\s+NOT\\s+EXISTS))?";
const modifiers =
  "(?:(?:export|default|declare|pub(?:\\([a-z]+\\))?|public|private|protected|internal|static|async|abstract|final|override|readonly|virtual|open|sealed|data|inline|unsafe|extern|get|set)\\s+)*";

/**
 * Finds where a name is declared, by the look of the line in the common languages; null when no line
 * looks like it. `a.b` is looked for as `b`, first in the file that declares `a`. Files of the product before tests, in the order of paths.
 */
export async function findSymbol(
  snapshot: Pick<Snapshot, "grep">,
  name: string,
): Promise<SymbolPlace | null> {
  const parts = name
    .replace(/\(.*$/s, "")
    .split(/\.|::|#|->/)
    .filter((part) => part !== "");
  const last = parts.at(-1);
  if (last === undefined || !parts.every((part) => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(part)))
    return null;
  const places = await findDeclarations(snapshot, last);
  if (parts.length === 1) return places[0] ?? null;
  const owners = await findDeclarations(snapshot, parts.at(-2) ?? "");
  return places.find((place) => owners.some((owner) => owner.path === place.path)) ?? null;
}

async function findDeclarations(
  snapshot: Pick<Snapshot, "grep">,
  name: string,
): Promise<SymbolPlace[]> {
  const literal = name.replace(/[$]/g, "\\$&");
  const hits = await snapshot.grep(`(^|[^A-Za-z0-9_$])${literal}([^A-Za-z0-9_$]|$)`, [], maxHits);
  const order = declarationPatterns(name);
  return hits
    .filter(
      (hit) => isWorthReading(hit.path) && !/\.(?:md|txt|rst|json|ya?ml|toml)$/i.test(hit.path),
    )
    .map((hit) => ({ hit, rank: order.findIndex((pattern) => pattern.test(hit.text)) }))
    .filter(({ rank }) => rank >= 0)
    .sort((left, right) => weigh(left) - weigh(right) || compare(left.hit, right.hit))
    .map(({ hit }) => ({ path: hit.path, line: hit.line, text: hit.text.trim() }));
}

const weigh = ({ hit, rank }: { hit: SymbolPlace; rank: number }): number =>
  rank + (isTestPath(hit.path) ? 10 : 0);

const compare = (left: SymbolPlace, right: SymbolPlace): number =>
  left.path === right.path ? left.line - right.line : left.path < right.path ? -1 : 1;

/** What a declaration looks like, the surest first: keyword and name; a method; an assignment or field at the start of a line. */
function declarationPatterns(name: string): RegExp[] {
  const word = `${name.replace(/[$]/g, "\\$&")}(?![\\p{L}\\p{N}_$])`;
  return [
    new RegExp(
      `^\\s*(?:<[^>]*>\\s*)?${modifiers}(?:${keywords})\\s+(?:\\([^)]*\\)\\s*)?["\`]?(?:\\w+\\.)?${word}`,
      "u",
    ),
    new RegExp(
      `^\\s*${modifiers}(?:async\\s+)?\\*?#?${word}\\s*(?:<[^>]*>)?\\([^;]*\\)\\s*(?::[^;]*)?\\{?\\s*$`,
      "u",
    ),
    new RegExp(`^\\s*${modifiers}[\\w<>\\[\\],.?*&:]+\\s+[*&]?${word}\\s*\\([^;]*\\{?\\s*$`, "u"),
    new RegExp(`^(?:export\\s+)?${word}\\s*(?::[^=]+)?=(?!=)`, "u"),
    new RegExp(`^\\s+${modifiers}["\`]?${word}["\`]?\\??\\s*(?::|\\s[A-Z]{3,})`, "u"),
  ];
}
