import { isTestPath } from "../codebase/judge-path.ts";
import { documentNames } from "../documents/name-document.ts";
import type { BuildSpec } from "../documents/schema-build-spec.ts";
import type { Design } from "../documents/schema-design.ts";
import type { ClaimRule, Ground, Judgement, PlanDocuments, Statement } from "./claim-rule.ts";
import { describeTests } from "./describe-tests.ts";
import { isFalse, isOpen, isTrue } from "./finding.ts";

/** How much a document says of its tests: scenarios, only that there are some, or nothing. */
type Extent = "scenarios" | "mentions" | "nothing";
type Said = Statement & { extent: Extent; paths: readonly string[] };

/** A plan says how its work is tested, where the repository has tests: each spec, or the design where there is none. */
export const testStrategyRule: ClaimRule<Said> = {
  kind: "test-strategy",
  find: (plan) => [...ofSpecs(plan), ...ofDesign(plan)],
  check: async ({ extent, paths }, ground) => await judge(extent, paths, ground),
};

const isDocument = (path: string): boolean =>
  /\.(?:mdx?|rst|txt|adoc)$|(?:^|\/)(?:LICENSE|CODEOWNERS)$/i.test(path);

/** A spec that touches documents only needs no test. */
const ofSpecs = ({ specs }: PlanDocuments): Said[] =>
  specs
    .filter(({ files }) => files.length === 0 || files.some(({ path }) => !isDocument(path)))
    .map((spec) => {
      const source = documentNames.spec(spec.id);
      const paths = spec.files.map(({ path }) => path);
      return {
        source,
        text: `${spec.id} says how it is tested`,
        extent: extentOfSpec(spec),
        paths,
      };
    });

function extentOfSpec({ tests, files, steps, acceptance }: BuildSpec): Extent {
  if (tests.length > 0) return "scenarios";
  const named =
    files.some(({ path }) => isTestPath(path)) ||
    steps.some((step) => speaks.test(`${step.title} ${step.details}`));
  const asked = acceptance.some(
    ({ kind, text }) => /^(?:unit|integration|e2e)$/.test(kind) && speaks.test(text),
  );
  return named || asked ? "mentions" : "nothing";
}

const speaks =
  /\b(?:unit|integration|e2e|regression|acceptance)[- ]tests?\b|\btest (?:cases?|files?|suites?|plan|strategy|scenarios?|specifications?)\b|\btests? (?:for|of|that|cover|assert|check|prove)\b|\b(?:add|write|extend|with) (?:\w+ ){0,2}tests?\b|\bfixtures?\b|\btested\b|\btests? (?:are|is|go|goes|live|stand|stay|will)\b/i;

function ofDesign({ design, specs }: PlanDocuments): Said[] {
  if (design === null || specs.length > 0) return [];
  const paths = design.components.flatMap((one) => one.paths);
  const extent: Extent = speaks.test(wordsOf(design)) ? "scenarios" : "nothing";
  return [
    { source: documentNames.design, text: "The design says how it is tested", extent, paths },
  ];
}

const wordsOf = ({ openQuestions: _asked, outOfScope: _out, ...rest }: Design): string =>
  JSON.stringify(rest);

async function judge(extent: Extent, paths: readonly string[], ground: Ground): Promise<Judgement> {
  const tests = await describeTests(paths, ground);
  if (tests === null)
    return extent === "scenarios" ? isTrue(null) : isOpen("there are no tests here to go by");
  const { note, evidence } = tests;
  if (extent === "scenarios") return isTrue(evidence);
  if (extent === "mentions") return isOpen(`tests are named, but no scenario; ${note}`, evidence);
  return isFalse(`it says nothing of tests; ${note}`, evidence);
}
