import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** `examples/` lies beside `src/` in a clone and beside `dist/` in the package. */
export function findExamples(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "examples", "csv-export.md"))) {
    const above = dirname(folder);
    if (above === folder) throw new Error("the examples are missing from this installation");
    folder = above;
  }
  return join(folder, "examples");
}
