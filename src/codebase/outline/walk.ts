import type { TreeCursor } from "web-tree-sitter";
import type { ImportStatement, SymbolKind } from "../codebase.ts";
import { foldSignature } from "./fold-signature.ts";
import type { Grammar } from "./grammar.ts";
import { LineTable } from "./line-table.ts";
import type { OutlineSymbol } from "./outline.ts";
import { skipDecorators } from "./skip-decorators.ts";

/** Where a declaration stands. `exported` is what its surroundings say of it. */
export type Scope = {
  owner: string | null;
  exported: boolean;
  place: "file" | "block" | "members" | "object";
  /** What was declared in it, by name: the first of each. */
  known: Map<string, OutlineSymbol>;
  /** The bases of its owner, where statements of the body add to them. */
  bases?: string[];
};

export function fileScope(): Scope {
  return { owner: null, exported: false, place: "file", known: new Map() };
}

export function memberScope(owner: string, exported: boolean): Scope {
  return { owner, exported, place: "members", known: new Map() };
}

/** The start of a declaration, up to its body. `body` is -1 when there is none. */
export type Head = {
  start: number;
  end: number;
  name: string;
  nameEnd: number;
  body: number;
  /** Where the body begins, or the declaration ends. */
  headEnd: number;
  opened: boolean;
};

export type Declaration = {
  name: string;
  kind: SymbolKind;
  /** What the scope says when nothing else is said. */
  exported?: boolean;
  start: number;
  /** Where its signature ends. */
  headEnd: number;
  end: number;
  bases?: readonly string[];
};

/** What it takes to find imports by their words: of a walk, or of a text that has no tree. */
export type ImportSource = Pick<Walk, "text" | "lines" | "imports">;

/** Declarations nested deeper than this are left out: no person writes them, and the walk recurses. */
const DEEPEST = 50;
const LONGEST_NAME = 200;
const OWNERS = new Set(['"class"', '"interface"', '"struct"', '"trait"', '"enum"', '"module"']);
const NAME = /^(?:type_)?identifier$|^constant$|^name$/;
/** Names and strings that are members of an enum where they stand well, and mean nothing in the midst of an error. */
const LOOSE = /identifier$|^string$/;
const ERROR_TYPE = 65_535;

/**
 * One pass over a tree that goes down only where declarations can be. Reading a property of a node crosses into the wasm module, so
 * each is read at most once, and text is cut from the source itself.
 */
export class Walk {
  readonly symbols: OutlineSymbol[] = [];
  readonly imports: ImportStatement[] = [];
  /** Names that a statement elsewhere in the file exports. */
  readonly exportedNames = new Set<string>();
  /** Bases that a statement elsewhere gives to a declaration of the file. */
  readonly givenBases: { name: string; base: string }[] = [];
  /** Places that the parser could not read. */
  readonly broken: { start: number; end: number }[] = [];
  /** Whether it came to a place whose inside was left out of the tree. */
  cut = false;
  readonly text: string;
  readonly path: string;
  readonly lines: LineTable;
  readonly #cursor: TreeCursor;
  readonly #grammar: Grammar;
  readonly #gaps: ReadonlySet<number>;
  #depth = 0;

  /** `gaps` are the places behind the braces whose inside the parser was not given. */
  constructor(
    source: { text: string; path: string },
    cursor: TreeCursor,
    grammar: Grammar,
    gaps: ReadonlySet<number> = new Set(),
  ) {
    this.text = source.text;
    this.path = source.path;
    this.lines = new LineTable(source.text);
    this.#cursor = cursor;
    this.#grammar = grammar;
    this.#gaps = gaps;
  }

  /** Name of the node's type; that of a keyword or a sign stands in double quotes. */
  get type(): string {
    return this.#grammar.typeNames[this.#cursor.nodeTypeId] ?? "ERROR";
  }

  get field(): string {
    return this.#grammar.fieldNames[this.#cursor.currentFieldId] ?? "";
  }

  get start(): number {
    return this.#cursor.startIndex;
  }

