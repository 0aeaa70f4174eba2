import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { configPaths, parseConfig } from "../../config/load-config.ts";
import type { Config } from "../../config/schema.ts";
import type { Result } from "../../shared/result.ts";

/** The configuration as it lies in the work tree, committed or not; the defaults where there is none. */
export async function loadConfigText(root: string): Promise<Result<Config>> {
  for (const path of configPaths) {
    const text = await readFile(join(root, path), "utf8").catch(() => null);
    if (text !== null) return parseConfig(text, path);
  }
  return parseConfig("", "the defaults");
}
