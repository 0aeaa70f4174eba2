import type { Codebase } from "../codebase.ts";
import type { Place } from "../found.ts";
import { type Convention, count, grepSources, showLine, showPlace } from "./convention.ts";
import { groupBy } from "./count-by.ts";
import { languageOf } from "./name-language.ts";

const levels =
  "trace|debug|info|notice|warn|warning|error|fatal|critical|exception|log|print|printf|println|write|Log|LogTrace|LogDebug|LogInformation|LogWarning|LogError|LogCritical|Print|Println|Fatal|Panic|Trace|Debug|Info|Information|Warn|Warning|Error|Verbose";
const receivers =
  "console|logger|log|logging|_logger|_log|LOG|LOGGER|Log|slog|zap|logrus|structlog|loguru|Rails\\.logger|Logger|Serilog|tracing|syslog";

/** A call of a logger: what it is called on is the custom. */
const call = new RegExp(
  `(?:^|[^\\w.])((?:(?:this|self|cls|app|ctx|context|request|req|server|fastify)(?:\\.|->)|\\$this->)?(?:${receivers}))(?:\\.|->|::)(?:${levels})(?:f|w|ln|Context)?!?\\(`,
);
/** Calls that need no logger. */
const plain =
  /(?:^|[^\w.])((?:fmt\.Print(?:ln|f)?|System\.(?:out|err)\.print(?:ln|f)?|Console\.(?:Error\.)?WriteLine|e?println!|(?:trace|debug|info|warn|error)!|print|puts|error_log|std::c(?:out|err)))\s*(?:\(|<<|\s["'])/;
const pattern = `(${receivers})(\\.|->|::)(${levels})|fmt\\.Print|System\\.(out|err)\\.print|Console\\.(Error\\.)?WriteLine|println!|(trace|debug|info|warn|error)!|print ?\\(|puts |error_log\\(|std::c(out|err)`;

const libraries =
  /^(?:pino|winston|bunyan|log4js|loglevel|consola|debug|signale|logging|structlog|loguru|logging\.handlers|log\/slog|log|slog|go\.uber\.org\/zap|github\.com\/sirupsen\/logrus|github\.com\/rs\/zerolog(?:\/log)?|tracing|org\.slf4j\..*|org\.apache\.logging\.log4j\..*|java\.util\.logging\..*|Microsoft\.Extensions\.Logging|Serilog|Monolog\\.*|Psr\\Log\\.*|logger)$/;

const comment = /^\s*(?:\/\/|#|\*|\/\*)/;
const mostLanguages = 3;
const leastCalls = 2;

type Hit = Place & { language: string; by: string };

/** Which logger each language's code calls, how, and which library stands behind it by what is imported. */
export async function findLoggingStyle(codebase: Codebase): Promise<Convention[]> {
  const lines = await grepSources(codebase, pattern);
  const hits = lines.flatMap((line): Hit[] => {
    const file = codebase.file(line.path);
    const by = comment.test(line.text) ? undefined : callOf(line.text);
    return file === null || by === undefined
      ? []
      : [{ ...line, by, language: languageOf(file) ?? "" }];
  });
  return groupBy(hits, ({ language }) => language || null)
    .slice(0, mostLanguages)
    .flatMap(({ key, items }) => describe(codebase, key, items));
}

function callOf(text: string): string | undefined {
  const found = call.exec(text)?.[1] ?? plain.exec(text)?.[1];
  // Rust names the level where others name the logger: one custom, not five.
  return /^(?:trace|debug|info|warn|error)!$/.test(found ?? "") ? "info!, warn!, …" : found;
}

function describe(codebase: Codebase, language: string, hits: readonly Hit[]): Convention[] {
  const [first] = groupBy(hits, ({ by }) => by);
  const place = groupBy(first?.items ?? [], ({ path }) => path)[0]?.items[0];
  if (!first || !place || first.items.length < leastCalls) return [];
  const [agree, of] = [first.items.length, hits.length];
  const [library] = groupBy(importsOf(codebase, language), ({ specifier }) => specifier);
  const behind = library
    ? `; \`${library.key}\` is imported by ${count(library.items.length, "file")}`
    : "";
  return [
    {
      kind: "logging",
      language,
      custom: first.key,
      agree,
      of,
      place,
      sentence: `Code in ${language} writes logs by \`${first.key}\` (${agree} of ${of} places${behind}): ${showLine(place.text)} at ${showPlace(place)}.`,
    },
  ];
}

const importsOf = (codebase: Codebase, language: string): { specifier: string }[] =>
  codebase.files.flatMap((file) =>
    file.role === "source" && languageOf(file) === language
      ? file.imports.filter(({ specifier }) => libraries.test(specifier))
      : [],
  );
