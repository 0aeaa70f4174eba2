import type { Codebase } from "../codebase.ts";
import type { Place } from "../found.ts";
import { type Convention, grepSources, printableName, showLine, showPlace } from "./convention.ts";
import { groupBy } from "./count-by.ts";
import { languageOf } from "./name-language.ts";

/** Ways to report an error. The first group, where there is one, is what is thrown. */
const ways: readonly (readonly [string, RegExp])[] = [
  ["throwing", /\bthrow\s+(?:new\s+)?(\w+(?:[.:]+\w+)*)/],
  ["raising", /^\s*raise\s+([A-Za-z_][\w.:]*)/],
  ["returning a result value", /\bok:\s*false\b|\bResult<|\breturn\s+(?:Err|fail)\(/],
  ["returning errors", /\b(?:fmt\.Errorf|errors\.(?:New|Wrap|Wrapf|Errorf|Join))\(/],
  ["panicking", /\bpanic!?\(|\.unwrap\(\)|\.expect\("/],
];
const pattern =
  'throw |raise [A-Za-z_]|ok: false|Result<|return (Err|fail)\\(|fmt\\.Errorf\\(|errors\\.(New|Wrap|Wrapf|Errorf|Join)\\(|panic!?\\(|\\.unwrap\\(\\)|\\.expect\\("';

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
  const place = kind?.items[0] ?? first.items[0] ?? null;
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
