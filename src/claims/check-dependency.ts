import { documentNames } from "../documents/name-document.ts";
import type { OpenRule } from "./bind-rule.ts";
import type { PlanDocuments, Statement } from "./claim-rule.ts";
import { judgeDependency } from "./judge-dependency.ts";
import { classifySpan } from "./read-statements/classify-span.ts";
import { type Tone, toneOf, wordsAfter, wordsBefore } from "./read-statements/judge-tone.ts";
import { readPlanProse, type SaidSentence } from "./read-statements/list-texts.ts";
import { span } from "./write-text.ts";

export type DependencyStatement = Statement & {
  name: string;
  /** "" where no version is said. */
  range: string;
  tone: Tone;
  /** Whether it is one of a spec's list, which may name what it adds. */
  isListed: boolean;
};

/** Dependencies that a spec lists, and those that prose names with a version or calls so. */
export const dependencyRule: OpenRule<DependencyStatement> = {
  kind: "dependency",
  find: (plan) => [...listed(plan), ...said(plan)],
  check: async (statement, { codebase }, plan) => judgeDependency(statement, codebase, plan),
};

const adding = /\b(?:new|add(?:s|ed)?|introduc\w+|not yet|install)\b/i;

const listed = ({ specs }: PlanDocuments): DependencyStatement[] =>
  specs.flatMap((spec) =>
    spec.dependencies.map(({ name, version, reason }) => {
      const range = /\d|^\*$|^latest$/.test(version) ? version.trim() : "";
      const tone = adding.test(reason) || adding.test(version) ? "future" : "present";
      return state(documentNames.spec(spec.id), { name, range, tone, isListed: true });
    }),
  );

function state(
  source: string,
  { name, range, tone, isListed }: Omit<DependencyStatement, keyof Statement>,
): DependencyStatement {
  const text = `${span(range === "" ? name : `${name} ${range}`)} is a dependency`;
  return { source, text, name, range, tone, isListed };
}

const said = (plan: PlanDocuments): DependencyStatement[] =>
  readPlanProse(plan).sentences.flatMap((sentence) =>
    sentence.spans.flatMap((content, index) => {
      const found = readSaid(sentence, content, index);
      const tone = toneOf(sentence, index);
      return found === null ? [] : [state(sentence.source, { ...found, tone, isListed: false })];
    }),
  );

const packageName = /^(?:@[a-z0-9][\w.-]*\/)?[A-Za-z0-9][\w.-]*(?:\/[\w.~-]+)*$/;
const calledBefore =
  /\b(?:dependency|package|library|crate|gem|module|depends? on|relies on)(?: on)?(?: the)?(?: (?:package|library|crate|gem))?\s*$/i;
const calledAfter =
  /^\s*(?:is|are)?\s*(?:already\s+)?(?:an?\s+|the\s+)?(?:(?:npm|dev|development|runtime|direct|existing|declared|Python|Go|Rust|peer)\s+)*(?:dependency|dependencies|package|library|crate|gem)\b|^\s*is (?:already )?(?:installed|in ⟦\d+⟧|declared in ⟦\d+⟧)/i;
const version =
  /^\s*\(?(?:version |v|at )?((?:[\^~]|[<>]=?|==?)?\s*\d+(?:\.[\dx*]+)+[\w.+-]*|[\^~]\d+)(?=[\s,.;:)]|$)/i;

function readSaid(
  sentence: SaidSentence,
  content: string,
  index: number,
): { name: string; range: string } | null {
  const found = classifySpan(content);
  if (found.kind === "dependency") return { name: found.name, range: found.range };
  const after = wordsAfter(sentence, index);
  const number = version.exec(after)?.[1] ?? versionSpan(sentence, index);
  const isManifest = /^\s*is (?:already )?(?:in|declared)/.test(after);
  if (isManifest && !isOfManifest(sentence, after)) return null;
  const isCalled = calledBefore.test(wordsBefore(sentence, index)) || calledAfter.test(after);
  if (!packageName.test(content) || (number === null && !isCalled)) return null;
  // A folder may be called a package, and so may a module.
  if (
    number === null &&
    !hosted.test(content) &&
    (found.kind === "path" || /\bmodule\s*$/i.test(wordsBefore(sentence, index)))
  )
    return null;
  return { name: content, range: number ?? "" };
}

/** Go's modules begin with the name of a host. */
const hosted = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\/[\w.~/-]+$/;

const isOfManifest = (sentence: SaidSentence, after: string): boolean =>
  /(?:package\.json|pyproject\.toml|requirements[\w-]*\.txt|go\.mod|Cargo\.toml|Gemfile|composer\.json|pom\.xml)$/.test(
    sentence.spans[Number(/⟦(\d+)⟧/.exec(after)?.[1] ?? -1)] ?? "",
  );

/** "`yaml` at `^2.1`", "`yaml` `2.9.1`". */
function versionSpan(sentence: SaidSentence, index: number): string | null {
  const next = /^\s*(?:at |version |in version |@\s*)?⟦(\d+)⟧/.exec(
    wordsAfter(sentence, index),
  )?.[1];
  const content = next === undefined ? "" : (sentence.spans[Number(next)] ?? "");
  return /^(?:[\^~v]|[<>=]=?)?\s*\d+(?:\.[\dx*]+)*[\w.+-]*$/.test(content) ? content : null;
}
