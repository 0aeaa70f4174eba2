import type { Setting } from "../codebase/found.ts";
import { evidenceAt, placeOf } from "./at-place.ts";
import { nearest } from "./check-environment.ts";
import type { ClaimRule, Ground, Judgement, PlanDocuments, Statement } from "./claim-rule.ts";
import { isFalse, isOpen, isTrue, softenUnless } from "./finding.ts";
import { classifySpan } from "./read-statements/classify-span.ts";
import { isSaid } from "./read-statements/is-said.ts";
import { toneOf, wordsAfter, wordsBefore } from "./read-statements/judge-tone.ts";
import { listIntroduced } from "./read-statements/list-introduced.ts";
import { readPlanProse, type SaidSentence } from "./read-statements/list-texts.ts";
import { searchWord } from "./search-word.ts";

/** `file` is the one that the sentence names beside the key, or null. */
type Said = Statement & { isSure: boolean; name: string; file: string | null };

/** "The configuration key `server.port`", "`strict` in `tsconfig.json`": a file, a schema or the code knows it. */
export const configKeyRule: ClaimRule<Said> = {
  kind: "config-key",
  find: (plan) => {
    const coming = keysToCome(plan);
    return readPlanProse(plan).sentences.flatMap((sentence) =>
      sentence.spans.flatMap((span, index): Said[] => {
        const name = readKey(span, sentence, index);
        if (name === null || coming.has(name) || !isSaid(sentence, index)) return [];
        const file = fileBeside(sentence, index);
        const where = file === null ? "is there" : `is in \`${file}\``;
        const text = `The configuration key \`${name}\` ${where}`;
        return [
          {
            source: sentence.source,
            isSure: toneOf(sentence, index) === "present",
            text,
            name,
            file,
          },
        ];
      }),
    );
  },
  check: async ({ name, file, isSure }, ground) =>
    softenUnless(isSure, await judge(name, file, ground)),
};

const key = /^(?:\[[\w."-]+\]\s*)?["']?[@\w$][\w$@/-]*(?:[.:][\w$@/-]+)*["']?$/;
const said =
  /(?:\bconfig(?:uration)?[- ](?:key|option|setting|property|field|entry)s?|\bsettings?|\b(?:key|property|field|entry)|\bconfigured (?:by|with|through|in))\s*(?:named |called )?$/i;
const saidAfter =
  /^\s*(?:config(?:uration)?[- ])?(?:config(?:uration)?(?: key| option)|setting|key|property|entry)\b/i;
const configFile = /\.(?:ya?ml|json[c5]?|toml|ini|cfg|conf|properties)$|(?:^|\/)\.[\w-]+rc$/i;
const environment = /\benv(?:ironment)?\b/i;

function readKey(span: string, sentence: SaidSentence, index: number): string | null {
  const before = wordsBefore(sentence, index);
  const after = wordsAfter(sentence, index);
  if (!key.test(span)) return null;
  if (environment.test(before.slice(-40)) || environment.test(after.slice(0, 25))) return null;
  const beside = said.test(before) || saidAfter.test(after);
  if (!beside) return null;
  // A key of anything else but configuration (an object, a cache, a table) needs its file beside it.
  const plain = /\b(?:key|property|field|entry)\s*(?:named |called )?$/i.test(before);
  if (configFile.test(span) && !/\b(?:key|setting)\s*$/i.test(before)) return null;
  const loose = plain || /^\s*(?:key|property|entry)\b/i.test(after);
  const clear = /config|setting/i.test(`${before.slice(-40)} ${after.slice(0, 30)}`);
  if (loose && !clear && fileBeside(sentence, index) === null) return null;
  return span.replace(/^\[([\w."-]+)\]\s*/, "$1.").replace(/["']/g, "");
}

/** The file of configuration that the sentence names: the nearest after the key, else before it. */
function fileBeside(sentence: SaidSentence, index: number): string | null {
  const paths = sentence.spans.map((span) => {
    const read = classifySpan(span);
    return read.kind === "path" && configFile.test(read.path) ? read.path : null;
  });
  const after = paths.slice(index + 1).find((path) => path !== null);
  return after ?? paths.slice(0, index).findLast((path) => path !== null) ?? null;
}

function keysToCome(plan: PlanDocuments): ReadonlySet<string> {
  const names = new Set(listIntroduced(plan).names);
  for (const sentence of readPlanProse(plan).sentences)
    sentence.spans.forEach((span, index) => {
      const name = readKey(span, sentence, index);
      if (name !== null && toneOf(sentence, index) === "future") names.add(name);
    });
  return names;
}

const matches = (setting: Setting, name: string): boolean =>
  setting.name === name || setting.name.endsWith(`.${name}`);

async function judge(name: string, file: string | null, ground: Ground): Promise<Judgement> {
  const keys = (await ground.settings()).filter(({ kind }) => kind === "configuration");
  const found = keys.filter((setting) => matches(setting, name));
  const inFile = file === null ? [] : keys.filter(({ path }) => isAt(path, file));
  const there = found.find((setting) => file === null || isAt(setting.path, file));
  if (there !== undefined) return isTrue(evidenceAt(there));
  const [other] = found;
  if (file !== null && inFile.length > 0) {
    const instead =
      other === undefined ? nearest(name, inFile) : `; it stands at ${placeOf(other)}`;
    return isFalse(
      `\`${file}\` has no key \`${name}\`${instead}`,
      other ? evidenceAt(other) : null,
    );
  }
  if (other !== undefined)
    return isOpen(
      `\`${file}\` could not be read; it stands at ${placeOf(other)}`,
      evidenceAt(other),
    );
  return await judgeUnknown(name, keys, ground);
}

const isAt = (path: string, file: string): boolean => path === file || path.endsWith(`/${file}`);

/** No file has it: the code may still know it, for instance as a field of a type. */
async function judgeUnknown(
  name: string,
  keys: readonly Setting[],
  ground: Ground,
): Promise<Judgement> {
  for (const part of name.split(/[.:]/)) {
    const place = await searchWord(ground.codebase, part);
    if (place === null) return isFalse(`nothing knows the key \`${name}\`${nearest(name, keys)}`);
    if (part === name)
      return isOpen(
        `no file of configuration has it; ${placeOf(place)} names it`,
        evidenceAt(place),
      );
  }
  const last = name.split(/[.:]/).at(-1) ?? name;
  const elsewhere = keys.find((setting) => matches(setting, last));
  if (elsewhere === undefined)
    return isOpen("no file of configuration has it; its parts stand in the code");
  return isFalse(
    `there is no \`${name}\`; \`${elsewhere.name}\` is at ${placeOf(elsewhere)}`,
    evidenceAt(elsewhere),
  );
}
