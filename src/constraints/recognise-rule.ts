import type { CheckableConstraint, Constraint, Rule, Scope } from "./constraint.ts";
import { findRawCalls } from "./raw-calls.ts";
import { namesOf, readSentences, type Sentence } from "./read-sentence.ts";

const N = "⟦\\d+⟧(?:(?:, (?:and |or )?| and | or |\\/)⟦\\d+⟧)*";
const where = `(?:,? (?<place>in|within|inside|under|below|outside(?: of)?|except(?: in| from| for| by)?|other than(?: in)?|but not in) (?:files (?:in|under) )?(?<scope>${N}))?`;
const imports = "(?:imports?|depends? on|reach(?:es)? into|pulls? in)(?: anything)?(?: from)?";
const calls = "(?:uses?|calls?|writes?|runs?|prefers?)";
const at = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll("<N>", N).replaceAll("<W>", where)}`);

type Groups = Record<string, string | undefined>;
type Pattern = { form: RegExp; make: (groups: Groups, sentence: Sentence) => Rule | null };

const scopeOf = (groups: Groups, sentence: Sentence): Scope => {
  const names = namesOf(groups.scope, sentence);
  return /^(?:outside|except|other|but)/.test(groups.place ?? "")
    ? { within: [], except: names }
    : { within: names, except: [] };
};
const everywhere: Scope = { within: [], except: [] };

/** `never import `requests``, `only `src/http/**` imports `axios``, ``src/a/**` never imports `src/b/**``. */
const importPatterns: readonly Pattern[] = [
  {
    form: at(
      `(?:never|nothing(?: else)?|no (?:file|module|code)) (?:may |ever )?${imports} (?<what><N>)<W>`,
    ),
    make: (groups, sentence) =>
      forbidImport(namesOf(groups.what, sentence), scopeOf(groups, sentence)),
  },
  {
    form: at(`only (?:files in |code in )?(?<who><N>) (?:may |can |ever )?${imports} (?<what><N>)`),
    make: (groups, sentence) =>
      forbidImport(namesOf(groups.what, sentence), {
        within: [],
        except: namesOf(groups.who, sentence),
      }),
  },
  {
    form: at(
      "(?<what><N>) (?:is|are|may be) (?:only )?imported (?:only )?(?:by|in|from|within) (?<who><N>)(?: only| alone)?",
    ),
    make: (groups, sentence) =>
      forbidImport(namesOf(groups.what, sentence), {
        within: [],
        except: namesOf(groups.who, sentence),
      }),
  },
  {
    form: at(`(?:import|depend on) (?<what><N>) only (?:in|from|by|within) (?<who><N>)`),
    make: (groups, sentence) =>
      forbidImport(namesOf(groups.what, sentence), {
        within: [],
        except: namesOf(groups.who, sentence),
      }),
  },
  {
    form: at(
      `(?:(?:files|code|modules|anything|everything|nothing) (?:in|under|below) )?(?<who><N>) (?:never|may never) ${imports} (?<what><N>)`,
    ),
    make: (groups, sentence) =>
      forbidImport(namesOf(groups.what, sentence), {
        within: namesOf(groups.who, sentence),
        except: [],
      }),
  },
  {
    form: at(
      `(?:nothing|no (?:file|code|module)) (?:in|under|below) (?<who><N>) (?:may |ever )?${imports} (?<what><N>)`,
    ),
    make: (groups, sentence) =>
      forbidImport(namesOf(groups.what, sentence), {
        within: namesOf(groups.who, sentence),
        except: [],
      }),
  },
];

const forbidImport = (targets: string[], scope: Scope): Rule => ({
  kind: "forbidden-import",
  targets,
  scope,
});

/** `use `write_delta()` instead of `open(``, `all writes go through `save_json()`, never raw file writes`, `never call `eval(``. */
const callPatterns: readonly Pattern[] = [
  {
    form: at(
      `(?:${calls} )?(?<good><N>)(?: (?:from|of|in) <N>)?(?: [^⟦]*?)?,?(?: ?[—–-])? ?(?:instead of|rather than|and never|but never|never|not)(?: ${calls}| with| by)? (?<bad><N>)<W>`,
    ),
    make: (groups, sentence) => forbidText(groups, sentence, namesOf(groups.good, sentence)),
  },
  {
    form: at(`never ${calls} (?<bad><N>)<W>[,:—– -]*(?:but )?(?:instead,? )?${calls} (?<good><N>)`),
    make: (groups, sentence) => forbidText(groups, sentence, namesOf(groups.good, sentence)),
  },
  {
    form: at(
      "(?:all|every|each|any) (?<noun>[^⟦]*?) (?:goes?|go|happens?|runs?|passe?s?|is (?:done|made)|are (?:done|made)) (?:only )?(?:through|via|over|by|with) (?<good><N>)(?:[^⟦]*?never (?:by |with |through )?(?<raw>[^⟦,.]+))?",
    ),
    make: (groups, sentence) => {
      const of = findRawCalls(groups.raw ?? "") ?? findRawCalls(groups.noun ?? "");
      const instead = namesOf(groups.good, sentence);
      return of === null ? null : { kind: "raw-calls", of, instead, scope: everywhere };
    },
  },
  {
    form: at(
      `(?:never|no) (?:(?:${calls}|have|leave|commit|add|new) )?(?:calls? (?:to|of) |direct |raw )?(?<bad><N>)(?: calls?| statements?)?<W>`,
    ),
    make: (groups, sentence) => forbidText(groups, sentence, []),
  },
];

const forbidText = (groups: Groups, sentence: Sentence, instead: string[]): Rule | null => {
  const targets = namesOf(groups.bad, sentence);
  return { kind: "forbidden-text", targets, instead, scope: scopeOf(groups, sentence) };
};

/** `standard library only`, `no dependency is added`, `never add a dependency`. */
const dependencyPatterns: readonly Pattern[] = [
  {
    form: /^(?:use |uses )?(?:(?:the )?(?:[\w.]+ )?standard library(?: is used)? only|only (?:the )?(?:[\w.]+ )?standard library)|^no (?:third[- ]party|external) (?:dependenc|package|librar|module)/,
    make: () => ({ kind: "standard-library" }),
  },
  {
    form: /^(?:no (?:new |further |additional |other |runtime )*(?:dependency|dependencies|packages?)\b|never (?:adds?|introduces?|takes? on) (?:an? |any )?(?:new |further |additional |runtime )*(?:dependency|dependencies|packages?)\b)/,
    make: () => ({ kind: "no-new-dependency" }),
  },
];

const above =
  "(?:(?:is|are|has|have|with|may (?:be|have)|stays?|must (?:be|stay)|be|of|at) )*(?:never )?(?<sign>above|over|longer than|more than|beyond|exceeds?|under|below|at most|no longer than|no more than|shorter than|within|up to|fewer than) (?<number>\\d+) lines";

/** `no file above 300 lines`, `functions have at most 50 lines`, `files are named in kebab-case`, `tests live under `test/**``. */
const filePatterns: readonly Pattern[] = [
  {
    form: at(
      `(?:no |every |each |all )?(?:source )?(?<of>files?|modules?|functions?|methods?)(?: (?:in|under|below) (?<inside><N>))? ${above}<W>`,
    ),
    make: (groups, sentence) => ({
      kind: "longest",
      of: /^[fm](?:unction|ethod)/.test(groups.of ?? "") ? "function" : "file",
      lines: Number(groups.number),
      scope: groups.inside
        ? { within: namesOf(groups.inside, sentence), except: [] }
        : scopeOf(groups, sentence),
    }),
  },
  {
    form: at(
      "(?:file names|files(?: (?:in|under) (?<inside><N>))?) (?:are (?:named |written )?(?:in )?|use )(?<style>kebab-case|snake_case|camelcase|pascalcase)",
    ),
    make: (groups, sentence) => ({
      kind: "file-names",
      style: groups.style ?? "",
      scope: { within: namesOf(groups.inside, sentence), except: [] },
    }),
  },
  {
    form: at(
      "never (?:adds?|creates?|puts?|edits?|touch(?:es)?|changes?|modif(?:y|ies)|writes?) (?:a |any |new )*(?:files?|anything|code|modules?)? ?(?:in|under|below|to|into|named|called) (?<what><N>)",
    ),
    make: (groups, sentence) => ({ kind: "forbidden-file", globs: namesOf(groups.what, sentence) }),
  },
  {
    form: at(
      "(?:all )?tests (?:live|stand|are|belong|go|lie) (?:only )?(?:in|under|below|into) (?<what><N>)",
    ),
    make: (groups, sentence) => ({ kind: "tests-within", globs: namesOf(groups.what, sentence) }),
  },
  {
    form: at(
      "(?:every|each|all) (?<of>scripts?|files?|modules?|tests?|handlers?)(?: (?:in|under|below) (?<inside><N>))? (?:accepts?|reads?|honou?rs?|takes?|mentions?|uses?|calls?|imports?|has|have|contains?|respects?|starts? with|sets?) (?:the |an? )?(?:environment variable )?(?<what><N>)",
    ),
    make: (groups, sentence) => {
      const inside = namesOf(groups.inside, sentence);
      const of = /^script/.test(groups.of ?? "")
        ? "script"
        : /^test/.test(groups.of ?? "")
          ? "test"
          : "file";
      // Of every file in the world nobody says such a thing and means it.
      if (of === "file" && inside.length === 0) return null;
      const scope = { within: inside, except: [] };
      return { kind: "mention", of, names: namesOf(groups.what, sentence), scope };
    },
  },
];

const patterns: readonly Pattern[] = [
  ...dependencyPatterns,
  ...filePatterns,
  ...importPatterns,
  ...callPatterns,
];

/** A condition is for people: no program knows when it holds. */
const conditional = /\b(?:unless|if|when|whenever|until|where possible|usually|mostly|rarely)\b/;

/** The rules that a constraint says, one for each sentence that is recognised; none where only people and models can tell. */
export function recogniseRules(constraint: Constraint): Rule[] {
  return readSentences(constraint.text).flatMap((sentence) => {
    if (conditional.test(sentence.words)) return [];
    for (const { form, make } of patterns) {
      const match = form.exec(sentence.words);
      const rule = match ? make(match.groups ?? {}, sentence) : null;
      if (rule !== null) return [rule];
    }
    return [];
  });
}

/** Those of the constraints that a program can check. */
export const findCheckable = (constraints: readonly Constraint[]): CheckableConstraint[] =>
  constraints
    .map((constraint) => ({ constraint, rules: recogniseRules(constraint) }))
    .filter(({ rules }) => rules.length > 0);
