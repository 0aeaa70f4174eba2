import { nameTest } from "../codebase/conventions/name-test.ts";
import { isTestPath } from "../codebase/judge-path.ts";
import { documentNames } from "../documents/name-document.ts";
import type { ClaimRule, Ground, Judgement, PlanDocuments, Statement } from "./claim-rule.ts";
import { firstLine, isFalse, isOpen, isTrue } from "./finding.ts";
import {
  exceptionOf,
  fitsElsewhere,
  fitsLayout,
  type Layout,
  layoutsElsewhere,
  layoutsFor,
  ofTests,
  pathBy,
} from "./fit-test-path.ts";
import { classifySpan } from "./read-statements/classify-span.ts";
import { toneOf, wordsBefore } from "./read-statements/judge-tone.ts";
import { readPlanProse, type SaidSentence } from "./read-statements/list-texts.ts";
import { wordsOf } from "./twins/name-words.ts";

type Said = Statement & { path: string };

/** A test that the plan would write lies where this repository puts such tests, and is named as they are. */
export const testPathRule: ClaimRule<Said> = {
  kind: "test-path",
  find: (plan) =>
    listTestPaths(plan).map(({ source, path }) => ({
      source,
      text: `Tests like \`${path}\` stand there`,
      path,
    })),
  check: async ({ path }, ground) => await judge(path, ground),
};

const isCode = (path: string): boolean =>
  /\.(?:[cm]?[jt]sx?|vue|svelte|py|go|rs|java|kts?|scala|rb|php|cs|cpp|cc|cxx|c|exs?|swift|dart)$/.test(
    path,
  );
const support =
  /(?:^|\/)(?:fixtures?|__fixtures__|support|helpers?|mocks?|__mocks__|data|snapshots?|__snapshots__|testdata|stubs?)\/|(?:^|\/)(?:conftest|__init__|setup|helpers?|utils?|mod|index|globals?)\.\w+$|[_.-](?:helpers?|utils?|config|setup|fixtures?)\.\w+$|\.d\.ts$/i;
const said = /\b(?:tests?|specs?)\b/i;

function listTestPaths(plan: PlanDocuments): { source: string; path: string }[] {
  const created = plan.specs.flatMap((spec) =>
    spec.files.flatMap(({ path, action, to, purpose }) => {
      const target = action === "create" ? path : action === "move" ? to : null;
      const source = documentNames.spec(spec.id);
      if (target === null) return [];
      return isTestPath(target) || isNamedTest(purpose) ? [{ source, path: target }] : [];
    }),
  );
  const told = readPlanProse(plan).sentences.flatMap((sentence) =>
    sentence.spans.flatMap((content, index) => {
      const span = classifySpan(content);
      if (span.kind !== "path" || span.line !== null || !said.test(sentence.words)) return [];
      const isTest = isTestPath(span.path) || holdsTests(sentence, index);
      if (!isTest || !isToCome(sentence, index)) return [];
      return [{ source: sentence.source, path: span.path }];
    }),
  );
  const all = [...created, ...told].filter(
    ({ path }) => isCode(path) && (nameTest(path) !== null || !support.test(path)),
  );
  return all.filter((one, index) => all.findIndex(({ path }) => path === one.path) === index);
}

/** "the new test file `x`", "Tests are added in `x`": the words say that it holds tests, whatever its path. */
const holdsTests = (sentence: SaidSentence, index: number): boolean =>
  /\btests?(?: (?:files?|module|suite|class))?\s*$|\btests? (?:are|is|will be|go|goes|live|lives|stand|stands)\b[^⟦]{0,30}\b(?:in|into|to|at|under)\s*$/i.test(
    wordsBefore(sentence, index),
  );

/** "Tests are added in `tests/test_x.py`": to come, though the words before the path speak of a place. */
const isToCome = (sentence: SaidSentence, index: number): boolean =>
  toneOf(sentence, index) === "future" ||
  /\b(?:add|new|creat|writ|cover|put|go|goes|live|introduc)\w*\b[^⟦]*$/i.test(
    wordsBefore(sentence, index),
  );

/** "unit tests of the collector": the purpose says that the file is a test, whatever its path. */
const isNamedTest = (purpose: string): boolean =>
  /^(?:the |new |unit |integration |e2e |regression )*(?:tests?|specs?)\b(?! (?:helper|fixture|support|util|data))/i.test(
    purpose,
  );

async function judge(path: string, ground: Ground): Promise<Judgement> {
  const { codebase } = ground;
  const there = codebase.file(path);
  if (there !== null) return isTrue(firstLine(path, await codebase.text(path)), "there already");
  const layout = ground.testLayout();
  if (layout.none) return isOpen("there are no tests here to go by");
  const own = ofTests(layoutsFor(path, layout), codebase);
  const layouts = own.length > 0 ? own : ofTests(layoutsElsewhere(path, layout), codebase);
  const [main] = layouts;
  if (main === undefined) return isOpen("there are no tests of this language here to go by");
  const example = main.examples[0] ?? "";
  const at = firstLine(example, await codebase.text(example));
  const fits = own.length > 0 ? fitsLayout : fitsElsewhere;
  if (fits(path, layouts, codebase)) return isTrue(at);
  if (isTestPath(path) && isSupport(path))
    return isOpen("by its name it is no test, but may support tests", at);
  const alike = exceptionOf(path, codebase);
  if (alike !== undefined)
    return isOpen(`few tests here are named so, as \`${alike.path}\` is`, at);
  return isFalse(describe(path, main, ground), at);
}

/** A file among tests without a word for a test at either end of its name: `MysqlTestApplication.java`. */
const isSupport = (path: string): boolean => {
  const words = wordsOf((path.split("/").at(-1) ?? "").replace(/\.\w+$/, ""));
  return ![words[0], words.at(-1)].some((word) => /^(?:tests?|specs?|e2e)$/.test(word ?? ""));
};

function describe(path: string, main: Layout, ground: Ground): string {
  const where = {
    beside: "beside the code",
    "sibling-folder": `in a folder \`${main.place}\` beside the code`,
    "separate-tree": `below \`${main.place === "" ? "." : main.place}\``,
  }[main.placement];
  const should = pathBy(main, path, ground.codebase);
  return `tests stand ${where}, named \`${main.naming}\` (${main.files}, for example \`${main.examples[0]}\`): \`${should}\``;
}
