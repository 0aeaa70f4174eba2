import type { Codebase } from "../codebase.ts";
import type { Place } from "../found.ts";
import { type Convention, grepSources, printableName, showLine, showPlace } from "./convention.ts";
import { groupBy } from "./count-by.ts";
import { languageOf } from "./name-language.ts";

/** Ways to report an error. The first group, where there is one, is what is thrown. */
const ways: readonly (readonly [string, RegExp])[] = [
  ["throwing", /\bthrow\s+(?:new\s+)?(\w+(?:[.:]+\w+)*)/],
  ["raising", /^\s*raise\s+([A-Za-z_][\w.:]*)/],
  [
    "returning a result value",
    /\bok:\s*false\b|\breturn\s+fail\(|\bErr\(|\b(?:bail|anyhow|ensure)!|\bResult</,
  ],
  [
    "returning errors",
    /\b(?:fmt\.Errorf|errors\.(?:New|Wrap|Wrapf|Errorf|Join))\(|\breturn (?:.*, )?err$/,
  ],
  ["panicking", /\bpanic!?\(/],
];
const pattern =
  "throw |raise [A-Za-z_]|ok: false|Result<|return fail\\(|Err\\(|(bail|anyhow|ensure)!|return (.*, )?err$|fmt\\.Errorf\\(|errors\\.(New|Wrap|Wrapf|Errorf|Join)\\(|panic!?\\(";

const comment = /^\s*(?:\/\/|#|\*|\/\*)/;
const mostLanguages = 3;
const leastPlaces = 1;

type Hit = Place & { way: string; what: string | null; language: string };

/** How errors are reported, language by language, and which kind of error is thrown most. */
export async function findErrorStyle(codebase: Codebase): Promise<Convention[]> {
  const lines = await grepSources(codebase, pattern);
  const hits = lines.flatMap((line): Hit[] => {
    const file = codebase.file(line.path);
    if (file === null || comment.test(line.text)) return [];
    for (const [way, look] of ways) {
      const match = look.exec(line.text);
      if (match)
        return [{ ...line, way, what: match[1] ?? null, language: languageOf(file) ?? "" }];
    }
    return [];
  });
  return groupBy(hits, ({ language }) => language || null)
    .filter(({ items }) => items.length >= leastPlaces)
    .slice(0, mostLanguages)
    .flatMap(({ key, items }) => describe(key, items));
}

function describe(language: string, hits: readonly Hit[]): Convention[] {
  const [first] = groupBy(hits, ({ way }) => way);
  if (!first) return [];
  const kinds = groupBy(first.items, ({ what }) => (/^[A-Z]|[.:]/.test(what ?? "") ? what : null));
  const [kind] = kinds;
  const place = chooseTypical(kind?.items ?? first.items);
  if (place === null) return [];
  const [agree, of] = [first.items.length, hits.length];
  const most =
    kind && kind.items.length > 1
      ? `, most often \`${printableName(kind.key)}\` (${kind.items.length})`
      : "";
  return [
    {
      kind: "errors",
      language,
      custom: first.key,
      agree,
      of,
      place,
      sentence: `Errors in ${language} are mostly reported by ${first.key} (${agree} of ${of} places)${most}: ${showLine(place.text)} at ${showPlace(place)}.`,
    },
  ];
}

/** One that a reader would call typical: in the file that does it most, and doing it rather than saying so in a type. */
function chooseTypical(hits: readonly Hit[]): Hit | null {
  const acts = hits.filter(({ text }) => /\b(?:return|throw|raise|bail!|panic)/.test(text));
  const [file] = groupBy(acts.length > 0 ? acts : hits, ({ path }) => path);
  return file?.items[0] ?? null;
}
