import type { PlanDocuments } from "../claim-rule.ts";
import { classifySpan } from "./classify-span.ts";
import { toneOf } from "./judge-tone.ts";
import { readPlanProse, type SaidFence } from "./list-texts.ts";

/** What exists only once a plan has been built. */
export type Introduced = {
  /** Files to create, and targets of moves. */
  paths: ReadonlySet<string>;
  /** Names that the plan declares or says are to come. */
  names: ReadonlySet<string>;
  /** Code that the plan brings: a name in it may be one of its own. */
  code: string;
};

const known = new WeakMap<PlanDocuments, Introduced>();

export function listIntroduced(plan: PlanDocuments): Introduced {
  const before = known.get(plan);
  if (before !== undefined) return before;
  const { fences, sentences } = readPlanProse(plan);
  const structured = codeOf(plan);
  const code = [
    ...structured,
    ...fences.filter((fence) => !isOfToday(fence)).map((one) => one.text),
  ].join("\n");
  const names = new Set(namesDeclaredIn(code));
  const paths = new Set(pathsToCome(plan));
  for (const one of plan.design?.interfaces ?? []) names.add(lastPart(one.name));
  for (const sentence of sentences) {
    sentence.spans.forEach((content, index) => {
      if (toneOf(sentence, index) !== "future") return;
      const span = classifySpan(content);
      if (span.kind === "symbol") names.add(span.name);
      if (span.kind === "path") paths.add(span.path.replace(/\/$/, ""));
      if (span.kind === "signature") for (const name of namesDeclaredIn(span.text)) names.add(name);
    });
  }
  const found = { paths, names, code };
  known.set(plan, found);
  return found;
}

/** Paths that exist only once the specs have been built. */
export const pathsToCome = ({ specs }: Pick<PlanDocuments, "specs">): string[] =>
  specs.flatMap((spec) =>
    spec.files.flatMap(({ path, action, to }) =>
      action === "create" ? [path] : to === null ? [] : [to],
    ),
  );

const ofToday =
  /\b(?:existing|current(?:ly)?|present(?:ly)?|today|as it stands|already|now reads|reads|says|looks like(?: this)?|follows? this|found in|taken from|excerpt|correct)\b/i;
const toCome = /\b(?:new|add|create|introduce|becomes?|after|proposed?|will|should|wrong)\b/i;

/** Whether a fence shows what is there, by its info string or by the words over it. */
export function isOfToday(fence: SaidFence): boolean {
  if (/(?:^|[\s=])[\w./-]+\.\w+(?::\d+|#L\d+)/.test(fence.meta)) return true;
  const words = fence.lead === null ? fence.heading : fence.lead.words;
  return ofToday.test(words) && !toCome.test(words);
}

const declaration =
  /\b(?:class|interface|type|enum|struct|trait|function\*?|fn|func|def|fun|const|let|var|module|namespace)\s+(?:\([^)]*\)\s*)?(?:\w+\.)?([\p{L}_$][\p{L}\p{N}_$]*)/gu;
const member =
  /^\s+(?:(?:public|private|protected|static|async|readonly|get|set)\s+)*([\p{L}_$][\p{L}\p{N}_$]*)\s*[?]?(?:\([^;]*\)\s*(?::[^;{]*)?\{|:\s*\S+;?$)/gmu;

export const namesDeclaredIn = (code: string): string[] => [
  ...[...code.matchAll(declaration)].map((match) => match[1] ?? ""),
  ...[...code.matchAll(member)].map((match) => match[1] ?? ""),
];

const codeOf = ({ design, specs }: PlanDocuments): string[] => [
  ...(design?.interfaces ?? []).map((one) => one.signature),
  ...specs.flatMap((spec) =>
    spec.files.flatMap((file) =>
      file.edits.map(({ before, after }) => withoutLines(after, before)),
    ),
  ),
];

/** What an edit leaves as it is, it does not bring. */
function withoutLines(after: string, before: string): string {
  const kept = new Set(before.split("\n").map((line) => line.trim()));
  return after
    .split("\n")
    .filter((line) => !kept.has(line.trim()))
    .join("\n");
}

const lastPart = (name: string): string =>
  name
    .replace(/\(.*$/s, "")
    .split(/\.|::|#/)
    .at(-1) ?? name;