  get end(): number {
    return this.#cursor.endIndex;
  }

  get source(): string {
    return this.text.slice(this.start, this.end);
  }

  /** Applies the language's rules to the children of the node. */
  enter(scope: Scope): void {
    this.children(() => this.apply(scope));
  }

  /** Applies the language's rule to the node itself. What the parser could not read is looked through. */
  apply(scope: Scope): void {
    const type = this.#cursor.nodeTypeId;
    if (type === ERROR_TYPE) this.#enterBroken(scope);
    else this.#grammar.rules[type]?.(this, scope);
  }

  /** What the parser could not put together: the members of a class whose end is missing stand beside its name. */
  #enterBroken(scope: Scope): void {
    this.broken.push({ start: this.start, end: this.end });
    let inner = scope;
    let named = true;
    this.children(() => {
      const type = this.type;
      if (OWNERS.has(type)) named = false;
      else if (!named && NAME.test(type)) {
        inner = memberScope(cleanName(this.source), scope.exported);
        named = true;
      } else if (type === '"}"') inner = scope;
      else if (!LOOSE.test(type)) this.apply(inner);
    });
  }

  /** Visits the children; a visit that answers false is the last. */
  children(visit: () => unknown): void {
    if (this.#gaps.size > 0 && this.#gaps.has(this.start + 1)) this.cut = true;
    if (this.#depth >= DEEPEST || !this.#cursor.gotoFirstChild()) return;
    this.#depth += 1;
    while (visit() !== false && this.#cursor.gotoNextSibling()) {
      // All that is done is in the condition.
    }
    this.#cursor.gotoParent();
    this.#depth -= 1;
  }

  /** Reads the head of a declaration and stops at its body. `close` goes back to the declaration. */
  open(nameField = "name"): Head {
    const end = this.end;
    const start = skipDecorators(this.text, {
      start: this.start,
      end,
      sign: this.#grammar.decorators,
    });
    const head = { start, end, name: "", nameEnd: -1, body: -1, headEnd: end, opened: false };
    if (this.#depth >= DEEPEST || !this.#cursor.gotoFirstChild()) return head;
    this.#depth += 1;
    head.opened = true;
    do {
      const field = this.field;
      if (field === nameField && head.nameEnd < 0) {
        head.nameEnd = this.end;
        head.name = cleanName(this.text.slice(this.start, head.nameEnd));
      } else if (field === "body") {
        head.body = this.start;
        head.headEnd = head.body;
        break;
      }
    } while (this.#cursor.gotoNextSibling());
    return head;
  }

  close(head: Head): void {
    if (!head.opened) return;
    this.#cursor.gotoParent();
    this.#depth -= 1;
  }

  /** Takes a declaration into the outline; one without a name is left out. */
  declare(scope: Scope, declaration: Declaration): void {
    const { name, kind, start, end } = declaration;
    if (name === "" || name.length > LONGEST_NAME) return;
    const line = this.lines.lineAt(start);
    const symbol: OutlineSymbol = {
      name,
      kind,
      line,
      endLine: this.lines.lineAt(Math.max(start, end - 1)),
      owner: scope.owner,
      signature: foldSignature(this.text, start, declaration.headEnd, this.#grammar.comments),
      exported: declaration.exported ?? scope.exported,
      bases: declaration.bases ?? [],
    };
    this.symbols.push(symbol);
    if (!scope.known.has(name)) scope.known.set(name, symbol);
  }

  /** A further part of what was declared before (an overload, a setter) makes it longer, no more. */
  extend(symbol: OutlineSymbol, end: number): void {
    symbol.endLine = Math.max(symbol.endLine, this.lines.lineAt(Math.max(0, end - 1)));
  }
}

/** A name as other code writes it: quotes off, white space folded. */
export function cleanName(written: string): string {
  const name = written.trim();
  const quoted = /^(["'`])(.*)\1$/s.exec(name);
  return (quoted?.[2] ?? name).replace(/\s+/g, " ");
}
