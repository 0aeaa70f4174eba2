import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { redact } from "../shared/redact.ts";
import type { Place, Yaml } from "./parse-yaml.ts";
import { configSchema } from "./schema.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;
type Fault = Place & { detail: string };

/** What is wrong with one value, what is right, and where it stands. Values themselves are not repeated: one might be a key. */
export function explainIssue(issue: z.core.$ZodIssue, yaml: Yaml): Fault {
  const place = yaml.locate(issue.path);
  const name = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    const known = Object.keys(schemaAt(issue.path)?.properties ?? {});
    return { ...yaml.locateKey(issue.path, key), detail: explainUnknown(name, key, known) };
  }
  if (issue.code === "invalid_key") {
    const key = String(issue.path.at(-1) ?? "");
    const parent = issue.path.slice(0, -1);
    const why = issue.issues[0]?.message ?? "is not a valid name";
    return { ...yaml.locateKey(parent, key), detail: redact(`\`${name}\`: ${why}`) };
  }
  const said = `${quote(name)}${lower(issue.message)}`;
  const right = schemaAt(issue.path)?.description;
  return { ...place, detail: redact(right ? `${said}. It is: ${right}` : said) };
}

const quote = (name: string): string => (name === "" ? "the configuration: " : `\`${name}\`: `);

const lower = (message: string): string =>
  message.replace(/^Invalid input: /, "").replace(/^[A-Z]/, (letter) => letter.toLowerCase());

function explainUnknown(name: string, key: string, known: readonly string[]): string {
  const where = name === "" ? "" : ` in \`${name}\``;
  const near = known
    .map((word) => ({ word, far: distance(word.toLowerCase(), key.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)[0];
  const hint =
    near && near.far <= Math.max(2, Math.floor(near.word.length / 3))
      ? `; did you mean \`${near.word}\`?`
      : `; known are ${known.join(", ")}`;
  return redact(`unknown key \`${key.slice(0, 100)}\`${where}${hint}`);
}

/** The part of the schema that describes the value at `path`. */
function schemaAt(path: readonly PropertyKey[]): JsonSchema | undefined {
  let current: JsonSchema | undefined = configJsonSchema();
  let described = current;
  for (const key of path) {
    const next: unknown =
      typeof key === "number"
        ? current?.items
        : (current?.properties?.[String(key)] ?? current?.additionalProperties);
    if (next === null || typeof next !== "object" || Array.isArray(next)) break;
    current = next as JsonSchema;
    if (current.description !== undefined || current.properties !== undefined) described = current;
  }
  return described === undefined ? undefined : described;
}

let cached: JsonSchema | null = null;

/** The configuration as a JSON Schema of what a person writes; documentation and messages are made of it. */
export function configJsonSchema(): JsonSchema {
  cached ??= z.toJSONSchema(configSchema, { io: "input", unrepresentable: "any" });
  return cached;
}
