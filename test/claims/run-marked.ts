import { readFileSync } from "node:fs";
import { checkPlanClaims } from "../../src/claims/check-plan-claims.ts";
import type { Ground, PlanDocuments } from "../../src/claims/claim-rule.ts";
import type { Finding } from "../../src/claims/finding.ts";
import { openGround } from "../../src/claims/open-ground.ts";
import type { Codebase } from "../../src/codebase/codebase.ts";
import { loadCodebase } from "../../src/codebase/load-codebase.ts";
import { parseBuildSpec } from "../../src/documents/parse-build-spec.ts";
import { parseDesign } from "../../src/documents/parse-design.ts";
import type { Design } from "../../src/documents/schema-design.ts";
import { consumptionDesign } from "../phases/signal-plan.ts";
import { emptySpec, openStage } from "../phases/stage.ts";

export const openShop = async (
  files: Readonly<Record<string, string>>,
): Promise<{ codebase: Codebase; ground: Ground; close: () => void }> => {
  const stage = await openStage(files);
  const codebase = await loadCodebase(stage.workspace.snapshot(stage.base), { workers: 0 });
  const commands = { compile: "npm run build", unit: "npm run test:unit", all: "npm test" };
  return { codebase, ground: openGround(codebase, commands), close: stage.close };
};

type Expected = { kind: string; verdict: string; words: string; line: number };

const mark = /<!--\s*expect\s+(\S+)\s+(true|false|unproven)(?::\s*(.*?))?\s*-->/g;

/**
 * A marked document is a BUILD spec, a design, or prose alone, with what is to be found in comments:
 * `<!-- expect <kind> <verdict>: words of the claim or its note -->`. Words may be parted by ` … `.
 */
export function readMarked(path: string): { plan: PlanDocuments; expected: Expected[] } {
  const source = readFileSync(path, "utf8");
  const expected = source.split("\n").flatMap((text, index) =>
    [...text.matchAll(mark)].map((match) => ({
      kind: match[1] ?? "",
      verdict: match[2] ?? "",
      words: match[3] ?? "",
      line: index + 1,
    })),
  );
  return {
    plan: readPlan(source.replace(/^[ \t]*(?:<!--\s*expect[^\n]*-->[ \t]*)+\n/gm, "")),
    expected,
  };
}

const emptyDesign: Design = {
  ...consumptionDesign,
  summary: "",
  components: [],
  interfaces: [],
  adrs: [],
  roadmap: [],
  checklist: [],
  risks: [],
  assumptions: [],
  outOfScope: [],
};

const parameters = "\n## Parameters\n\n- mode: standard\n- testing: unit\n";

function readPlan(source: string): PlanDocuments {
  const isSpec = /^# BUILD_\d+/m.test(source);
  if (isSpec) {
    const isWhole = source.includes("## Parameters");
    const parsed = parseBuildSpec(isWhole ? source : `${source}${parameters}`);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    return { design: null, specs: [parsed.value] };
  }
  if (/^<!-- kind: design -->/.test(source)) {
    const parsed = parseDesign(source);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    return { design: parsed.value, specs: [] };
  }
  return { design: { ...emptyDesign, summary: source }, specs: [{ ...emptySpec, objective: "" }] };
}

/** What differs between what a document expects and what was found; empty where all is as marked. `kinds` are the kinds that it is about. */
export async function compareMarked(
  path: string,
  ground: Ground,
  kinds: readonly string[],
): Promise<string[]> {
  const { plan, expected } = readMarked(path);
  const found = (await checkPlanClaims(plan, ground)).filter(({ kind }) => kinds.includes(kind));
  const left = new Set<Finding>(found);
  const missing = expected.flatMap((one) => {
    const match = [...left].find((finding) => fits(one, finding));
    if (match === undefined)
      return [`line ${one.line}: missing ${one.kind} ${one.verdict}: ${one.words}`];
    left.delete(match);
    return [];
  });
  const surplus = [...left].map(
    ({ kind, verdict, text, note }) => `unexpected ${kind} ${verdict}: ${text} (${note})`,
  );
  return [...missing, ...surplus];
}

function fits({ kind, verdict, words }: Expected, finding: Finding): boolean {
  if (kind !== finding.kind || verdict !== finding.verdict) return false;
  const place =
    finding.evidence === null ? "" : ` @${finding.evidence.path}:${finding.evidence.startLine}`;
  const said = `${finding.text} (${finding.note})${place}`;
  let at = 0;
  for (const part of words.split(" … ")) {
    const next = said.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return true;
}
