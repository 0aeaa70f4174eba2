import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";

type Schema = Record<string, unknown>;
export type Operation = {
  id: string;
  multiSegment?: string[];
  query?: Record<string, { required: boolean; schema: Schema }>;
  body?: Schema;
  bodyRequired?: boolean;
  responses: Record<string, { schema?: Schema; example?: unknown }>;
};
type Description = { operations: Record<string, Operation>; schemas: Record<string, Schema> };

export type Match = {
  /** E.g. `GET /repos/{owner}/{repo}`. */
  key: string;
  template: string;
  operation: Operation;
  parameters: Record<string, string>;
};

const description = JSON.parse(
  readFileSync(join(import.meta.dirname, "openapi.json"), "utf8"),
) as Description;

export const operations = description.operations;

const compileTemplate = (key: string, operation: Operation) => {
  const [method = "", template = ""] = key.split(" ");
  const pattern = template
    .replaceAll(".", "\\.")
    .replace(/\{(\w+)\}/g, (_, name: string) =>
      operation.multiSegment?.includes(name) || /^(base|head)$/.test(name)
        ? `(?<${name}>.+)`
        : `(?<${name}>[^/]+)`,
    );
  return { key, method, template, operation, pattern: new RegExp(`^${pattern}$`) };
};

/** The most literal template first, so that `/issues/comments/1` is no issue called "comments". */
const templates = Object.entries(operations)
  .map(([key, operation]) => compileTemplate(key, operation))
  .sort((a, b) => {
    const weigh = (t: typeof a): number =>
      (t.operation.multiSegment?.length ?? 0) * 1000 - t.template.replace(/\{\w+\}/g, "").length;
    return weigh(a) - weigh(b);
  });

export function findOperation(method: string, path: string): Match | null {
  for (const { key, method: wanted, template, operation, pattern } of templates) {
    if (wanted !== method) continue;
    const match = pattern.exec(path);
    if (!match) continue;
    const parameters = Object.fromEntries(
      Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    return { key, template, operation, parameters };
  }
  return null;
}

const ajv = new Ajv({
  strict: false,
  validateFormats: false,
  inlineRefs: false,
  coerceTypes: false,
  code: { optimize: false },
});
ajv.addSchema({ components: { schemas: description.schemas } }, "github");

const link = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(link);
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === "$ref" ? `github${String(value)}` : link(value),
    ]),
  );
};

const compiled = new Map<string, ValidateFunction>();

function validate(key: string, schema: Schema, value: unknown): string[] {
  let check = compiled.get(key);
  if (!check) {
    check = ajv.compile(link(schema) as Schema);
    compiled.set(key, check);
  }
  if (check(value)) return [];
  return (check.errors ?? []).map(
    (error) => `${key}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

/** Whether a text of a query is what the description wants: numbers and booleans are written as text there. */
const fromQuery = (value: string, schema: Schema): unknown => {
  if (schema.type === "integer" || schema.type === "number") return Number(value);
  if (schema.type === "boolean") return value === "true" ? true : value === "false" ? false : value;
  if (schema.type === "array") return value.split(",");
  return value;
};

/** What in a request is not as GitHub describes it. */
export function checkRequest(match: Match, query: URLSearchParams, body: unknown): string[] {
  const { key, operation } = match;
  const faults: string[] = [];
  for (const [name, value] of query) {
    const known = operation.query?.[name];
    if (!known) faults.push(`${key} has no query parameter ${name}`);
    else {
      const parsed = fromQuery(value, known.schema);
      faults.push(...validate(`${key} ?${name}`, known.schema, parsed));
    }
  }
  if (body !== undefined && !operation.body) faults.push(`${key} takes no body`);
  if (body === undefined && operation.bodyRequired) faults.push(`${key} needs a body`);
  if (operation.body && body !== undefined) {
    faults.push(...validate(`${key} body`, operation.body, body));
  }
  return faults;
}

/** What in an answer is not as GitHub describes it. Refusals that any operation may give are not listed there. */
export function checkAnswer(match: Match, status: number, body: unknown): string[] {
  const { key, operation } = match;
  const described = operation.responses[String(status)];
  if (!described) {
    const general = status === 304 || (status >= 400 && status !== 400);
    return general ? [] : [`${key} never answers ${status}`];
  }
  if (!described.schema || body === undefined) return [];
  return validate(`${key} ${status}`, described.schema, body);
}
