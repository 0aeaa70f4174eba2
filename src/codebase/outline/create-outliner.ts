import { Parser, Language as TreeLanguage } from "web-tree-sitter";
import type { Language } from "../codebase.ts";
import { beginRuntime } from "./begin-runtime.ts";
import { bindRules } from "./grammar.ts";
import { rulesByLanguage } from "./languages/rules-by-language.ts";
import { maskComponent } from "./mask-component.ts";
import type { Outline, OutlineRequest, Outliner } from "./outline.ts";
import { outlineByPattern } from "./outline-by-pattern.ts";
import { outlineByTree, type TreeReader } from "./outline-by-tree.ts";

type Sources = {
  /** The bytes of web-tree-sitter's own module. */
  runtime: () => Promise<Uint8Array>;
  grammar: (language: Language) => Promise<Uint8Array>;
};

/** Makes an outliner that has no grammar yet: `prepare` loads them one by one, from where `options` says. */
export async function createOutliner(options: Sources): Promise<Outliner> {
  const readers = new Map<Language, TreeReader>();
  const prepared = new Map<Language, Promise<void>>();
  return {
    prepare(language) {
      const known = prepared.get(language);
      if (known !== undefined) return known;
      const loading = loadReader(language, options).then(
        (reader) => void readers.set(language, reader),
        () => {},
      );
      prepared.set(language, loading);
      return loading;
    },
    outline: (request) => outlineWith(readers, request),
  };
}

async function loadReader(language: Language, options: Sources): Promise<TreeReader> {
  const { restoreStack } = await beginRuntime(options.runtime);
  const rules = rulesByLanguage[language];
  const loaded = await TreeLanguage.load(await options.grammar(language));
  const makeParser = () => new Parser().setLanguage(loaded);
  const grammar = bindRules(loaded, rules);
  return { parser: makeParser(), makeParser, restoreStack, grammar, rules };
}

function outlineWith(readers: ReadonlyMap<Language, TreeReader>, request: OutlineRequest): Outline {
  const component = maskComponent(request);
  const read = component ?? request;
  const reader = read.language === null ? undefined : readers.get(read.language);
  const outline = reader === undefined ? null : outlineByTree(reader, read);
  return outline ?? outlineByPattern(request);
}
