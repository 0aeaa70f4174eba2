import { fail, type Result, succeed } from "../shared/result.ts";
import type { Snapshot } from "../workspace/port.ts";
import { explainIssue } from "./explain-issue.ts";
import { parseYaml } from "./parse-yaml.ts";
import { type Config, configSchema } from "./schema.ts";

/** Where the configuration is looked for, in this order. */
export const configPaths: readonly string[] = [
  ".github/archwright.yml",
  ".github/archwright.yaml",
  "archwright.yml",
];

/**
 * Reads a configuration: YAML 1.2, unknown keys refused, defaults filled in; an empty text gives the defaults. `path`
 * only names the file. Failure: `config-invalid` with line, column, what is wrong and what is right.
 */
export function parseConfig(text: string, path: string): Result<Config> {
  const yaml = parseYaml(text, path);
  if (!yaml.ok) return yaml;
  const parsed = configSchema.safeParse(withoutEmptySections(yaml.value.value ?? {}));
  if (parsed.success) return succeed(parsed.data);
  const faults = parsed.error.issues.map((issue) => explainIssue(issue, yaml.value));
  faults.sort((a, b) => a.line - b.line || a.column - b.column);
  const [first] = faults;
  return fail({ reason: "config-invalid", path, ...(first ?? { line: 1, column: 1, detail: "" }) });
}

/** A section whose lines are all commented out is read as null; it means the defaults. */
function withoutEmptySections(value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null));
}

/** The configuration of a commit; the defaults, with `path` null, where it has none. Failure: `config-invalid`. */
export async function loadConfig(
  snapshot: Pick<Snapshot, "read">,
): Promise<Result<{ config: Config; path: string | null }>> {
  for (const path of configPaths) {
    const content = await snapshot.read(path);
    if (content === null) continue;
    if (content.kind === "binary") {
      const detail = "the file is not text in UTF-8, or too large; save it as UTF-8";
      return fail({ reason: "config-invalid", path, line: 1, column: 1, detail });
    }
    const parsed = parseConfig(content.text, path);
    return parsed.ok ? succeed({ config: parsed.value, path }) : parsed;
  }
  return succeed({ config: configSchema.parse({}), path: null });
}
