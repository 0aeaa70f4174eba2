import type { Outline, Outliner } from "../outline/outline.ts";
import { outlineByPattern } from "../outline/outline-by-pattern.ts";
import type { TermCounter } from "./count-terms.ts";
import { cutWindows, lineStarts } from "./cut-windows.ts";
import { decodeText } from "./decode-text.ts";
import { languageOfScript } from "./detect-language.ts";
import { isMinified, saysGenerated } from "./judge-role.ts";
import { emptyRecord, type Reading, type SourceRecord } from "./source-record.ts";

/** What reading a file needs, made once for many files. */
export type Tools = { outliner: Outliner; count: TermCounter };

const nothing: Outline = { symbols: [], imports: [] };

/** Reads one file. The grammar that the reading asks for must have been prepared. */
export function readSource(bytes: Uint8Array, reading: Reading, tools: Tools): SourceRecord {
  const text = decodeText(bytes);
  if (text === null) return emptyRecord("binary", reading.language);
  const language = reading.language ?? languageOfScript(text);
  const starts = lineStarts(text);
  const minified = language !== null && isMinified(text, starts.length);
  const outline = minified ? nothing : outlineText(text, { ...reading, language }, tools.outliner);
  const searched = reading.search && !minified;
  return {
    kind: "text",
    lines: starts.length,
    language,
    generated: minified || saysGenerated(text),
    script: text.startsWith("#!"),
    symbols: outline.symbols,
    imports: outline.imports,
    windows: searched ? cutWindows(text, starts, outline.symbols, tools.count) : [],
    text: reading.keep ? text : null,
  };
}

function outlineText(text: string, reading: Reading, outliner: Outliner): Outline {
  const { name: path, language } = reading;
  if (reading.outline === "none") return nothing;
  if (reading.outline === "script" && !text.startsWith("#!")) return nothing;
  const request = { path, language, text };
  return reading.outline === "grammar" ? outliner.outline(request) : outlineByPattern(request);
}
