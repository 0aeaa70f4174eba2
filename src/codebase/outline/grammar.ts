import type { Language as TreeLanguage } from "web-tree-sitter";
import type { BodyStyle } from "./bodies/body-style.ts";
import type { CommentStyle } from "./fold-signature.ts";
import type { DecoratorSign } from "./skip-decorators.ts";
import type { Scope, Walk } from "./walk.ts";

/** What to do at a node of some type. Must leave the walk at the node where it found it. */
export type Rule = (walk: Walk, scope: Scope) => void;

/** How a language declares and imports. */
export type LanguageRules = {
  comments: CommentStyle;
  decorators: DecoratorSign;
  /** Makes a text readable for the parser; lengths and lines stay. */
  prepare?: (text: string) => string;
  /** How to tell the inside of functions, where nothing is declared for others; absent where signs alone cannot tell. */
  bodies?: BodyStyle;
  /** By name of node type. */
  rules: Readonly<Record<string, Rule>>;
  /** What can only be said when the whole file was seen. `isCode` tells whether a place is code, not a string or a comment. */
  finish(walk: Walk, isCode: IsCode): void;
};

/** Whether the smallest node at a place is of one of these types (keywords in double quotes). */
export type IsCode = (place: number, types: readonly string[]) => boolean;

/** The rules of a language by the numbers that its grammar gives to types and fields. */
export type Grammar = {
  comments: CommentStyle;
  decorators: DecoratorSign;
  typeNames: readonly string[];
  fieldNames: readonly string[];
  rules: readonly (Rule | undefined)[];
};

export function bindRules(
  language: TreeLanguage,
  { comments, decorators, rules }: LanguageRules,
): Grammar {
  const named = language.types.map((_, type) => language.nodeTypeIsNamed(type));
  return {
    comments,
    decorators,
    typeNames: language.types.map((name, type) => intern(named[type] ? name : `"${name}"`)),
    fieldNames: language.fields.map((name) => intern(name ?? "")),
    rules: language.types.map((name, type) =>
      named[type] && Object.hasOwn(rules, name) ? rules[name] : undefined,
    ),
  };
}

/** Makes equal strings the same one, so that comparing them compares addresses. */
function intern(name: string): string {
  return Object.keys({ [name]: 0 })[0] ?? name;
}
