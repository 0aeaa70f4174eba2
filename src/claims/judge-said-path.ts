import type { Codebase } from "../codebase/codebase.ts";
import { isSourcePath, isWorthReading } from "../codebase/judge-path.ts";
import type { Judgement, PlanDocuments, Statement } from "./claim-rule.ts";
import { explainAbsence } from "./explain-absence.ts";
import { isSlip } from "./find-nearest.ts";
import { firstLine, isFalse, isOpen, isTrue } from "./finding.ts";
import { classifySpan } from "./read-statements/classify-span.ts";
import { type Tone, toneOf, wordsAfter, wordsBefore } from "./read-statements/judge-tone.ts";
import type { Introduced } from "./read-statements/list-introduced.ts";
import { readPlanProse } from "./read-statements/list-texts.ts";
import { span } from "./write-text.ts";

export type SaidPath = Statement & {
  path: string;
  line: number | null;
  endLine: number | null;
  tone: Tone;
  /** Whether the words call it a file or a folder. */
  isNamed: boolean;
  /** Whether there are specs, which list every file to come. */
  isListed: boolean;
};

const namedBefore = /\b(?:files?|module|script|folder|directory|package|path)\s*$/i;
const namedAfter = /^\s*(?:file|module|script|folder|directory|package)\b/i;

/** Code spans of a plan's prose that look like paths. */
export function listSaidPaths(plan: PlanDocuments): SaidPath[] {
  return readPlanProse(plan).sentences.flatMap((sentence) =>
    sentence.spans.flatMap((content, index) => {
      const found = classifySpan(content);
      if (found.kind !== "path") return [];
      const isNamed =
        namedBefore.test(wordsBefore(sentence, index)) ||
        namedAfter.test(wordsAfter(sentence, index));
      const tone = toneOf(sentence, index);
      const { path, line, endLine } = found;
      const text = `${span(content)} is there`;
      const isListed = plan.specs.length > 0;
      return [{ source: sentence.source, text, path, line, endLine, tone, isNamed, isListed }];
    }),
  );
}

/** What is in no repository although it is meant: made by a build, or kept out by an ignore rule. */
const unkept = /(?:^|\/)(?:\.env(?:\.\w+)?|\.DS_Store|tmp|temp|logs?)(?:\/|$)/;

export async function judgeSaidPath(
  said: SaidPath,
  codebase: Codebase,
  introduced: Introduced,
): Promise<Judgement | null> {
  const path = said.path.replace(/\/$/, "");
  if (codebase.file(path) !== null) return await judgeLine(said, path, codebase, "");
  if (codebase.hasFolder(path)) return isTrue(null);
  if (isToCome(path, introduced)) return null;
  const other = findMeant(path, codebase);
  if (other !== null) return await judgeLine(said, other, codebase, `it is ${span(other)}`);
  if (said.tone === "future" || said.tone === "absent" || isMember(path, codebase)) return null;
  return judgeAbsent(said, path, codebase);
}

/** `Context.cfg` looks like a file, and may be a field. */
function isMember(path: string, codebase: Codebase): boolean {
  const [, owner, name = ""] = /^(\w+)\.(\w+)$/.exec(path) ?? [];
  return codebase.symbolsNamed(name).some((symbol) => symbol.owner === owner);
}

const isToCome = (path: string, { paths }: Introduced): boolean =>
  [...paths].some(
    (one) =>
      one === path ||
      one.startsWith(`${path}/`) ||
      one.endsWith(`/${path}`) ||
      one.replace(/\.\w+$/, "") === path,
  );

async function judgeLine(
  said: SaidPath,
  path: string,
  codebase: Codebase,
  note: string,
): Promise<Judgement> {
  const text = await codebase.text(path);
  const last = Math.max(said.line ?? 0, said.endLine ?? 0);
  const lines = text?.replace(/\n$/, "").split("\n").length ?? 0;
  if (text !== null && last > lines) return isFalse(`the file has ${lines} lines`);
  return isTrue(firstLine(path, text), note);
}

/** A path that is cut short: its end, its name without an ending, or as an import spells it. */
export function findMeant(path: string, codebase: Codebase): string | null {
  const paths = codebase.files.map((file) => file.path);
  const ends = paths.filter((other) => other.endsWith(`/${path}`));
  if (ends[0] !== undefined) return ends[0];
  if (!path.includes("/")) return null;
  if (!/\.\w+$/.test(path)) return paths.find((other) => other.startsWith(`${path}.`)) ?? null;
  return null;
}

/** "Customers upload `orders.csv`": data alone is what a program meets, not what a repository has. */
const passing = /^[^/]+\.(?:csv|tsv|jsonl|ndjson|pdf|png|jpe?g|gif|svg|zip|tgz|gz|txt|xml|html)$/i;

function judgeAbsent(said: SaidPath, path: string, codebase: Codebase): Judgement | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const isFile = /\.\w+$/.test(name);
  const isBelow = path.includes("/") && codebase.hasFolder(path.split("/")[0] ?? "");
  if (!isFile && !isBelow && !said.isNamed) return null;
  if (passing.test(path) && !said.isNamed && !hasSlip(path, codebase)) return null;
  if (unkept.test(path) || isUnkept(path, codebase))
    return isOpen("what a build makes, or an ignore rule keeps out, is not in the repository");
  // Without a spec nothing lists what is to come: "create `a` in `b`" may mean two new things.
  if (said.tone === "maybe" && !said.isListed && !hasSlip(path, codebase))
    return isOpen(`${explainAbsence(path, codebase)}, unless it is to come`);
  const isSure =
    said.isNamed || (path.includes("/") && isFile && isPlaced(path, isBelow, codebase));
  if (isSure || hasSlip(path, codebase)) return isFalse(explainAbsence(path, codebase));
  return isOpen("there is no such path at the base");
}

/** Below a folder that a build makes, unless the repository keeps that very folder. */
function isUnkept(path: string, codebase: Codebase): boolean {
  if (isWorthReading(`${path}/`)) return false;
  const parts = path.split("/");
  const folders = parts.map((_part, index) => parts.slice(0, index + 1).join("/"));
  const made = folders.find((folder) => !isWorthReading(`${folder}/`)) ?? path;
  return !codebase.hasFolder(made);
}

const anywhere =
  /^(?:README|index|main|mod|__init__|package|CHANGELOG|LICENSE|Makefile|Dockerfile)(?:\.[a-z]\w*)*$/i;

/** Below a folder that is there, or of a name that another folder has: then it is a path of this repository. */
function isPlaced(path: string, isBelow: boolean, codebase: Codebase): boolean {
  if (isBelow || isSourcePath(path)) return true;
  const name = baseName(path);
  return !anywhere.test(name) && codebase.files.some((file) => baseName(file.path) === name);
}

const endingOf = (path: string): string => path.slice(path.lastIndexOf("."));
const stemOf = (path: string): string => baseName(path).replace(/\.\w+$/, "");

/** A letter or two off a file of the same kind. A name alone that begins with a dot is a setting, which need not be there. */
function hasSlip(path: string, codebase: Codebase): boolean {
  const isAlone = !path.includes("/");
  if (isAlone && path.startsWith(".")) return false;
  return codebase.files.some((file) =>
    isAlone
      ? endingOf(file.path) === endingOf(path) && isSlip(stemOf(path), stemOf(file.path))
      : isSlip(path, file.path),
  );
}

const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
