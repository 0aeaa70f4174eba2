import { registerHooks } from "node:module";
import type { TemplateToken } from "@actions/workflow-parser/templates/tokens/index";

/** An expression of a workflow file, without its `${{ }}`. Text with expressions in it is one of `format(…)`. */
export class Expression {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A workflow or action file after GitHub's own parser: plain values, and expressions where they stand. */
export type Node = string | number | boolean | null | Expression | Node[] | NodeMap;
export type NodeMap = { [key: string]: Node };

export type Source = { errors: string[]; root: NodeMap };

// Plain Node wants an import attribute that the parser's own import of its schema lacks; Jest does not.
if (!process.env.JEST_WORKER_ID) {
  registerHooks({
    load: (url, context, next) =>
      url.endsWith(".json") && url.includes("@actions/workflow-parser")
        ? next(url, { ...context, importAttributes: { type: "json" } })
        : next(url, context),
  });
}
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import(
  "@actions/workflow-parser"
);
const { parseAction } = await import("@actions/workflow-parser/actions/action-parser");
const tokens = await import("@actions/workflow-parser/templates/tokens/index");

function toNode(token: TemplateToken): Node {
  if (token instanceof tokens.MappingToken) {
    const map: NodeMap = {};
    for (const { key, value } of token) map[key.toString()] = toNode(value);
    return map;
  }
  if (token instanceof tokens.SequenceToken) return [...token].map(toNode);
  if (token instanceof tokens.BasicExpressionToken) return new Expression(token.expression);
  if (token instanceof tokens.StringToken) return token.value;
  if (token instanceof tokens.NumberToken) return token.value;
  if (token instanceof tokens.BooleanToken) return token.value;
  if (token instanceof tokens.NullToken) return null;
  throw new Error(`a token that is not interpreted here: ${token.typeName()}`);
}

export const isMap = (node: Node | undefined): node is NodeMap =>
  typeof node === "object" &&
  node !== null &&
  !Array.isArray(node) &&
  !(node instanceof Expression);

const rootOf = (value: TemplateToken | undefined): NodeMap => {
  const node = value ? toNode(value) : {};
  return isMap(node) ? node : {};
};

/** Finds the text of a workflow that another one calls; `owner/repo/path@ref` or `./path`. */
export type FindWorkflow = (reference: string) => string | null;

/** Files are parsed again and again, for every run: what was said of the same text is remembered. Nobody changes what is handed out. */
function remember<T>(known: Map<string, T>, content: string, make: () => T): T {
  const before = known.get(content);
  if (before !== undefined) return before;
  const made = make();
  known.set(content, made);
  return made;
}
const knownRoots = new Map<string, NodeMap>();
const knownSources = new Map<string, Promise<Source>>();
const knownActions = new Map<string, Source>();

/** What a workflow says, without the checks that take longer: for its name and the title of its runs. */
export const readWorkflowRoot = (name: string, content: string): NodeMap =>
  remember(knownRoots, content, () =>
    rootOf(parseWorkflow({ name, content }, new NoOperationTraceWriter()).value),
  );

/**
 * Parses a workflow as GitHub does. With `find`, workflows that it calls are read too, and inputs and secrets that they do not know
 * are errors.
 */
export function parseWorkflowSource(
  name: string,
  content: string,
  find?: FindWorkflow,
): Promise<Source> {
  const parse = (): Promise<Source> => convertWorkflow(name, content, find);
  return find ? parse() : remember(knownSources, content, parse);
}

async function convertWorkflow(
  name: string,
  content: string,
  find: FindWorkflow | undefined,
): Promise<Source> {
  const parsed = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (!parsed.value) {
    return { errors: parsed.context.errors.getErrors().map(({ message }) => message), root: {} };
  }
  const root = rootOf(parsed.value);
  const provider = {
    getFileContent: async (reference: {
      path: string;
      owner?: string;
      repository?: string;
      version?: string;
    }) => {
      const { owner, repository, path, version } = reference;
      const text = find?.(owner ? `${owner}/${repository}/${path}@${version}` : `./${path}`);
      if (text === null || text === undefined) throw new Error(`no such workflow: ${path}`);
      return { name: path, content: text };
    },
  };
  const template = find
    ? await convertWorkflowTemplate(parsed.context, parsed.value, provider, {
        fetchReusableWorkflowDepth: 1,
      })
    : await convertWorkflowTemplate(parsed.context, parsed.value);
  return { errors: (template.errors ?? []).map(({ Message }) => Message), root };
}

/** Parses an `action.yml` as GitHub does. */
export const parseActionSource = (name: string, content: string): Source =>
  remember(knownActions, content, () => {
    const parsed = parseAction({ name, content }, new NoOperationTraceWriter());
    const errors = parsed.context.errors.getErrors().map(({ message }) => message);
    return { errors, root: rootOf(parsed.value) };
  });
