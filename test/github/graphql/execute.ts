import { parseQuery, type Query, type Selection, SyntaxFault, type Value } from "./parse.ts";

export type Given = Readonly<Record<string, unknown>>;

/** Something that has fields. A field that is a function takes arguments. */
export type Node = {
  /** Its type, and the interfaces that it can be asked as. */
  types: readonly string[];
  fields: Readonly<Record<string, unknown>>;
};

type Resolve = (given: Given) => unknown;

/** A field that GitHub answers with an error of its own; the others are answered all the same. */
export class GraphFault extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** A query that is refused as a whole, before anything is done. */
class Invalid extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

type Fault = { type?: string; path?: string[]; message: string; extensions?: { code: string } };
export type Outcome = { data?: unknown; errors?: Fault[] };

const isNode = (value: unknown): value is Node =>
  value !== null && typeof value === "object" && "types" in value && "fields" in value;

function fill(value: Value, variables: Given): unknown {
  if (value.kind === "constant") return value.value;
  if (value.kind === "variable") return variables[value.name];
  if (value.kind === "list") return value.values.map((one) => fill(one, variables));
  return Object.fromEntries(value.fields.map(([name, one]) => [name, fill(one, variables)]));
}

class Execution {
  readonly errors: Fault[] = [];
  readonly #variables: Given;

  constructor(variables: Given) {
    this.#variables = variables;
  }

  select(node: Node, selections: readonly Selection[], path: string[]): Record<string, unknown> {
    const answer: Record<string, unknown> = {};
    for (const selection of selections) {
      if (selection.kind === "on") {
        if (!node.types.includes(selection.type)) continue;
        Object.assign(answer, this.select(node, selection.inner, path));
      } else answer[selection.alias] = this.#answer(node, selection, [...path, selection.alias]);
    }
    return answer;
  }

  #answer(node: Node, field: Selection & { kind: "field" }, path: string[]): unknown {
    if (field.name === "__typename") return node.types[0];
    if (!Object.hasOwn(node.fields, field.name)) {
      throw new Invalid(
        "undefinedField",
        `Field '${field.name}' doesn't exist on type '${node.types[0]}'`,
      );
    }
    const given = Object.fromEntries(
      field.given.map(([name, value]) => [name, fill(value, this.#variables)]),
    );
    try {
      const known = node.fields[field.name];
      const value = typeof known === "function" ? (known as Resolve)(given) : known;
      return this.#shape(value, field, path);
    } catch (fault) {
      if (!(fault instanceof GraphFault)) throw fault;
      this.errors.push({ type: fault.type, path, message: fault.message });
      return null;
    }
  }

  #shape(value: unknown, field: Selection & { kind: "field" }, path: string[]): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#shape(one, field, path));
    if (isNode(value)) {
      if (field.inner.length === 0) {
        throw new Invalid("selectionMismatch", `Field '${field.name}' must have selections`);
      }
      return this.select(value, field.inner, path);
    }
    if (value !== null && field.inner.length > 0) {
      throw new Invalid("selectionMismatch", `Selections can't be made on '${field.name}'`);
    }
    return value;
  }
}

function checkVariables(query: Query, variables: Given): void {
  for (const { name, required, type } of query.variables) {
    if (!required || (variables[name] ?? null) !== null) continue;
    throw new Invalid(
      "variableMismatch",
      `Variable $${name} of type ${type} was provided invalid value`,
    );
  }
}

/** Every field of the query exists; asked before a mutation does anything. */
function checkRoots(query: Query, root: Node): void {
  for (const selection of query.selections) {
    if (selection.kind !== "field" || selection.name in root.fields) continue;
    throw new Invalid(
      "undefinedField",
      `Field '${selection.name}' doesn't exist on type '${root.types[0]}'`,
    );
  }
}

/** Answers a query as GitHub does: errors beside the data, or errors alone. */
export function executeQuery(
  text: string,
  variables: Given,
  roots: { query: Node; mutation: Node },
): Outcome {
  try {
    const query = parseQuery(text);
    checkVariables(query, variables);
    checkRoots(query, roots[query.operation]);
    const execution = new Execution(variables);
    const data = execution.select(roots[query.operation], query.selections, []);
    return execution.errors.length > 0 ? { data, errors: execution.errors } : { data };
  } catch (fault) {
    if (fault instanceof Invalid) {
      return { errors: [{ message: fault.message, extensions: { code: fault.code } }] };
    }
    if (fault instanceof SyntaxFault) return { errors: [{ message: fault.message }] };
    throw fault;
  }
}
