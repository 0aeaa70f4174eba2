const MACRO = "[A-Z][A-Z0-9]*_[A-Z0-9_]+";

/** A line that is nothing but a macro (`FMT_BEGIN_NAMESPACE`). */
const ALONE = new RegExp(`^[ \\t]*${MACRO}(?:\\([^()\\n]{0,200}\\))?[ \\t]*$`, "gm");

/** A macro between a keyword and the name of a type (`class FMT_API writer`). */
const BEFORE_NAME = new RegExp(
  `\\b(class|struct|union|enum(?:[ \\t]+class)?)([ \\t]+${MACRO}(?:\\([^()\\n]{0,200}\\))?)(?=[ \\t]+\\w)`,
  "g",
);

/** Macros before the result of a function (`FMT_API FMT_INLINE auto run(`). */
const BEFORE_FUNCTION = new RegExp(
  `^([ \\t]*)((?:${MACRO}[ \\t]+){1,3})(?=[\\w:<>,*& \\t]{1,200}[ \\t*&][\\w:~]{1,100}\\()`,
  "gm",
);

/** The text without the macros that hide a declaration from the parser, of the same length: the preprocessor would take them away too. */
export function blankMacros(text: string): string {
  if (!/[A-Z]_[A-Z]/.test(text)) return text;
  return text
    .replace(ALONE, (found) => " ".repeat(found.length))
    .replace(BEFORE_NAME, (_all, word: string, macro: string) => word + " ".repeat(macro.length))
    .replace(
      BEFORE_FUNCTION,
      (_all, indent: string, macros: string) => indent + " ".repeat(macros.length),
    );
}
