/** A value as it stands in a query: constants, and variables still to be filled in. */
export type Value =
  | { kind: "variable"; name: string }
  | { kind: "constant"; value: unknown }
  | { kind: "list"; values: Value[] }
  | { kind: "object"; fields: [string, Value][] };

export type Selection =
  | { kind: "field"; alias: string; name: string; given: [string, Value][]; inner: Selection[] }
  | { kind: "on"; type: string; inner: Selection[] };

export type Query = {
  operation: "query" | "mutation";
  variables: { name: string; required: boolean; type: string }[];
  selections: Selection[];
};

/** What makes a text no query at all. */
export class SyntaxFault extends Error {}

const pattern =
  /\s*(?:(\.\.\.|[!$(){}:=[\]@|])|("(?:\\.|[^"\\])*")|(-?\d+(?:\.\d+)?)|(\w+)|(,|#.*))/gy;

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) {
      if (text.slice(at).trim() === "") break;
      throw new SyntaxFault(`Expected something else at "${text.slice(at, at + 20)}"`);
    }
    if (match[5] === undefined) tokens.push(match[0].trim());
  }
  return tokens;
}

class Reader {
  readonly #tokens: string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  get next(): string {
    return this.#tokens[this.#at] ?? "";
  }

  take(): string {
    const token = this.next;
    if (token === "") throw new SyntaxFault("Unexpected end of document");
    this.#at++;
    return token;
  }

  accept(token: string): boolean {
    if (this.next !== token) return false;
    this.#at++;
    return true;
  }

  expect(token: string): void {
    if (!this.accept(token)) throw new SyntaxFault(`Expected ${token}, actual: ${this.next}`);
  }

  value(): Value {
    const token = this.take();
    if (token === "$") return { kind: "variable", name: this.take() };
    if (token === "[") {
      const values: Value[] = [];
      while (!this.accept("]")) values.push(this.value());
      return { kind: "list", values };
    }
    if (token === "{") return { kind: "object", fields: this.pairs("}") };
    if (/^["-]|^\d|^(true|false|null)$/.test(token)) {
      return { kind: "constant", value: JSON.parse(token) };
    }
    return { kind: "constant", value: token };
  }

  pairs(end: string): [string, Value][] {
    const pairs: [string, Value][] = [];
    while (!this.accept(end)) {
      const name = this.take();
      this.expect(":");
      pairs.push([name, this.value()]);
    }
    return pairs;
  }

  selections(): Selection[] {
    this.expect("{");
    const found: Selection[] = [];
    while (!this.accept("}")) found.push(this.selection());
    return found;
  }

  selection(): Selection {
    if (this.accept("...")) {
      this.expect("on");
      return { kind: "on", type: this.take(), inner: this.selections() };
    }
    const first = this.take();
    const name = this.accept(":") ? this.take() : first;
    const given = this.accept("(") ? this.pairs(")") : [];
    const inner = this.next === "{" ? this.selections() : [];
    return { kind: "field", alias: first, name, given, inner };
  }

  variables(): Query["variables"] {
    const found: Query["variables"] = [];
    if (!this.accept("(")) return found;
    while (!this.accept(")")) {
      this.expect("$");
      const name = this.take();
      this.expect(":");
      let type = "";
      while (this.next !== "$" && this.next !== ")" && this.next !== "=") type += this.take();
      if (this.accept("=")) {
        this.value();
        type = type.replace(/!$/, "");
      }
      found.push({ name, type, required: type.endsWith("!") });
    }
    return found;
  }
}

/** One operation of GraphQL. Named fragments and directives are not read: nobody here uses them. */
export function parseQuery(text: string): Query {
  const reader = new Reader(text);
  if (reader.next === "{")
    return { operation: "query", variables: [], selections: reader.selections() };
  const operation = reader.take();
  if (operation !== "query" && operation !== "mutation") {
    throw new SyntaxFault(`Expected an operation, actual: ${operation}`);
  }
  if (reader.next !== "(" && reader.next !== "{") reader.take();
  const variables = reader.variables();
  return { operation, variables, selections: reader.selections() };
}
