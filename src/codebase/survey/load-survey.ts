import { createHash } from "node:crypto";
import type { Cache } from "../../workspace/port.ts";
import type { Codebase } from "../codebase.ts";
import type { Survey } from "./survey.ts";
import { surveyArchitecture } from "./survey-architecture.ts";

/** Counts up whenever a survey of the same commit would come out otherwise. */
const version = 3;
const prefix = "survey-";
/** Surveys that are kept: of a branch's last commits, and of those beside it. */
const mostKept = 20;

const nameOf = (commit: string): string => `${prefix}${version}-${commit}.json`;
const sign = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * The survey of a codebase: made once for a commit and then read from the cache. What is broken or by another version in the cache is
 * made anew; a cache that cannot be written costs time and nothing else.
 */
export async function loadSurvey(codebase: Codebase, cache: Cache): Promise<Survey> {
  const name = nameOf(codebase.commit);
  const kept = readKept(await cache.read(name), codebase);
  if (kept !== null) return kept;
  const survey = await surveyArchitecture(codebase);
  const text = JSON.stringify(survey);
  await cache.write(name, new TextEncoder().encode(`${signFor(codebase, text)}\n${text}`));
  await removeOld(cache, name);
  return survey;
}

/** A clone that was deepened knows more of the past than when the survey was made. */
const signFor = ({ history }: Codebase, text: string): string =>
  sign(`${history.commits.length} ${history.shallow}\n${text}`);

function readKept(bytes: Uint8Array | null, codebase: Codebase): Survey | null {
  if (bytes === null) return null;
  const content = new TextDecoder().decode(bytes);
  const end = content.indexOf("\n");
  const text = content.slice(end + 1);
  if (end < 0 || content.slice(0, end) !== signFor(codebase, text)) return null;
  // Its sign says that it is what was written, by this version.
  return JSON.parse(text) as Survey;
}

async function removeOld(cache: Cache, own: string): Promise<void> {
  const names = (await cache.list()).filter((name) => name.startsWith(prefix) && name !== own);
  const others = names.filter((name) => !name.startsWith(`${prefix}${version}-`));
  const same = names.filter((name) => name.startsWith(`${prefix}${version}-`));
  for (const name of [...others, ...same.slice(mostKept - 1)]) await cache.remove(name);
}
